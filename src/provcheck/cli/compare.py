"""provcheck compare: two pictures laid over one another, and what differs outlined."""

from __future__ import annotations

import json
from pathlib import Path

import click

from provcheck.cli.counted import counted
from provcheck.cli.options import FILE, settings_of

TOO_LITTLE = "The two share too little to be laid over one another. That does not show that they are different pictures."


@click.command()
@click.argument("first", type=FILE, metavar="A")
@click.argument("second", type=FILE, metavar="B")
@click.option("--picture", type=FILE, metavar="PNG", help="Write A as it lies in B, B, and their difference side by side.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@click.option("--config", type=FILE, metavar="TOML", help="A settings file with limits. None is read unless named.")
@click.pass_context
def compare(ctx: click.Context, first: Path, second: Path, picture: Path | None, as_json: bool, config: Path | None) -> None:
    """Lay picture A over picture B, mirrored or not, and outline where they differ beyond recompression.

    \b
    Examples:
      provcheck compare old.jpg new.jpg
      provcheck compare old.jpg new.jpg --picture difference.png
    """
    from provcheck.cli.files import foreign, write_whole
    from provcheck.domain.codec import encode
    from provcheck.domain.reading import Found, Unreadable
    from provcheck.jobs.compare import compare as compare_files
    from provcheck.report import sentence

    if picture and foreign(picture, lambda head: head.startswith(b"\x89PNG"), 8):
        raise click.UsageError(f"{picture} exists and is no PNG file. Choose another name.")
    pair = compare_files(first, second, settings_of(config))
    if isinstance(pair, Unreadable):
        click.echo(f"unreadable: {sentence(pair.reason)}", err=True)
        ctx.exit(3)
    if picture and isinstance(pair.value.picture, Found):
        write_whole(picture, pair.value.picture.value.data)
        click.echo(f"The pictures lie in {picture}", err=True)
    reading = pair.value.comparison
    if as_json:
        click.echo(json.dumps(encode(reading), indent=1))
    elif not isinstance(reading, Found):
        click.echo(sentence(reading.reason) if isinstance(reading, Unreadable) else TOO_LITTLE)
    else:
        seen = reading.value
        mirrored = ", mirrored" if seen.mirrored else ""
        click.echo(f"A lies in B: {seen.agreeing} patterns agree{mirrored}, turned by {counted(seen.rotation, 'degree')}.")
        click.echo(f"{seen.compared} % of B is covered by A; nothing is said of the rest.")
        for number, change in enumerate(seen.changes, 1):
            corners = " ".join(f"{x},{y}" for x, y in change.box)
            click.echo(f"region {number} differs: corners {corners} in B, by {change.strength} of 255")
        if not seen.changes:
            click.echo("No region differs beyond recompression. Small and faint changes are missed.")
    ctx.exit(3 if isinstance(reading, Unreadable) else 0)
