"""provcheck inspect: one reader alone, on photos or folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provcheck.cli.options import limits, photos, settings_of
from provcheck.cli.options import trust_list as trust_option

if TYPE_CHECKING:
    from provcheck.domain.codec import Json
    from provcheck.domain.reading import Reading
    from provcheck.readers.intake import Submission

Row = dict[str, "Json"]
Show = Callable[["dict[str, Json]"], Iterator[str]]
RowOf = Callable[[Any, str], "tuple[Reading[Any], dict[str, Json]]"]  # of what a cell saw, and the file's name
LONGEST = 2000  # characters of one line in words; the JSON lines hold every value whole


@click.group()
def inspect() -> None:
    """Show what one reader sees, without claims or report.

    \b
    Examples:
      provcheck inspect metadata photo.jpg
      provcheck inspect plates photos/ --jsonl > plates.jsonl
    """


@inspect.command()
@photos
@click.option("--jsonl", is_flag=True, help="One line a photo, and a summary line.")
@click.option("--raw", is_flag=True, help="Show every value as the file has it, and where it stood.")
@click.option("--exiftool", is_flag=True, help="List what an installed ExifTool reads differently. It runs outside the cell.")
@trust_option
@limits
@click.pass_context
def metadata(
    ctx: click.Context,
    paths: tuple[Path, ...],
    jsonl: bool,
    raw: bool,
    exiftool: bool,
    trust_list: Path | None,
    config: Path | None,
    workers: int | None,
) -> None:
    """EXIF and other metadata: camera, clocks, position, software, raw fields."""
    from provcheck import jobs
    from provcheck.cli.rows import compared_row, metadata_row, metadata_words
    from provcheck.jobs.exiftool import beside, program

    words_of = None if jsonl else partial(metadata_words, raw=raw)
    answers = jobs.in_cells(jobs.walk(paths), "metadata", settings_of(config, trust_list), workers)
    if exiftool:
        show_rows(ctx, beside(program(), answers), compared_row, words_of)
    else:
        show_rows(ctx, answers, metadata_row, words_of)


@inspect.command()
@photos
@click.option("--jsonl", is_flag=True, help="One line a photo, and a summary line.")
@limits
@click.pass_context
def plates(ctx: click.Context, paths: tuple[Path, ...], jsonl: bool, config: Path | None, workers: int | None) -> None:
    """Plate-like regions: corners, score and, where one could be read, text and format."""
    from provcheck.cli.rows import plates_row, plates_words

    _run(ctx, "plates", paths, config, workers, plates_row, None if jsonl else plates_words, {"ms": 0, "plates": []})


@inspect.command()
@photos
@click.option("--jsonl", is_flag=True, help="One line a photo, and a summary line.")
@limits
@click.pass_context
def fingerprints(ctx: click.Context, paths: tuple[Path, ...], jsonl: bool, config: Path | None, workers: int | None) -> None:
    """Perceptual hashes: phash and dhash as ImageHash prints them, PDQ as ThreatExchange does."""
    from provcheck.cli.rows import fingerprints_row, fingerprints_words

    _run(ctx, "see", paths, config, workers, fingerprints_row, None if jsonl else fingerprints_words)


def _run(
    ctx: click.Context,
    task: str,
    paths: tuple[Path, ...],
    config: Path | None,
    workers: int | None,
    row_of: RowOf,
    words_of: Show | None,
    unread: Row | None = None,
) -> None:
    from provcheck import jobs

    show_rows(ctx, jobs.in_cells(jobs.walk(paths), task, settings_of(config), workers), row_of, words_of, unread)


def show_rows(
    ctx: click.Context,
    answers: Iterable[tuple[Submission, Any, Any]],
    row_of: RowOf,
    words_of: Show | None,
    unread: Row | None = None,
) -> None:
    """Print a row a file, as JSON lines or in words, and exit with 3 when a picture could not be read.

    `unread` are the fields that the row of a file that could not be read has in common with the others.
    """
    from provcheck import jobs
    from provcheck.cli.lines import count_line, line, reading_row
    from provcheck.domain.reading import Unreadable
    from provcheck.report.untrusted import shown

    readings = []
    failed = False
    for submission, taken, answer in answers:
        reading, extra = (answer, unread or {}) if isinstance(answer, Unreadable) else row_of(answer.value, submission.name)
        row = {**reading_row(submission, taken, reading), **extra}
        readings.append(str(row["reading"]))
        failed = failed or (isinstance(reading, Unreadable) and not jobs.no_picture(submission, reading.reason))
        if words_of is None:
            click.echo(line(row))
            continue
        click.echo(shown(submission.name))
        for words in words_of(row):
            click.echo(f"  {shown(words, LONGEST)}")
    if words_of is None:
        click.echo(count_line(readings))
    ctx.exit(3 if failed else 0)
