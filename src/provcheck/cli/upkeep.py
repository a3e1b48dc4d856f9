"""provcheck archive: merge, remove, verify, rebuild, export and import, which change or exchange what an archive holds."""

from __future__ import annotations

import re
from pathlib import Path

import click

from provcheck.cli.counted import counted
from provcheck.cli.options import ARCHIVE, ARCHIVE_ARGUMENT, FILE

WHOLE = re.compile(r"(pdq:)?[0-9a-f]{64}", re.IGNORECASE)  # a photo's identity, or a hash that came without its photo
FORMS = ("csv", "pdq", "threatexchange", "phash", "dhash")  # of archive.lists.Form, which costs its imports


@click.command()
@ARCHIVE_ARGUMENT
@click.argument("other", type=ARCHIVE, metavar="OTHER")
def merge(where: str | Path, other: str | Path) -> None:
    """Add every photo and use of OTHER to ARCHIVE."""
    from provcheck.archive import open_archive

    with open_archive(where, writable=True) as store, open_archive(other) as source:
        added = store.merge(source)
    new = f"{counted(added.photos, 'photo')} added, {counted(added.uses, 'use')} added"
    click.echo(f"{new}, {counted(added.known, 'photo')} already there.", err=True)


@click.command()
@ARCHIVE_ARGUMENT
@click.argument("sha256", metavar="SHA256...", nargs=-1, required=True)
@click.pass_context
def remove(ctx: click.Context, where: str | Path, sha256: tuple[str, ...]) -> None:
    """Take photos away with their uses, views and features. SHA256 is as `archive search` and the report print it."""
    from provcheck.archive import open_archive

    short = next((digest for digest in sha256 if not WHOLE.fullmatch(digest)), None)
    if short is not None:
        raise click.UsageError(f"{short!r}: give all 64 hex digits, as `archive search` and `archive export` print them.")
    with open_archive(where, writable=True) as store:
        missing = [digest for digest in sha256 if not store.remove(digest.lower())]
    for digest in missing:
        click.echo(f"not in the archive: {digest}", err=True)
    click.echo(f"{counted(len(sha256) - len(missing), 'photo')} removed.", err=True)
    ctx.exit(3 if missing else 0)


@click.command()
@ARCHIVE_ARGUMENT
def verify(where: str | Path) -> None:
    """Read every page and entry and hold them against the stored digest. Exit code 4 where they differ."""
    from provcheck.archive import open_archive

    with open_archive(where) as store:
        facts = store.verify()
    click.echo(f"{counted(facts.photos, 'photo')}, digest {facts.digest}: the entries match it. This detects damage, not forgery.")


@click.command()
@ARCHIVE_ARGUMENT
@click.option("--form", type=click.Choice(FORMS), default="csv", show_default=True, help="What reads the list.")
def export(where: str | Path, form: str) -> None:
    """Print the hashes, without pictures, as other tools read them.

    \b
    csv             pdq, quality, phash, dhash, sha256, name; what `archive import` reads back whole
    pdq             hash,quality,name as pdq-photo-hasher prints them
    threatexchange  as threatexchange dataset -P --csv prints them
    phash, dhash    ImageHash's, 16 hex digits and the name
    """
    from provcheck.archive import open_archive
    from provcheck.archive.lists import Form, write_hashes

    with open_archive(where) as store:
        for line in write_hashes(store, Form(form)):
            click.echo(line, nl=False)


@click.command(name="import")
@ARCHIVE_ARGUMENT
@click.argument("hashes", type=FILE, metavar="LIST")
@click.option("--publisher", default="", help="Whose list it is, for entries that state no source.")
def import_(where: str | Path, hashes: Path, publisher: str) -> None:
    """Add a hash list without pictures: CSV with a column of PDQ, one PDQ a line, ThreatExchange's and auto-archiver's lists."""
    from provcheck.archive import open_archive
    from provcheck.archive.lists import read_hashes
    from provcheck.domain.archive import Use

    entries = read_hashes(hashes, Use(publisher=publisher))
    with open_archive(where, writable=True) as store:
        added = store.add(entries)
    new = f"{counted(added.photos, 'hash', 'hashes')} added, {counted(added.uses, 'use')} added"
    click.echo(f"{new}, {added.known} already there.", err=True)


@click.command()
@ARCHIVE_ARGUMENT
def rebuild(where: str | Path) -> None:
    """Make the indexes anew from the entries, which stay as they are."""
    from provcheck.archive import open_archive

    with open_archive(where, writable=True) as store:
        facts = store.rebuild()
    click.echo(f"Rebuilt for {counted(facts.photos, 'photo')}.", err=True)


VERBS = (merge, remove, verify, rebuild, export, import_)
