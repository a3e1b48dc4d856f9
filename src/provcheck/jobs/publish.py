"""A public edition of a report: its pictures covered in cells, its words wiped, every view of it tried before one is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provcheck.config import Settings
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.codec import Json, encode
from provcheck.domain.errors import ConfigError, IntegrityError
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.redaction import Cover, Drawn, Outline, Trial
from provcheck.domain.report import Edition, Report
from provcheck.domain.text import Text, say
from provcheck.jobs.cell import Cell
from provcheck.jobs.cover import ordered
from provcheck.redact.boxes import meant
from provcheck.redact.commitment import commitment
from provcheck.redact.edition import Public, public
from provcheck.redact.edition_leak import value_leaks, view_leaks
from provcheck.redact.evidence import black
from provcheck.redact.leak import byte_leaks
from provcheck.redact.regions import taken_back
from provcheck.redact.solid import grown
from provcheck.report import sentence
from provcheck.report.catalogue import catalogue
from provcheck.report.figures import month
from provcheck.report.record import digest
from provcheck.report.untrusted import shown
from provcheck.report.views import View


class EditionLeakError(IntegrityError):
    """The self-test found in the public edition what should be gone from it."""

    def __init__(self, where: str, leaks: Sequence[Text]) -> None:
        super().__init__(f"{where}: {' '.join(map(sentence, leaks))} Nothing was written.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the desk asks of a public edition. A draft's pictures are marked as such."""

    boxes: tuple[Drawn, ...] = ()
    hide: tuple[str, ...] = ()
    keep_region: bool = False
    draft: bool = True


def publish(report: Report, wish: Wish, salt: str, settings: Settings) -> Public:
    """The public report. Raises ConfigError for boxes that fit no photo, EditionLeakError where anything is left."""
    if report.edition is not Edition.INTERNAL:
        raise ConfigError("this report is a public edition already; give the internal one")
    boxes = _boxes(report, wish.boxes)
    with Cell(settings) as cell:
        pictures = {
            exhibit.number: picture
            for exhibit in report.case.exhibits
            if (picture := _covered(exhibit, boxes.get(exhibit.number, Drawn("")), wish.draft, cell)) is not None
        }
    made = public(report, pictures, commitment=commitment(digest(report), salt), hide=wish.hide, keep_region=wish.keep_region)
    crops = {black(crop.width, crop.height).data for crop in _crops(report)}
    leaks = value_leaks(made.report, made.secrets, {picture.data for picture in pictures.values()} | crops)
    if leaks:
        raise EditionLeakError("the public edition", leaks)
    return made


def view(made: Public, which: View, lang: str) -> str:
    """One view of a public report, tried. Raises EditionLeakError."""
    case = made.report.case
    empty = replace(made.report, case=Case(case.as_of, (), (), case.methods), answers=(), revision=None)
    ours = _words_of_ours(made.report, which.render(empty, lang), lang)
    written = which.render(made.report, lang)
    leaks = view_leaks(which.name, written, made.secrets, ours)
    if leaks:
        raise EditionLeakError(which.file, leaks)
    return written


def _words_of_ours(report: Report, empty: str, lang: str) -> str:
    """What stands in any view without coming from a photo: our sentences, months, ids, and the keys of the record."""
    sentences = (piece.words for words in catalogue(lang).values() for _, form in words.forms for piece in form)
    months = (month(lang, number) for number in range(1, 13))
    return " ".join((empty, *sentences, *months, *catalogue(lang), *_keys(encode(report))))


def _keys(value: Json) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def _boxes(report: Report, boxes: tuple[Drawn, ...]) -> dict[int, Drawn]:
    """A person's boxes by the exhibit's number; boxes for no photo of the report, or for other bytes, are an error."""
    by_name = {exhibit.photo.name: exhibit for exhibit in report.case.exhibits}
    found = {}
    for drawn in boxes:
        exhibit = by_name.get(meant(drawn, by_name) or "")
        if exhibit is None:
            raise ConfigError(f"the boxes file names {drawn.file!r}, and the report has no such photo")
        if drawn.sha256 and drawn.sha256 != exhibit.photo.sha256:
            raise ConfigError(f"{shown(drawn.file)}: the boxes file holds for other bytes (sha256) than the report")
        if exhibit.number in found:
            raise ConfigError(f"{shown(drawn.file)}: its photo has another entry in the boxes file; put all its boxes into one")
        found[exhibit.number] = drawn
    return found


def _covered(exhibit: Exhibit, drawn: Drawn, draft: bool, cell: Cell) -> Picture | None:
    """The exhibit's view with its plates and the drawn boxes covered; None where the report shows none."""
    evidence = exhibit.evidence
    if evidence is None or not isinstance(evidence.view, Found):
        return None
    small = evidence.view.value
    scale = small.width / max(1, exhibit.photo.width)
    undo = tuple(_scaled(outline, scale) for outline in drawn.undo)
    known = tuple(
        _scaled(grown(region.quad), scale)
        for region in exhibit.regions
        if not taken_back(_scaled(region.quad, scale), undo, (small.height, small.width))
    )
    order = Cover(True, (*(_scaled(outline, scale) for outline in drawn.add), *known), undo, draft)
    answer = cell.run("cover", ordered(order, small.data))
    covered = answer.value if isinstance(answer, Found) else answer
    where = sentence(say("report.photo", number=exhibit.number))
    if isinstance(covered, Unreadable):
        raise EditionLeakError(where, (say("redact.leak.untried", why=covered.reason),))
    made = covered.value
    leaks = byte_leaks(made.jpeg, made.width, made.height, made.removed)
    if not leaks and not draft:
        answer = cell.run("try", ordered(Trial(True, made.covered, undo), made.jpeg))
        tried = answer.value if isinstance(answer, Found) else answer
        leaks = (say("redact.leak.untried", why=tried.reason),) if isinstance(tried, Unreadable) else tried.value.found
    if leaks:
        raise EditionLeakError(where, leaks)
    return Picture("image/jpeg", made.width, made.height, made.jpeg)


def _scaled(outline: Outline, scale: float) -> Outline:
    return tuple((round(x * scale), round(y * scale)) for x, y in outline)


def _crops(report: Report) -> list[Picture]:
    return [region.crop for exhibit in report.case.exhibits for region in exhibit.regions]
