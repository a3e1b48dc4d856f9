"""provcheck report: views of one record, for a CMS, a spreadsheet, a story's last paragraph; internal or public."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.files import foreign, outside_cases, record_bytes, write_whole
from provcheck.cli.options import FILE, language

if TYPE_CHECKING:
    from provcheck.domain.redaction import Drawn
    from provcheck.domain.report import Report
    from provcheck.report.views import View

FORMATS = ("html", "pdf", "md", "json", "csv", "methods", "mediareview")
STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Published:
    """A public edition's commitment, and the salt that opens it."""

    commitment: str
    salt: str


class Formats(click.ParamType[tuple[str, ...]]):
    """Names of views with commas between them, each once."""

    name = "FORMAT[,FORMAT...]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        names = value if isinstance(value, tuple) else tuple(dict.fromkeys(str(value).lower().replace(" ", "").split(",")))
        unknown = [name for name in names if name not in FORMATS]
        if unknown:
            self.fail(f"{', '.join(map(repr, unknown))}: give some of {','.join(FORMATS)}", param, ctx)
        return names


@click.command()
@click.argument("record", type=FILE, metavar="REPORT.json|CASE")
@click.option("--format", "formats", type=Formats(), default=("html",), help=f"Which views, of {','.join(FORMATS)}. Default: html.")
@click.option("--out", required=True, type=FILE, metavar="DIR", help="Where the files go; - prints one view.")
@language
@click.option("--edition", type=click.Choice(("internal", "public")), default="internal", help="Public leaves out what exposes.")
@click.option("--reviewed-by", metavar="WHO", help="Who looked at every picture of the public edition. Without it they are drafts.")
@click.option("--boxes", type=FILE, metavar="TOML", help="With --edition public: boxes drawn by hand, as for redact.")
@click.option("--hide", multiple=True, metavar="WORDS", help="With --edition public: a name or words to leave out, too.")
@click.option("--keep-region", is_flag=True, help="With --edition public: the region codes of plates stay.")
@click.option("--salt", type=FILE, metavar="FILE", help="With --edition public: the salt's file. Default: REPORT.json.salt.")
@click.option("--force", is_flag=True, help="Write over files that are not provcheck's.")
@click.option("-q", "--quiet", is_flag=True, help="Do not name the files that were written.")
def report(
    record: Path,
    formats: tuple[str, ...],
    out: Path,
    lang: str,
    edition: str,
    reviewed_by: str | None,
    boxes: Path | None,
    hide: tuple[str, ...],
    keep_region: bool,
    salt: Path | None,
    force: bool,
    quiet: bool,
) -> None:
    """Write views of a report that `check --json` printed, or of a case's newest one. Nothing is examined again.

    A public edition is tried before it is written: a name, number, position, plate or picture that is left is exit 4.

    \b
    Files: report.html, report.pdf, report.md, report.json, report.csv, methods.txt, mediareview.jsonld.
    Examples:
      provcheck report report.json --format html,md,csv,methods,mediareview --out views/
      provcheck report report.json --format html,pdf --lang de --out views/
      provcheck report report.json --edition public --format html,json --out draft/
      provcheck report report.json --edition public --boxes boxes.toml --reviewed-by "the picture desk" --out public/
      provcheck check photos/ --json | provcheck report - --format methods --out -
    """
    from provcheck.report import VIEWS

    views = [view for view in VIEWS if view.name in formats]
    if out == STDOUT and len(views) > 1:
        raise click.UsageError("--out - prints one view: give one --format, or a folder.")
    if edition == "internal" and (reviewed_by is not None or boxes or hide or keep_region or salt):
        raise click.UsageError("--reviewed-by, --boxes, --hide, --keep-region and --salt are for --edition public.")
    if out != STDOUT:
        outside_cases(out, "Choose another folder for the views.")
    folder = record if record.is_dir() else None
    if folder:
        if salt:
            raise click.UsageError("--salt is for a record: a case keeps its salts in its log.")
        record = last_record_of(folder)
    result = _read(record)
    if edition == "public":
        drawn = _boxes(boxes, folder, result)
        made, written = _public(result, salt_of(record, salt, folder), views, lang, reviewed_by, drawn, hide, keep_region)
        if folder and reviewed_by is not None:
            _log(folder, result, made, reviewed_by, boxes)
    else:
        written = [view.render(result, lang) for view in views]
    if out == STDOUT:
        click.echo(views[0].made(written[0]), nl=False)
    else:
        _write(out, views, written, force, quiet)


def _read(record: Path) -> Report:
    from provcheck.report import read_json
    from provcheck.report.record import RecordError

    try:
        return read_json(record_bytes(record).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"{record}: no UTF-8 at byte {error.start}; give the JSON that provcheck check --json printed") from error
    except RecordError as error:
        raise RecordError(f"{record}: {error}; give the JSON that provcheck check --json printed") from error


def _public(
    result: Report,
    salt: str,
    views: list[View],
    lang: str,
    reviewed_by: str | None,
    boxes: tuple[Drawn, ...],
    hide: tuple[str, ...],
    keep_region: bool,
) -> tuple[Published, list[str]]:
    """The views of the public edition, each tried. The salt is kept beside the internal report, never with the public one."""
    from provcheck.cli.redact import say_limits
    from provcheck.config import Settings
    from provcheck.jobs.publish import Wish, publish, view

    if reviewed_by is not None and not reviewed_by.strip():
        raise click.UsageError("--reviewed-by needs a name or a role: whoever looked at every picture.")
    wish = Wish(boxes, hide, keep_region, draft=reviewed_by is None)
    made = publish(result, wish, salt, Settings())
    written = [view(made, one, lang) for one in views]
    say_limits(True)
    return Published(made.report.custody.internal, salt), written


def _boxes(boxes: Path | None, folder: Path | None, result: Report) -> tuple[Drawn, ...]:
    """Those of the file; of a case without one, its newest, after a look whether all photos of the report may still go out."""
    from provcheck.jobs.case.folder import opened
    from provcheck.jobs.case.hands import boxes_of
    from provcheck.redact.boxes import read_boxes

    if folder:
        _none_withdrawn(folder, result)
    if boxes:
        return read_boxes(boxes)
    return boxes_of(opened(folder)) if folder else ()


def _none_withdrawn(folder: Path, result: Report) -> None:
    """What was taken out of a case must not go out with its last report."""
    from provcheck.jobs.case.contents import contents
    from provcheck.jobs.case.folder import opened

    gone = {photo.number for photo in contents(opened(folder).events).withdrawn}
    still = [exhibit.number for exhibit in result.case.exhibits if exhibit.number in gone]
    if still:
        raise click.UsageError(
            f"photo {still[0]} was withdrawn after this report; make the next one: provcheck case report {folder} --reason WHY"
        )


def last_record_of(folder: Path) -> Path:
    """The newest internal report of a case."""
    from provcheck.jobs.case.contents import contents, record_path
    from provcheck.jobs.case.folder import opened

    inside = opened(folder)
    reports = contents(inside.events).reports
    if not reports:
        raise click.UsageError(f"{folder}: no report was made of this case yet; make one with: provcheck case report {folder}")
    return inside.whole(record_path(reports[-1].number))


def _log(folder: Path, result: Report, made: Published, reviewed_by: str, boxes: Path | None) -> None:
    """What went out, under which salt, with which boxes, and who looked at it: in the case's log."""
    from provcheck.domain.dossier import Action, Event, Reported
    from provcheck.jobs import now
    from provcheck.jobs.case.folder import locked, opened
    from provcheck.jobs.case.hands import take_boxes
    from provcheck.report.record import digest

    number = result.revision.number if result.revision else 1
    reported = Reported(number, digest(result), made.commitment, made.salt)
    with locked(folder):
        inside = opened(folder)
        if boxes:
            inside, _ = take_boxes(inside, boxes, by=reviewed_by, at=now())
        inside.with_event(Event(0, now(), Action.PUBLISHED, reviewed_by, "reviewed", report=reported))


def salt_of(record: Path, salt: Path | None, folder: Path | None) -> str:
    """The salt in the file, made where there is none, for its owner's eyes only; of a case a fresh one, for its log."""
    from provcheck.redact.commitment import checked_salt, new_salt

    if folder:
        return new_salt()
    if salt is None and record == STDOUT:
        raise click.UsageError("--salt FILE is needed where the record comes from stdin.")
    file = salt or record.with_name(record.name + ".salt")
    outside_cases(file, "Give the case itself, whose log keeps the salt; or another place with --salt.")
    try:
        if not file.exists():
            file.touch(mode=0o600, exist_ok=False)
            file.write_text(new_salt() + "\n", "ascii")
        return checked_salt(file.read_text("ascii", "replace")[:200], str(file))
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}. Give another place with --salt.") from error


def _write(out: Path, views: list[View], written: list[str], force: bool, quiet: bool) -> None:
    from provcheck.report.mark import HEAD

    taken = [out / view.file for view in views if foreign(out / view.file, view.wrote, HEAD)]
    if taken and not force:
        names = ", ".join(map(str, taken))
        raise click.UsageError(f"{names}: no file of provcheck's, and written over with --force only. Or choose another folder.")
    made = [view.made(text) for view, text in zip(views, written, strict=True)]  # all before any is written: a PDF needs an extra
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{out}: {error.strerror}. Choose another place for the views.") from error
    for view, data in zip(views, made, strict=True):
        write_whole(out / view.file, data)
        if not quiet:
            click.echo(out / view.file, err=True)
