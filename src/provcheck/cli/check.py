"""provcheck check: photos and claims in, an honest report out."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.files import write_whole
from provcheck.cli.options import FILE, archives, language, limits, originals, photos, settings_of
from provcheck.cli.options import trust_list as trust_option

if TYPE_CHECKING:
    from provcheck.domain.case import Exhibit
    from provcheck.domain.report import Report

LEANINGS = ("supports", "contradicts")
GRADES = ("weak", "moderate", "moderately strong", "strong")


class FailOn(click.ParamType[tuple[str, str]]):
    """LEANING:GRADE, as in contradicts:moderate."""

    name = "LEANING:GRADE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        leaning, _, grade = str(value).partition(":")
        grade = grade.replace("-", " ") or "weak"
        if leaning not in LEANINGS or grade not in GRADES:
            self.fail(
                f"{value!r}: give supports or contradicts, a colon, and weak, moderate, moderately-strong or strong", param, ctx
            )
        return leaning, grade


@click.command()
@photos
@click.option("--claims", type=FILE, metavar="TOML", help="What is said about the photos: one or several rival claims.")
@archives
@originals
@click.option("--report", type=FILE, metavar="HTML", help="Write the report as one HTML file.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--jsonl", is_flag=True, help="Print one line a photo as it is done, and a summary line.")
@click.option(
    "--plate-reading",
    "plate_readings",
    multiple=True,
    metavar="PHOTO:N=TEXT",
    help="What a person reads in plate-like region N; it stands beside the machine's reading. May be given several times.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The report's date. Default: today.")
@click.option("--fail-on", type=FailOn(), help="Exit with 1 when a finding leans so and at least so far.")
@language
@click.option("--force", is_flag=True, help="Write the report over a file that is not a provcheck report.")
@click.option("-q", "--quiet", is_flag=True, help="Print no summary and no progress.")
@click.option("-v", "--verbose", is_flag=True, help="Name each photo on stderr as it is done.")
@trust_option
@limits
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    claims: Path | None,
    archives: tuple[str | Path, ...],
    originals: Path | None,
    report: Path | None,
    as_json: bool,
    jsonl: bool,
    plate_readings: tuple[str, ...],
    as_of: datetime | None,
    fail_on: tuple[str, str] | None,
    lang: str,
    force: bool,
    quiet: bool,
    verbose: bool,
    trust_list: Path | None,
    config: Path | None,
    workers: int | None,
) -> None:
    """Examine photos, and hold them against claims and archives.

    \b
    Examples:
      provcheck check photo.jpg
      provcheck check photos/ --claims claims.toml --archive old.pvx --report report.html
      provcheck check photo.jpg --plate-reading photo.jpg:1=A123BC77
    """
    from provcheck import jobs
    from provcheck.archive import open_archive
    from provcheck.cli.lines import CheckLines
    from provcheck.cli.progress import progress
    from provcheck.readers.claims import Claims, read_claims
    from provcheck.readers.plates.by_hand import hand_reading

    _asked_right(two_forms=as_json and jsonl, lone_originals=bool(originals and not archives))
    if report:
        refuse_overwriting(report, force)
    settings = settings_of(config, trust_list)
    said = read_claims(claims) if claims else Claims("", ())
    by_hand = tuple(hand_reading(given) for given in plate_readings)
    day = as_of.date() if as_of else jobs.today()
    started = jobs.now()
    lines = CheckLines(said.claims, day, settings)
    with ExitStack() as stack:
        opened = [stack.enter_context(open_archive(path)) for path in archives]
        tick = stack.enter_context(progress(paths, quiet=quiet, verbose=verbose))

        def seen(exhibit: Exhibit) -> None:
            tick(exhibit)
            if jsonl:
                click.echo(lines.photo(exhibit))

        result = jobs.check(
            paths,
            claims=said.claims,
            archives=opened,
            settings=settings,
            as_of=day,
            workers=workers,
            title=said.title,
            rendered=said.rendered,
            seen=seen,
            plate_readings=by_hand,
            originals=originals,
        )
    if report:
        write_report(result, report, lang, quiet)
    code = jobs.exit_code(result, fail_on)
    if as_json:
        from provcheck.report import render_json

        click.echo(render_json(result, jobs.describe(started, jobs.now() - started)), nl=False)
    elif jsonl:
        click.echo(lines.summary(result, code))
    elif not quiet:
        from provcheck.report import render_summary

        click.echo(render_summary(result, colour=wants_colour(), lang=lang), nl=False)
    ctx.exit(code)


def _asked_right(*, two_forms: bool, lone_originals: bool) -> None:
    if two_forms:
        raise click.UsageError("--json and --jsonl exclude each other: one document, or one line a photo.")
    if lone_originals:
        raise click.UsageError("--originals is for --archive: the folder holds pictures of that archive as files.")


def refuse_overwriting(path: Path, force: bool) -> None:
    """A report may replace a report of ours; anything else only with --force."""
    from provcheck.report.mark import is_report

    try:
        with path.open("rb") as file:
            ours = is_report(file.read(4096))
    except FileNotFoundError:
        ours = path.parent.is_dir()
        if not ours:
            raise click.UsageError(f"{path.parent}: no such folder for the report.") from None
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}. Choose another place for the report.") from error
    if not ours and not force:
        raise click.UsageError(f"{path} exists and is no provcheck report. Choose another name, or give --force.")


def write_report(result: Report, path: Path, lang: str, quiet: bool) -> None:
    """The whole page, or the old one stays."""
    from provcheck.report import render_html

    write_whole(path, render_html(result, lang).encode("utf-8"))
    if not quiet:
        click.echo(f"The report lies in {path}", err=True)


def wants_colour() -> bool:
    """A terminal that does not ask for plain text (no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
