"""provcheck doctor: does it work on this machine, and what holds a photo here?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from provcheck.jobs.selftest import SelfTest


EXTRAS = {  # a module of each extra, and what is missing without it
    "credentials": ("c2pa", "Content Credentials are “could not be checked”"),
    "pdf": ("weasyprint", "reports are printed from a browser"),
    "postgres": ("psycopg", "archives are files"),
    "cluster": ("distributed", "batches run on one machine"),
}


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
        for line in _words(trial):
            click.echo(line)
    ctx.exit(0 if trial.works else 3)


def _words(trial: SelfTest) -> Iterator[str]:
    """The same facts for a person, and which extras are there."""
    from provcheck import jobs
    from provcheck.config import Settings
    from provcheck.domain import VERSION

    settings = Settings()
    escapes = trial.escapes
    yield f"provcheck: {VERSION}"
    yield f"containment: {jobs.containment()}"
    yield f"escapes that were tried and denied: {', '.join(escapes.denied) or 'none'}"
    yield f"escapes that succeeded: {', '.join(escapes.done) or 'none'}"
    if escapes.untried:
        yield f"escapes that could not be tried: {escapes.untried}"
    yield (
        f"limits: {settings.max_megabytes} MB and {settings.max_megapixels} megapixels a photo; {settings.seconds} seconds of"
        f" processor time and {settings.memory_megabytes} MB of memory a process"
    )
    yield f"libraries: {', '.join(f'{name} {version}' for name, version in jobs.libraries())}"
    for extra, (module, without) in EXTRAS.items():
        there = find_spec(module) is not None
        yield f"extra {extra}: {'installed' if there else f'not installed; {without}'}"
    yield f"formats: {', '.join(name if works else f'{name} (not decoded)' for name, works in trial.formats)}"
    yield f"works: {'yes' if trial.works else 'no'}"
