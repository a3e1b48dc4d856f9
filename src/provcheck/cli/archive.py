"""provcheck archive: photos seen before, with source, date and credit."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.counted import counted
from provcheck.cli.options import ARCHIVE_ARGUMENT, FILE, limits, originals, photos, settings_of
from provcheck.cli.upkeep import VERBS

if TYPE_CHECKING:
    from provcheck.domain.text import Text
    from provcheck.readers.intake import Submission


@click.group()
def archive() -> None:
    """Keep photos seen before, and search among them.

    \b
    Examples:
      provcheck archive create old.pvx
      provcheck archive add old.pvx --manifest photos.csv
      provcheck archive add old.pvx photos/ --publisher "a regional newspaper" --published 2022-05-01
      provcheck archive search old.pvx photo.jpg
      provcheck archive create postgresql://archive.example/news#wires
    """


@archive.command()
@ARCHIVE_ARGUMENT
@click.option("--partitions", type=click.IntRange(1, 64), help="On a server: as many servers as it can spread over. Default: 4.")
def create(where: str | Path, partitions: int | None) -> None:
    """Make an empty archive: a file, or in a database that postgresql://host/database#name names."""
    from provcheck.archive import create_archive
    from provcheck.archive.opening import PARTITIONS, is_server, shown

    if partitions and not is_server(where):
        raise click.UsageError("--partitions is for archives on a server: a file has none.")
    create_archive(where, partitions=partitions or PARTITIONS)
    click.echo(f"Created {shown(where)}. Next: provcheck archive add {shown(where)} PHOTO_OR_FOLDER...", err=True)


@archive.command()
@ARCHIVE_ARGUMENT
@click.argument("paths", nargs=-1, type=FILE, metavar="[PHOTO_OR_FOLDER]...")
@click.option(
    "--manifest",
    type=FILE,
    metavar="LIST",
    help="CSV or JSON lines with path, url, publisher, published, credit, licence; or auto-archiver's.",
)
@click.option("--url", default="", help="Where the photos were published.")
@click.option("--publisher", default="", help="Who published them.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When.")
@click.option("--credit", default="", help="Whom the publisher names as photographer or source.")
@click.option("--licence", default="", help="Under which licence.")
@click.option("--no-views", is_flag=True, help="Keep no small pictures: where a licence allows none, or to save 90 kB a photo.")
@limits
@click.pass_context
def add(
    ctx: click.Context,
    where: str | Path,
    paths: tuple[Path, ...],
    manifest: Path | None,
    url: str,
    publisher: str,
    published: datetime | None,
    credit: str,
    licence: str,
    no_views: bool,
    config: Path | None,
    workers: int | None,
) -> None:
    """Add photos from files, folders or a manifest. The same bytes twice add a use, not a photo."""
    from provcheck import jobs
    from provcheck.archive import open_archive
    from provcheck.domain.archive import Use
    from provcheck.jobs.enter import listed

    if bool(paths) == bool(manifest):
        raise click.UsageError("Give photos or folders, or --manifest, and not both.")
    day = published.date() if published else None
    entries = listed(manifest) if manifest else [(item, Use(url, publisher, day, credit, licence)) for item in jobs.walk(paths)]
    with open_archive(where, writable=True) as store:
        result = jobs.enter(store, entries, settings_of(config), workers, told=_told, views=not no_views)
    added = f"{counted(result.photos, 'photo')} added, {counted(result.uses, 'use')} added"
    click.echo(f"{added}, {counted(result.refused, 'file')} not added.", err=True)
    ctx.exit(3 if result.refused else 0)


def _told(submission: Submission, reason: Text) -> None:
    from provcheck.report import sentence
    from provcheck.report.untrusted import shown

    click.echo(f"not added: {shown(submission.name)}: {sentence(reason)}", err=True)


@archive.command()
@ARCHIVE_ARGUMENT
@photos
@originals
@click.option("--jsonl", is_flag=True, help="One line a photo, and a summary line.")
@limits
@click.pass_context
def search(
    ctx: click.Context,
    where: str | Path,
    paths: tuple[Path, ...],
    originals: Path | None,
    jsonl: bool,
    config: Path | None,
    workers: int | None,
) -> None:
    """Look for photos in an archive: whole pictures and parts of them, also mirrored or turned.

    With --originals what was changed in the nearest copies is told too.
    """
    from provcheck import jobs
    from provcheck.archive import open_archive
    from provcheck.cli.inspect import show_rows
    from provcheck.cli.matches import search_row, search_words
    from provcheck.jobs.seek import seek

    with open_archive(where) as store:
        show_rows(
            ctx,
            seek(store, jobs.walk(paths), settings_of(config), workers, originals),
            lambda sought, _name: search_row(sought.whole, sought.parts, sought.overlays),
            None if jsonl else search_words,
            {"matches": []},
        )


@archive.command()
@ARCHIVE_ARGUMENT
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
def info(where: str | Path, as_json: bool) -> None:
    """How many photos, how many uses, and up to which date."""
    from provcheck.archive import open_archive
    from provcheck.domain.codec import encode

    with open_archive(where) as store:
        facts = encode(store.info())
    if as_json:
        click.echo(json.dumps(facts, indent=1))
    elif isinstance(facts, dict):
        for name, value in facts.items():
            click.echo(f"{name}: {'none' if value is None else value}")


for verb in VERBS:
    archive.add_command(verb)
