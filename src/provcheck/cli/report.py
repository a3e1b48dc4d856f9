"""provcheck report: views of one record, for a CMS, a spreadsheet, a story's last paragraph."""

from __future__ import annotations

from pathlib import Path

import click

from provcheck.cli.files import foreign, record_bytes, write_whole
from provcheck.cli.options import FILE, language

FORMATS = ("html", "md", "csv", "methods", "mediareview")
STDOUT = Path("-")


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
@click.argument("record", type=FILE, metavar="REPORT.json")
@click.option("--format", "formats", type=Formats(), default=("html",), help=f"Which views, of {','.join(FORMATS)}. Default: html.")
@click.option("--out", required=True, type=FILE, metavar="DIR", help="Where the files go; - prints one view.")
@language
@click.option("--force", is_flag=True, help="Write over files that are not provcheck's.")
@click.option("-q", "--quiet", is_flag=True, help="Do not name the files that were written.")
def report(record: Path, formats: tuple[str, ...], out: Path, lang: str, force: bool, quiet: bool) -> None:
    """Write views of a report that `check --json` printed. Nothing is examined again.

    \b
    Files: report.html, report.md, report.csv, methods.txt, mediareview.jsonld.
    Examples:
      provcheck report report.json --format html,md,csv,methods,mediareview --out views/
      provcheck report report.json --format html,md --lang de --out views/
      provcheck report report.json --format md --out -
      provcheck check photos/ --json | provcheck report - --format methods --out -
    """
    from provcheck.report import VIEWS, read_json
    from provcheck.report.mark import HEAD
    from provcheck.report.record import RecordError

    views = [view for view in VIEWS if view.name in formats]
    if out == STDOUT and len(views) > 1:
        raise click.UsageError("--out - prints one view: give one --format, or a folder.")
    data = record_bytes(record)
    try:
        result = read_json(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"{record}: no UTF-8 at byte {error.start}; give the JSON that provcheck check --json printed") from error
    if out == STDOUT:
        click.echo(views[0].render(result, lang).encode("utf-8"), nl=False)
        return
    taken = [out / view.file for view in views if foreign(out / view.file, view.wrote, HEAD)]
    if taken and not force:
        names = ", ".join(map(str, taken))
        raise click.UsageError(f"{names}: no file of provcheck's, and written over with --force only. Or choose another folder.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for view in views:
            write_whole(out / view.file, view.render(result, lang))
            if not quiet:
                click.echo(out / view.file, err=True)
    except OSError as error:
        raise click.UsageError(f"{out}: {error.strerror}. Choose another place for the views.") from error
