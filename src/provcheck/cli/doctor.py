"""provcheck doctor: does it work on this machine, and what holds a photo here?"""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Decode a test picture in a cell, and name libraries, limits and what is missing."""
    from provcheck import jobs
    from provcheck.config import Settings
    from provcheck.domain import VERSION
    from provcheck.domain.codec import encode
    from provcheck.jobs.selftest import selftest

    trial = selftest()
    facts = {
        "provcheck": VERSION,
        "containment": jobs.containment(),
        "escapes": encode(trial.escapes),
        "limits": encode(Settings()),
        "libraries": dict(jobs.libraries()),
        "formats": {name: "decoded" if works else "not decoded" for name, works in trial.formats},
        "works": trial.works,
    }
    if as_json:
        click.echo(json.dumps(facts, indent=1))
    else:
        for name, value in facts.items():
            shown = ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, dict) else str(value)
            click.echo(f"{name}: {shown}")
    ctx.exit(0 if trial.works else 3)
