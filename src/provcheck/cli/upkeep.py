"""provcheck archive: merge, remove, verify, rebuild, export and import, which change or exchange what an archive holds."""

from __future__ import annotations

from pathlib import Path

import click

from provcheck.cli.options import FILE

ARCHIVE = click.argument("archive_path", type=FILE, metavar="ARCHIVE")


@click.command()
@ARCHIVE
@click.argument("other", type=FILE, metavar="OTHER")
def merge(archive_path: Path, other: Path) -> None:
    """Add every photo and use of OTHER to ARCHIVE."""
    from provcheck.archive import open_archive

    with open_archive(archive_path, writable=True) as store, open_archive(other) as source:
        added = store.merge(source)
    click.echo(f"{added.photos} photos added, {added.uses} uses added, {added.known} photos were there already.", err=True)


@click.command()
@ARCHIVE
@click.argument("sha256", metavar="SHA256...", nargs=-1, required=True)
@click.pass_context
def remove(ctx: click.Context, archive_path: Path, sha256: tuple[str, ...]) -> None:
    """Take photos away with their uses, views and features. SHA256 is as `archive search` and the report print it."""
    from provcheck.archive import open_archive

    with open_archive(archive_path, writable=True) as store:
        missing = [digest for digest in sha256 if not store.remove(digest.lower())]
    for digest in missing:
        click.echo(f"not in the archive: {digest}", err=True)
    click.echo(f"{len(sha256) - len(missing)} photos removed.", err=True)
    ctx.exit(3 if missing else 0)


@click.command()
@ARCHIVE
def verify(archive_path: Path) -> None:
    """Read every page and entry and hold them against the stored digest. Exit code 4 where they differ."""
    from provcheck.archive import open_archive

    with open_archive(archive_path) as store:
        facts = store.verify()
    click.echo(f"{facts.photos} photos, digest {facts.digest}: the entries match it. This detects damage, not forgery.")


@click.command()
@ARCHIVE
def export(archive_path: Path) -> None:
    """Print the hashes (pdq, quality, phash, dhash, sha256, name) as CSV that other tools read."""
    from provcheck.archive import open_archive
    from provcheck.archive.lists import write_hashes

    with open_archive(archive_path) as store:
        for line in write_hashes(store):
            click.echo(line, nl=False)


@click.command(name="import")
@ARCHIVE
@click.argument("hashes", type=FILE, metavar="LIST")
@click.option("--publisher", default="", help="Whose list it is, for entries that state no source.")
def import_(archive_path: Path, hashes: Path, publisher: str) -> None:
    """Add a hash list without pictures: a CSV with a pdq or hash column, or one PDQ a line as ThreatExchange writes them."""
    from provcheck.archive import open_archive
    from provcheck.archive.lists import read_hashes
    from provcheck.domain.archive import Use

    entries = read_hashes(hashes, Use(publisher=publisher))
    with open_archive(archive_path, writable=True) as store:
        added = store.add(entries)
    click.echo(f"{added.photos} hashes added, {added.known} were there already.", err=True)


@click.command()
@ARCHIVE
def rebuild(archive_path: Path) -> None:
    """Make the indexes anew from the entries, which stay as they are."""
    from provcheck.archive import open_archive

    with open_archive(archive_path, writable=True) as store:
        facts = store.rebuild()
    click.echo(f"Rebuilt for {facts.photos} photos.", err=True)


VERBS = (merge, remove, verify, rebuild, export, import_)
