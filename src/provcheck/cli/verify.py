"""provcheck verify: does a record fit itself, the photos it names, and a second run?"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.files import record_bytes
from provcheck.cli.options import ARCHIVE, FILE, limits, settings_of

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.domain.report import Report
    from provcheck.domain.text import Text

MISMATCH = 4


@click.command()
@click.argument("record", type=FILE, metavar="REPORT.json")
@click.option(
    "--photos", type=FILE, metavar="DIR", help="Hash the photos in this folder again, and name each that is missing or changed."
)
@click.option("--rerun", is_flag=True, help="Examine the photos again, as of the record's date, and compare the reports.")
@click.option("--claims", type=FILE, metavar="TOML", help="With --rerun: the claims file. Default: the claims in the record.")
@click.option("--archive", "archives", multiple=True, type=ARCHIVE, help="With --rerun: the archives that were searched.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@limits
@click.pass_context
def verify(
    ctx: click.Context,
    record: Path,
    photos: Path | None,
    rerun: bool,
    claims: Path | None,
    archives: tuple[str | Path, ...],
    as_json: bool,
    config: Path | None,
    workers: int | None,
) -> None:
    """Check a record against itself, and on request against its photos and a second run. 4 where something does not fit.

    It detects damage, not forgery: whoever changes a record can write a new digest.

    \b
    Examples:
      provcheck verify report.json
      provcheck verify report.json --photos photos/
      provcheck verify report.json --rerun --photos photos/ --claims claims.toml --archive old.pvx
    """
    from provcheck.domain.text import say
    from provcheck.report.fit import fit

    if rerun and not photos:
        raise click.UsageError("--rerun needs --photos DIR: the folder with the photos that the record names.")
    if (claims or archives) and not rerun:
        raise click.UsageError("--claims and --archive are for --rerun.")
    if photos and not photos.is_dir():
        raise click.UsageError(f"{photos}: no such folder.")
    settings = settings_of(config)
    checked = fit(record_bytes(record))
    faults, notes = list(checked.faults), []
    if checked.report and not faults:
        notes.append(say("record.fits", digest=checked.digest))
    if checked.report and photos:
        more_faults, more_notes = _photos(checked.report, photos, settings)
        faults += more_faults
        notes += more_notes
    if checked.report and photos and rerun:
        more_faults, more_notes = _again(checked.report, photos, claims, archives, settings, workers)
        faults += more_faults
        notes += more_notes
    _show(checked.digest, faults, notes, as_json)
    ctx.exit(MISMATCH if faults else 0)


def _photos(report: Report, folder: Path, settings: Settings) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    from provcheck.jobs.again import compare_photos

    compared = compare_photos(report, folder, settings)
    return compared.faults, compared.notes


def _again(
    report: Report, folder: Path, claims: Path | None, archives: tuple[str | Path, ...], settings: Settings, workers: int | None
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    from provcheck.archive import open_archive
    from provcheck.jobs.again import run_again
    from provcheck.readers.claims import Claims, read_claims
    from provcheck.report.difference import compared_runs

    said = read_claims(claims) if claims else Claims(report.case.title, report.case.claims)
    with ExitStack() as stack:
        opened = [stack.enter_context(open_archive(path)) for path in archives]
        now = run_again(report, folder, claims=said.claims, title=said.title, archives=opened, settings=settings, workers=workers)
    return compared_runs(report, now)


def _show(digest: str, faults: list[Text], notes: list[Text], as_json: bool) -> None:
    from provcheck.domain.text import say
    from provcheck.report import sentence
    from provcheck.report.untrusted import shown

    limit = say("record.limit")
    if as_json:
        rows = {"fits": not faults, "digest": shown(digest), "faults": [*map(sentence, faults)], "notes": [*map(sentence, notes)]}
        click.echo(json.dumps({**rows, "limit": sentence(limit)}, indent=1))
        return
    for text in (*faults, *notes, limit):
        click.echo(sentence(text))
