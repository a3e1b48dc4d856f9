"""Photos for publication: each covered in one cell, tried in a second, and written only when none of them leaks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from provcheck.config import Settings
from provcheck.domain.errors import ConfigError, IntegrityError
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.redaction import Cover, Covered, Drawn, Trial
from provcheck.domain.text import Text, say
from provcheck.jobs.cell import Cell
from provcheck.jobs.cover import ordered
from provcheck.jobs.examine import with_cells
from provcheck.readers.intake import Submission, Taken, take
from provcheck.redact.boxes import Proposal, boxes_text, meant
from provcheck.redact.leak import byte_leaks
from provcheck.report import sentence
from provcheck.report.untrusted import shown

BOXES = "boxes.toml"  # beside drafts
SECONDS, MEGABYTES = (
    120,
    2500,
)  # at least, for one photo: each of its pixels is kept, and the search for plates goes over it four times
PART = ".part"  # of the folder that fills before its files go to their place


@dataclass(frozen=True, slots=True)
class Redacted:
    """One photo: what became of it, and every leak that the self-test found. `file` is what it is written as, or empty."""

    submission: Submission
    drawn: Drawn
    covered: Found[Covered] | Unreadable
    leaks: tuple[Text, ...] = ()
    file: str = ""
    new_sha256: str = ""


class LeakError(IntegrityError):
    """The self-test found in a new file what should be gone from it."""

    def __init__(self, one: Redacted) -> None:
        super().__init__(f"{shown(one.submission.name)}: {' '.join(map(sentence, one.leaks))} Nothing was written.")


def redact(
    photos: Iterable[Submission],
    out: Path,
    *,
    plates: bool,
    boxes: tuple[Drawn, ...] = (),
    draft: bool = False,
    settings: Settings,
    workers: int | None = None,
    seen: Callable[[Redacted], None] = lambda _: None,
) -> tuple[Redacted, ...]:
    """Cover, try, and write into `out`. Raises LeakError at a leak: then nothing is written, of any photo.

    Files are numbered in the order of the photos: a name of the source's own never goes out. Drafts are marked as such on
    the picture, and come with a boxes file to work on.
    """
    submissions = _numbered(photos, boxes)
    beside = _beside(out)
    try:
        done = []
        for number, one in enumerate(_each(submissions, plates, draft, settings, workers), 1):
            if one.leaks:
                raise LeakError(one)
            done.append(_kept(one, beside, number, draft))
            seen(done[-1])
        if draft:
            (beside / BOXES).write_text(boxes_text(_proposals(done)), "utf-8", newline="\n")
        _moved(beside, out)
        return tuple(done)
    except OSError as error:
        raise ConfigError(f"{out}: {error.strerror}; make room, or choose another folder") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(out: Path) -> Path:
    """A folder that takes the name of `out` at the end."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix=f"{out.name}.", suffix=PART, dir=out.parent))
    except OSError as error:
        raise ConfigError(f"{out}: {error.strerror}; choose another folder") from error


def _numbered(submissions: Iterable[Submission], boxes: tuple[Drawn, ...]) -> list[tuple[Submission, Drawn]]:
    """Each photo with its boxes. Boxes for no photo are an error: they were drawn for somebody's face."""
    listed = list(submissions)
    names = frozenset(one.name for one in listed)
    by_name: dict[str, Drawn] = {}
    for drawn in boxes:
        name = meant(drawn, names)
        if name is None or name in by_name:
            fault = "no such photo was given" if name is None else "its photo has another entry"
            raise ConfigError(
                f"the boxes file names {drawn.file!r}, and {fault}; give the photo, or take its entry out of the file"
            )
        by_name[name] = replace(drawn, file=name)
    return [(one, by_name.get(one.name, Drawn(one.name))) for one in listed]


def _each(
    submissions: list[tuple[Submission, Drawn]], plates: bool, draft: bool, settings: Settings, workers: int | None
) -> Iterator[Redacted]:
    def work(item: tuple[Submission, Drawn], cell: Cell) -> Redacted:
        submission, drawn = item
        taken = Unreadable(submission.trouble) if submission.trouble else take(submission.path, settings.max_bytes)
        if isinstance(taken, Unreadable):
            return Redacted(submission, drawn, taken)
        return _covered(submission, drawn, taken.value, Cover(plates, drawn.add, drawn.undo, draft), cell)

    seconds, megabytes = max(settings.seconds, SECONDS), max(settings.memory_megabytes, MEGABYTES)
    return with_cells(work, submissions, replace(settings, seconds=seconds, memory_megabytes=megabytes), workers)


def _covered(submission: Submission, drawn: Drawn, taken: Taken, order: Cover, cell: Cell) -> Redacted:
    if drawn.sha256 and drawn.sha256 != taken.sha256:
        raise ConfigError(f"{shown(submission.name)}: the boxes file holds for other bytes (sha256); make a new draft of this file")
    drawn = replace(drawn, sha256=taken.sha256)
    covered = _flat(cell.run("cover", ordered(order, taken.data)))
    if isinstance(covered, Unreadable):
        return Redacted(submission, drawn, covered)
    made = covered.value
    if made.outside:
        raise ConfigError(
            f"{shown(submission.name)}: box {made.outside[0]} of 'add' lies outside of the picture; correct the boxes file"
        )
    if made.idle:
        raise ConfigError(f"{shown(submission.name)}: box {made.idle[0]} of 'undo' holds no marked region; correct the boxes file")
    # A cell that a photo took over may call anything covered: the bytes are tried here, the pixels in another process
    leaks = byte_leaks(made.jpeg, made.width, made.height, made.removed)
    if not leaks and not order.draft:
        tried = _flat(cell.run("try", ordered(Trial(order.plates, made.covered, order.undo), made.jpeg)))
        leaks = (say("redact.leak.untried", why=tried.reason),) if isinstance(tried, Unreadable) else tried.value.found
    return Redacted(submission, drawn, covered, leaks)


def _flat(answer: Found[Any] | Unreadable) -> Found[Any] | Unreadable:
    """What the cell says of the photo, or of itself."""
    if isinstance(answer, Unreadable):
        return answer
    inner: Found[Any] | Unreadable = answer.value
    return inner


def _kept(one: Redacted, beside: Path, number: int, draft: bool) -> Redacted:
    if isinstance(one.covered, Unreadable):
        return one
    jpeg = one.covered.value.jpeg
    name = f"photo-{number:03}{'-draft' if draft else ''}.jpg"
    (beside / name).write_bytes(jpeg)
    # The pixels are on disk now; a thousand of them need not stay in memory
    light = Found(replace(one.covered.value, jpeg=b"", removed=replace(one.covered.value.removed, windows=b"", strings=())))
    return replace(one, covered=light, file=name, new_sha256=sha256(jpeg).hexdigest())


def _proposals(done: list[Redacted]) -> Iterator[Proposal]:
    for one in done:
        if isinstance(one.covered, Found):
            yield Proposal(one.drawn, one.covered.value.marked)


def _moved(beside: Path, out: Path) -> None:
    """Each file by one rename, into a folder that is there or is made."""
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(beside.iterdir()):
        os.replace(file, out / file.name)
