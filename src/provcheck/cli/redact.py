"""provcheck redact: photos for publication, without plates, drawn boxes and metadata."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.files import outside_cases
from provcheck.cli.options import FILE, limits, photos, settings_of

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.domain.codec import Json
    from provcheck.domain.redaction import Drawn, Marked
    from provcheck.domain.text import Text
    from provcheck.jobs.redact import Redacted
    from provcheck.readers.intake import Submission

PARTIAL = 3


@click.command()
@photos
@click.option("--plates", is_flag=True, help="Cover what our detector takes for number plates.")
@click.option("--boxes", type=FILE, metavar="TOML", help="Boxes drawn by hand: faces to cover, marks of the detector to undo.")
@click.option(
    "--metadata", is_flag=True, help="Remove metadata, thumbnails and Content Credentials. Always done; alone, it is all."
)
@click.option("--reviewed-by", metavar="WHO", help="Who looked at every draft. Without it drafts are written, marked as such.")
@click.option("--out", required=True, type=FILE, metavar="DIR", help="Where the new files go: an empty folder, or one to make.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print what was done as one JSON document. It names the sources: keep it inside."
)
@click.option("-q", "--quiet", is_flag=True, help="Name only what was refused.")
@limits
@click.pass_context
def redact(
    ctx: click.Context,
    paths: tuple[Path, ...],
    plates: bool,
    boxes: Path | None,
    metadata: bool,
    reviewed_by: str | None,
    out: Path,
    force: bool,
    as_json: bool,
    quiet: bool,
    config: Path | None,
    workers: int | None,
) -> None:
    """Make new files for publication: plates and drawn boxes black, everything beside the pixels gone.

    Without --reviewed-by drafts are made, and a boxes file to work on. A self-test looks for what was removed before
    anything is written; a leak is exit 4, and nothing is written.

    \b
    Examples:
      provcheck redact photos/ --plates --out drafts/
      provcheck redact photos/ --plates --boxes drafts/boxes.toml --reviewed-by "the picture desk" --out public/
      provcheck redact photo.jpg --metadata --reviewed-by "the picture desk" --out public/
      provcheck redact trucks/ --plates --out drafts/
    Of a case (a folder that `provcheck case new` made) all photos are taken, with the boxes of the case unless others are given;
    what is published is noted in its log.
    """
    from provcheck.jobs.case.folder import locked
    from provcheck.jobs.redact import redact as redact_photos
    from provcheck.readers.intake import walk
    from provcheck.redact.boxes import read_boxes

    _asked_right(plates or metadata or boxes is not None, reviewed_by)
    refuse_filled(out, force)
    settings = settings_of(config)
    folder = case_of(paths)
    drawn = read_boxes(boxes) if boxes else ()
    photos = _case_photos(folder, settings) if folder else walk(paths)
    if folder and not boxes:
        drawn = _case_boxes(folder)

    def told(one: Redacted) -> None:
        if one.file and not quiet:
            click.echo(f"{one.file}  {_words(one)}", err=True)

    with ExitStack() as stack:
        if folder and reviewed_by is not None:  # before anything goes out that its log could not take in
            stack.enter_context(locked(folder))
        done = redact_photos(
            photos, out, plates=plates, boxes=drawn, draft=reviewed_by is None, settings=settings, workers=workers, seen=told
        )
        if folder and reviewed_by is not None:
            _note(folder, boxes, done, out, plates, reviewed_by.strip())
    refused = [one for one in done if _refused(one)]
    if as_json:
        click.echo(json.dumps({"reviewed_by": reviewed_by, "plates": plates, "photos": [_row(one) for one in done]}, indent=1))
    say_limits(plates)
    if reviewed_by is None:
        click.echo(f"Drafts and boxes.toml lie in {out}. Look at each draft, correct the boxes, and run it again with", err=True)
        click.echo(f'--boxes {out / "boxes.toml"} --reviewed-by "who looked".', err=True)
    ctx.exit(PARTIAL if refused else 0)


def _asked_right(something: bool, reviewed_by: str | None) -> None:
    if not something:
        raise click.UsageError("Say what is to go: --plates, --boxes TOML, or --metadata alone.")
    if reviewed_by is not None and not reviewed_by.strip():
        raise click.UsageError("--reviewed-by needs a name or a role: whoever looked at every draft.")


def case_of(paths: tuple[Path, ...]) -> Path | None:
    """The case among what was named: it goes alone, because its photos are called by its own names."""
    from provcheck.jobs.case.folder import is_case

    cases = [path for path in paths if is_case(path)]
    if cases and len(paths) > 1:
        raise click.UsageError(f"{cases[0]} is a case: give it alone.")
    return cases[0] if cases else None


def _case_photos(folder: Path, settings: Settings) -> list[Submission]:
    from provcheck.jobs.case.folder import opened
    from provcheck.jobs.case.outgoing import outgoing

    return outgoing(opened(folder), settings)


def _case_boxes(folder: Path) -> tuple[Drawn, ...]:
    from provcheck.jobs.case.folder import opened
    from provcheck.jobs.case.hands import boxes_of

    return boxes_of(opened(folder))


def _note(folder: Path, boxes: Path | None, done: tuple[Redacted, ...], out: Path, plates: bool, by: str) -> None:
    """In the log of the case, which is locked: the boxes that were used, and what went out."""
    from provcheck.jobs import now
    from provcheck.jobs.case.folder import opened
    from provcheck.jobs.case.hands import take_boxes
    from provcheck.jobs.case.outgoing import note_redacted

    inside = opened(folder)
    if boxes:
        inside, _ = take_boxes(inside, boxes, by=by, at=now())
    note_redacted(inside, done, out, by=by, why="plates and boxes covered" if plates else "boxes covered", at=now())


def refuse_filled(out: Path, force: bool) -> None:
    """What is published must not be mixed up with what is not."""
    outside_cases(out, "Choose another folder.")
    try:
        filled = out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir())))
    except OSError as error:
        raise click.UsageError(f"{out}: {error.strerror}. Choose another folder.") from error
    if filled and not force:
        raise click.UsageError(f"{out} is not an empty folder. Choose another, or give --force.")


def _words(one: Redacted) -> str:
    """What was covered, in numbers."""
    marked = _marks(one)
    taken_back = sum(mark.undone for mark in marked)
    return f"{len(marked) - taken_back} marked by the detector, {len(one.drawn.add)} drawn, {taken_back} undone"


def _marks(one: Redacted) -> tuple[Marked, ...]:
    from provcheck.domain.reading import Found

    return one.covered.value.marked if isinstance(one.covered, Found) else ()


def _refused(one: Redacted) -> bool:
    """Whether a picture was refused, which is then told; what is no picture in a walked folder is not for us."""
    from provcheck import jobs
    from provcheck.domain.reading import Unreadable
    from provcheck.report import sentence
    from provcheck.report.untrusted import shown

    if not isinstance(one.covered, Unreadable) or jobs.no_picture(one.submission, one.covered.reason):
        return False
    click.echo(f"{shown(one.submission.name)}: {sentence(one.covered.reason)}", err=True)
    return True


def _row(one: Redacted) -> dict[str, Json]:
    from provcheck.domain.codec import encode
    from provcheck.domain.reading import Unreadable

    return {
        "file": one.submission.name,
        "sha256": one.drawn.sha256,
        "reason": encode(one.covered.reason) if isinstance(one.covered, Unreadable) else None,
        "written": one.file,
        "written_sha256": one.new_sha256,
        "marked": [encode(mark) for mark in _marks(one)],
        "drawn": encode(one.drawn.add),
    }


def say_limits(plates: bool) -> None:
    """What a person must know before publishing."""
    from provcheck.report import sentence

    if plates:
        for text in detector_rate():
            click.echo(sentence(text), err=True)


def detector_rate() -> tuple[Text, ...]:
    """The detector's measured miss rate, and whether it is this detector's."""
    from provcheck.domain.text import say
    from provcheck.pipeline import models
    from provcheck.redact.rates import miss_rate

    rate = miss_rate()
    told = say("redact.rate", missed=rate.missed, plates=rate.plates, most=rate.at_most, data=rate.data, day=rate.date)
    same = rate.detector in {digest for _, digest in models()}
    return (told,) if same else (told, say("redact.rate.other"))
