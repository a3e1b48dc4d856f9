"""What in an internal report would expose somebody: collected once, and then gone from everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from provcheck.domain.archive import Match, Shared
from provcheck.domain.case import Exhibit
from provcheck.domain.credentials import Credentials
from provcheck.domain.evidence import Evidence
from provcheck.domain.naming import CREDITS
from provcheck.domain.place import Position
from provcheck.domain.plate import PlateText, folded
from provcheck.domain.reading import Found
from provcheck.domain.report import Report
from provcheck.redact.wipe import Secrets, strings

# Keys of fields in which a person's name stands, and last words of the names of raw ones, which have no key
NAMING_KEYS = frozenset({*CREDITS, "exif.host_computer"})
NAMING_NAMES = frozenset(
    "XPAuthor mwg-rs:Name Iptc4xmpExt:PersonInImage Iptc4xmpCore:CreatorContactInfo photoshop:CaptionWriter".split()
)
NAME_PART = 4  # letters: "Anna" alone still names her
# Words that stand in such fields and name nobody
ORDINARY = frozenset(
    "photo photos photographer photography foto fotos copyright rights reserved agency image images press news media staff the "
    "with from all none unknown camera owner user canon nikon sony apple samsung".split()
)
TELLING_STEM = 8  # characters: a shorter name without a digit ("photo", "convoy") is a word, not a file's mark
DIGITS = 6  # a shorter number is no mark of anything
DECIMALS = 3  # of a degree: 0.001 is 110 m
MOMENT = re.compile(r"[\d:. TZ+-]*\d{1,2}:\d\d[\d:. TZ+-]*|\d{4}[:-]\d\d[:-]\d\d")  # the file's clocks stay
PLATE = re.compile(r"(?=.*\d)[A-Z0-9]{5,12}")  # a claimed plate, folded; a format is two letters


def secrets_of(report: Report, hide: Iterable[str]) -> Secrets:
    """Everything that a public edition must not hold, beside pictures. `hide` are words that a person adds."""
    exhibits = report.case.exhibits
    said = " ".join(strings(report.case.claims)).casefold()
    words = [word for exhibit in exhibits for word in _words(exhibit)]
    words += [note.by for note in report.case.notes]
    words += [region.read_by for exhibit in exhibits for region in exhibit.regions]
    words += [pattern for claim in report.case.claims for pattern in claim.photos if pattern.strip("*?.")]
    plates = {plate for exhibit in exhibits for plate in _plates(exhibit)} | set(_claimed_plates(report))
    quoted = {value for exhibit in exhibits if exhibit.evidence for value in _quoted(exhibit.evidence)}
    public = {value for value in quoted if value.casefold() in said or MOMENT.fullmatch(value.strip())}
    hidden = tuple(sorted({word.strip() for word in hide} - {""}))
    return Secrets(_telling(words), tuple(sorted(plates)), _telling(quoted - public), hidden)


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """Trimmed, each once; numbers of a few digits left out."""
    kept = {word.strip() for word in words}
    return tuple(sorted(word for word in kept if word and not (len(word) < DIGITS and re.fullmatch(r"[\d.,:/ -]*", word))))


def _words(exhibit: Exhibit) -> Iterator[str]:
    """Names of the file, digests, names of people, numbers of the camera, the position."""
    yield from file_names(exhibit.photo.name)
    yield from (exhibit.photo.sha256, exhibit.photo.sha256[:12])
    if exhibit.evidence:
        yield from _of_evidence(exhibit.evidence)
    for match in _archived(exhibit):
        yield from file_names(match.name)
        yield from (match.sha256, match.sha256[:12])
        yield from (use.credit for use in match.uses)


def _archived(exhibit: Exhibit) -> Iterator[Match | Shared]:
    if isinstance(exhibit.reuse, Found):
        yield from exhibit.reuse.value.matches
    if isinstance(exhibit.parts, Found):
        yield from exhibit.parts.value.shared


def file_names(name: str) -> Iterator[str]:
    """The path, the file's name, and its stem where that is no ordinary word."""
    last = name.rpartition("/")[2]
    stem = last.rpartition(".")[0]
    yield from (name, last)
    if len(stem) >= TELLING_STEM or (len(stem) >= NAME_PART and any(char.isdigit() for char in stem)):
        yield stem


def _of_evidence(evidence: Evidence) -> Iterator[str]:
    if isinstance(evidence.camera, Found):
        yield evidence.camera.value.serial
    if isinstance(evidence.serials, Found):
        serials = evidence.serials.value
        yield from (*serials.body, *serials.lens, serials.image_id)
        yield from (bare for number in (*serials.body, *serials.lens) if len(bare := number.lstrip("0 ")) >= DIGITS)
        yield from people(serials.owner)
    if isinstance(evidence.fields, Found):
        for field in evidence.fields.value:
            if field.key in NAMING_KEYS or field.name.rpartition(" ")[2] in NAMING_NAMES:  # raw EXIF: "IFD0 XPAuthor"
                yield from people(field.value)
                yield from people(field.strict)
    if isinstance(evidence.position, Found):
        yield from _degrees(evidence.position.value)
    if isinstance(evidence.credentials, Found):
        yield from _sealed(evidence.credentials.value)


def _sealed(seal: Credentials) -> Iterator[str]:
    """Who signed, and what files and pictures are called in the manifest."""
    yield from (seal.title, seal.signer, seal.common_name, seal.remote_url)
    yield from (one.title for one in seal.ingredients)
    yield from (name for link in seal.chain for name in (link.subject, link.issuer))


def people(value: str) -> Iterator[str]:
    """A name, and each part of it that is long enough to be known by."""
    yield value
    for part in re.findall(r"[^\W\d_]+", value):
        if len(part) >= NAME_PART and part.casefold() not in ORDINARY:
            yield part


def _degrees(position: Position) -> Iterator[str]:
    """The coordinates, and every shorter spelling down to three decimals."""
    for value in (position.latitude, position.longitude):
        text = f"{abs(value):f}"
        whole, _, decimals = text.partition(".")
        for length in range(DECIMALS, len(decimals) + 1):
            yield f"{whole}.{decimals[:length]}"
            yield f"{round(abs(value), length):f}"


def _plates(exhibit: Exhibit) -> Iterator[str]:
    """Every reading, certain or not."""
    for plate in (plate for region in exhibit.regions for plate in region.readings):
        if len(plate.text) >= NAME_PART:
            yield plate.text
            yield from _without_region(plate)


def _without_region(plate: PlateText) -> Iterator[str]:
    bare = plate.text.removesuffix(plate.region)
    if plate.region and len(bare) > NAME_PART:
        yield bare


def _claimed_plates(report: Report) -> Iterator[str]:
    for claim in report.case.claims:
        plate = folded(claim.plates)
        if PLATE.fullmatch(plate):
            yield plate


def _quoted(evidence: Evidence) -> Iterator[str]:
    """What the file states in fields that a public edition leaves out."""
    if isinstance(evidence.fields, Found):
        for field in evidence.fields.value:
            yield from (field.value, field.strict)
