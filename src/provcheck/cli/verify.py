"""provcheck verify: does a record, or a case, fit itself, its photos, and a second run?"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.files import record_bytes
from provcheck.cli.options import ARCHIVE, FILE, limits, originals, settings_of
from provcheck.cli.options import trust_list as trust_option
from provcheck.cli.verify_case import verify_case

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.domain.report import Report
    from provcheck.domain.text import Text

MISMATCH = 4
MOST_SALT = 200  # characters: a salt is 64 and a line's end


@click.command()
@click.argument("record", type=FILE, metavar="REPORT.json|CASE")
@click.option(
    "--photos", type=FILE, metavar="DIR", help="Hash the photos in this folder again, and name each that is missing or changed."
)
@click.option("--rerun", is_flag=True, help="Examine the photos again, as of the record's date, and compare the reports.")
@click.option("--claims", type=FILE, metavar="TOML", help="With --rerun: the claims file. Default: the claims in the record.")
@click.option("--archive", "archives", multiple=True, type=ARCHIVE, help="With --rerun: the archives that were searched.")
@originals
@click.option(
    "--internal",
    type=FILE,
    metavar="REPORT.json|CASE",
    help="The internal report that a public edition says it was made of, or its case.",
)
@click.option("--salt", type=FILE, metavar="FILE", help="With --internal: the salt's file. Default: the internal record's own.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@trust_option
@limits
@click.pass_context
def verify(
    ctx: click.Context,
    record: Path,
    photos: Path | None,
    rerun: bool,
    claims: Path | None,
    archives: tuple[str | Path, ...],
    originals: Path | None,
    internal: Path | None,
    salt: Path | None,
    as_json: bool,
    trust_list: Path | None,
    config: Path | None,
    workers: int | None,
) -> None:
    """Check a record or a case against itself, and on request against its photos and a second run. 4 where something does not fit.

    Of a case every file is hashed again, and each that was changed, is missing or is foreign is named.

    It detects damage, not forgery: whoever changes a record can write a new digest.

    \b
    Examples:
      provcheck verify report.json
      provcheck verify trucks/ --rerun --archive old.pvx
      provcheck verify report.json --photos photos/
      provcheck verify public/report.json --internal report.json
      provcheck verify public/report.json --internal trucks/
      provcheck verify report.json --rerun --photos photos/ --claims claims.toml --archive old.pvx
    """
    from provcheck.domain.text import say
    from provcheck.report.fit import fit

    if record.is_dir():
        if photos or claims or originals or internal or salt or ((archives or trust_list) and not rerun):
            raise click.UsageError(
                "Of a case only --rerun (with --archive and --trust-list) and --json are asked: the rest lies in it."
            )
        ctx.exit(verify_case(record, archives if rerun else None, as_json, settings_of(config, trust_list), workers))
    _asked_right(
        photos, rerun, bool(claims or archives or originals or trust_list), bool(salt and (not internal or internal.is_dir()))
    )
    settings = settings_of(config, trust_list)
    checked = fit(record_bytes(record))
    faults, notes = list(checked.faults), []
    if checked.report and not faults:
        notes.append(say("record.fits", digest=checked.digest))
    if checked.report and internal:
        told = _committed(checked.report, internal, salt)
        (notes if told.id == "record.commitment.fits" else faults).append(told)
    compared = [_photos(checked.report, photos, settings)] if checked.report and photos else []
    if checked.report and photos and rerun:
        compared.append(_again(checked.report, photos, claims, archives, originals, settings, workers))
    for more_faults, more_notes in compared:
        faults += more_faults
        notes += more_notes
    _show(checked.digest, faults, notes, as_json)
    ctx.exit(MISMATCH if faults else 0)


def _asked_right(photos: Path | None, rerun: bool, for_rerun: bool, lone_salt: bool) -> None:
    if rerun and not photos:
        raise click.UsageError("--rerun needs --photos DIR: the folder with the photos that the record names.")
    if for_rerun and not rerun:
        raise click.UsageError("--claims, --archive, --originals and --trust-list are for --rerun.")
    if photos and not photos.is_dir():
        raise click.UsageError(f"{photos}: no such folder.")
    if lone_salt:
        raise click.UsageError("--salt is for --internal REPORT.json.")


def _committed(report: Report, internal: Path, salt: Path | None) -> Text:
    """Whether the internal record is the one that the public edition was made of."""
    from provcheck.domain.text import say
    from provcheck.redact.commitment import commitment
    from provcheck.report.fit import fit

    if internal.is_dir():
        opening = _opening(internal, report.custody.internal)
        if opening is None:
            return say("record.commitment.other")
        record, opened = opening
    else:
        record, opened = internal, _salt(salt or internal.with_name(internal.name + ".salt"))
    inside = fit(record_bytes(record))
    if inside.report is None or inside.faults:
        return say("record.commitment.broken")
    same = commitment(inside.digest, opened)
    return say("record.commitment.fits") if same == report.custody.internal else say("record.commitment.other")


def _opening(case: Path, committed: str) -> tuple[Path, str] | None:
    """The record that a public edition of this case was made of, and the salt that the log keeps; None where it names none."""
    from provcheck.jobs.case.contents import contents, record_path
    from provcheck.jobs.case.folder import opened

    inside = opened(case)
    made = next((one for one in contents(inside.events).published if one.commitment == committed), None)
    return (inside.whole(record_path(made.number)), made.salt) if made else None


def _salt(file: Path) -> str:
    from provcheck.redact.commitment import checked_salt

    try:
        return checked_salt(file.read_text("ascii", "replace")[:MOST_SALT], str(file))
    except OSError as error:
        raise click.UsageError(
            f"{file}: {error.strerror}; give the salt that was written with the public report (--salt), or the case itself"
        ) from error


def _photos(report: Report, folder: Path, settings: Settings) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    from provcheck.jobs.again import compare_photos

    compared = compare_photos(report, folder, settings)
    return compared.faults, compared.notes


def _again(
    report: Report,
    folder: Path,
    claims: Path | None,
    archives: tuple[str | Path, ...],
    originals: Path | None,
    settings: Settings,
    workers: int | None,
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    from provcheck.archive import open_archive
    from provcheck.jobs.again import run_again
    from provcheck.jobs.originals import Originals
    from provcheck.readers.claims import Claims, read_claims
    from provcheck.report.difference import compared_runs

    said = read_claims(claims) if claims else Claims(report.case.title, report.case.claims, report.case.rendered)
    with ExitStack() as stack:
        opened = [stack.enter_context(open_archive(path)) for path in archives]
        now = run_again(
            report,
            folder,
            claims=said.claims,
            title=said.title,
            rendered=said.rendered,
            archives=opened,
            settings=settings,
            workers=workers,
            originals=Originals(originals, settings) if originals else None,
        )
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
