"""A record against the photos it names: are they there, unchanged, and does a second run give the same report?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from provcheck.archive import Archive
from provcheck.config import Settings
from provcheck.domain.case import Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.jobs.examine import together
from provcheck.jobs.originals import Originals
from provcheck.jobs.plate_readings import hand_readings
from provcheck.pipeline import judge
from provcheck.readers.intake import Submission, take, walk


@dataclass(frozen=True, slots=True)
class Compared:
    """`faults` are photos that are missing or changed; `notes` is what is no fault and should be known."""

    faults: tuple[Text, ...]
    notes: tuple[Text, ...]


def compare_photos(report: Report, folder: Path, settings: Settings) -> Compared:
    """Hash the photos of `folder` again. Names are as the record has them, relative to the folder."""
    there = {submission.name: submission for submission in walk((folder,))}
    missing = [exhibit for exhibit in report.case.exhibits if exhibit.photo.name not in there]
    faults: list[Text] = []
    notes: list[Text] = []
    same = 0
    for exhibit in report.case.exhibits:
        if exhibit.photo.name not in there:
            continue
        told = _compared(exhibit, there[exhibit.photo.name], settings)
        if told is None:
            same += 1
        else:
            (faults if exhibit.photo.sha256 else notes).append(told)
    named = {exhibit.photo.name for exhibit in report.case.exhibits}
    rest = [submission for name, submission in there.items() if name not in named]
    moved = _moved(missing, rest, settings)
    for exhibit in missing:
        number, name, other = exhibit.number, exhibit.photo.name, moved.get(exhibit.photo.sha256)
        if other is None:
            faults.append(say("record.photo.missing", number=number, name=name))
        else:
            notes.append(say("record.photo.moved", number=number, name=name, other=other))
    if len(rest) > len(moved):
        notes.append(say("record.photos.more", count=len(rest) - len(moved)))
    return Compared(tuple(faults), (say("record.photos", count=same), *notes))


def run_again(
    report: Report,
    folder: Path,
    *,
    claims: tuple[Claim, ...],
    title: str,
    rendered: bool = False,
    archives: Sequence[Archive],
    settings: Settings,
    workers: int | None = None,
    originals: Originals | None = None,
) -> Report:
    """Examine the photos that the record names, in its order and as of its date; other files in `folder` are left alone."""
    there = {submission.name: submission for submission in walk((folder,))}
    submissions = [_submission(exhibit, there, folder) for exhibit in report.case.exhibits]
    several = len(submissions) > 1 or isinstance(report.case.copies, Found)
    exhibits, copies = together(
        submissions, archives, settings, workers, several=several, readings=hand_readings(report), originals=originals
    )
    day = report.case.as_of
    return judge(exhibits, claims, as_of=day, settings=settings, title=title, rendered=rendered, copies=copies)


def _compared(exhibit: Exhibit, submission: Submission, settings: Settings) -> Text | None:
    photo = exhibit.photo
    if not photo.sha256:
        return say("record.photo.unread", number=exhibit.number, name=photo.name)
    match _digest(submission, settings):
        case Unreadable(reason):
            return say("record.photo.unreadable", number=exhibit.number, name=photo.name, reason=reason)
        case Found(found) if found != photo.sha256:
            return say("record.photo.changed", number=exhibit.number, name=photo.name, stated=photo.sha256, found=found)
    return None


def _digest(submission: Submission, settings: Settings) -> Found[str] | Unreadable:
    if submission.trouble:
        return Unreadable(submission.trouble)
    taken = take(submission.path, settings.max_bytes)
    return taken if isinstance(taken, Unreadable) else Found(taken.value.sha256)


def _moved(missing: list[Exhibit], rest: list[Submission], settings: Settings) -> dict[str, str]:
    """Digest and present name of missing photos whose bytes lie under another name: a photo is its bytes."""
    wanted = {exhibit.photo.sha256 for exhibit in missing} - {""}
    found: dict[str, str] = {}
    for submission in rest if wanted else ():
        digest = _digest(submission, settings)
        if isinstance(digest, Found) and digest.value in wanted:
            found.setdefault(digest.value, submission.name)
    return found


def _submission(exhibit: Exhibit, there: dict[str, Submission], folder: Path) -> Submission:
    """The file of this name, or the refusal that a missing file gets; a picture may have been named by hand."""
    gone = Submission(folder, exhibit.photo.name, walked=False, trouble=say("intake.not-found"))
    submission = there.get(exhibit.photo.name, gone)
    return replace(submission, walked=not exhibit.picture)
