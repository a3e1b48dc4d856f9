"""The two halves of an examination: look(bytes) runs inside a cell; judge(case) never touches a photo's bytes."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Generator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from provcheck.checks import CHECKS
from provcheck.config import Settings
from provcheck.domain import VERSION
from provcheck.domain.archive import Copy
from provcheck.domain.case import NOT_SEARCHED, Case, Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.codec import encode
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.finding import Answer, CannotSay, Check
from provcheck.domain.fingerprint import Features
from provcheck.domain.metadata import Thumbnail
from provcheck.domain.method import MethodCard
from provcheck.domain.photo import Outcome
from provcheck.domain.plate import PlateRegion, Quad
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.report import Answered, Custody, Edition, Report
from provcheck.domain.text import Text, say
from provcheck.readers.features import ARCHIVED, SUBMITTED, Budget, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.formats import PICTURE_SUFFIXES, RAW, sniff
from provcheck.readers.metadata import Metadata, read_metadata
from provcheck.readers.pixels import SEARCHED, Bitmap, decode, view
from provcheck.readers.plates import find_plates
from provcheck.readers.thumbnail import read_thumbnail

NO_FEATURES = Absent()
NOT_REACHED = Unreadable(say("cell.not-reached"))  # stands where a stage of `looks` has not come to yet; never in a report
FRAME = ("file", "JPEG")  # sources of fields that every file of a format has


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell saw in one file. `picture` is False for what is no picture by content and by name."""

    format: str
    width: int
    height: int
    outcome: Outcome
    reason: Text | None
    evidence: Evidence | None
    picture: bool = True
    features: Reading[Features] = NO_FEATURES  # for a search in archives; too large, and of no use, in a report
    kept: Reading[Features] = NO_FEATURES  # of a photo in a set: what an archive would keep, so that the others are searched in it


def look(data: bytes, suffix: str, settings: Settings) -> Look:
    """Everything the readers see in one file. `suffix` is the name's, lower case, and decides nothing but `picture`."""
    stages = looks(data, suffix, settings)
    while True:
        try:
            next(stages)
        except StopIteration as end:
            seen: Look = end.value
            return seen


def looks_in_set(data: bytes, suffix: str, settings: Settings) -> Generator[Look, None, Look]:
    """`looks`, and what the other photos of its set are searched in."""
    return looks(data, suffix, settings, in_set=True)


def looks(data: bytes, suffix: str, settings: Settings, *, in_set: bool = False) -> Generator[Look, None, Look]:
    """`look` in stages: yields what is known so far, before the pixels and before the search for plates, and returns all.

    What is not known yet is Unreadable(NOT_REACHED). Where the process is stopped on the way, `stopped` makes an answer of it.
    """
    signature = sniff(data)
    if signature is None:
        named = suffix in PICTURE_SUFFIXES
        reason = say("intake.unknown-format") if named else say("intake.no-picture")
        return Look("", 0, 0, Outcome.REFUSED, reason, None, picture=named)
    metadata = read_metadata(data, trust=settings.trust)
    if _says_something(metadata):
        known = _unseen(metadata, NOT_REACHED, NOT_REACHED)
        yield Look(signature.format, 0, 0, Outcome.PARTIAL, NOT_REACHED.reason, known, features=NOT_REACHED)
    bitmap = decode(data, signature, settings.limits)
    outcome, reason_ = _outcome(signature.format, bitmap, metadata)
    if outcome is Outcome.REFUSED:
        return Look(signature.format, 0, 0, outcome, reason_, None)
    if isinstance(bitmap, Unreadable):
        return Look(signature.format, 0, 0, outcome, reason_, _unseen(metadata, bitmap, read_thumbnail(data)))
    picture = bitmap.value
    evidence = _seen(picture, metadata, read_thumbnail(data, picture.reduced))
    features, kept = features_of(picture, SUBMITTED), features_of(picture, ARCHIVED) if in_set else NO_FEATURES
    seen = Look(
        signature.format, picture.width, picture.height, Outcome.PARTIAL, NOT_REACHED.reason, evidence, True, features, kept
    )
    yield seen
    return replace(seen, outcome=outcome, reason=reason_, evidence=replace(evidence, plates=plates_of(picture)))


def stopped(seen: Look, why: Text) -> Look:
    """The answer of a process that was stopped for `why` after it had told `seen`: what it had not reached says so."""
    evidence = seen.evidence
    if evidence is not None:
        missing: dict[str, Any] = {
            one.name: Unreadable(why) for one in fields(evidence) if getattr(evidence, one.name) == NOT_REACHED
        }
        evidence = replace(evidence, **missing)
    features = Unreadable(why) if seen.features == NOT_REACHED else seen.features
    return replace(seen, outcome=Outcome.PARTIAL, reason=say("cell.stopped", what=why), evidence=evidence, features=features)


def features_of(bitmap: Bitmap, budget: Budget) -> Reading[Features]:
    """Features taken from the reduced picture, in the frame of the full one: their places are shares of its longest side."""
    features = read_features(bitmap.reduced, budget)
    return Found(replace(features.value, width=bitmap.width, height=bitmap.height)) if isinstance(features, Found) else features


def plates_of(picture: Bitmap) -> Reading[tuple[PlateRegion, ...]]:
    """The plate regions, in pixels of the full picture even where a reduced one was searched."""
    plates = find_plates(picture.rgb)
    if not isinstance(plates, Found) or picture.rgb.shape[1] == picture.width:
        return plates
    across, down = picture.width / picture.rgb.shape[1], picture.height / picture.rgb.shape[0]
    return Found(tuple(replace(region, quad=_scaled(region.quad, across, down)) for region in plates.value))


def _scaled(quad: Quad, across: float, down: float) -> Quad:
    a, b, c, d = ((round(x * across), round(y * down)) for x, y in quad)
    return a, b, c, d


def bitmap_of(data: bytes, settings: Settings, *, most: int = SEARCHED) -> Found[Bitmap] | Unreadable:
    """The decoded picture of one file, whatever its format; `rgb` has at most `most` pixels."""
    signature = sniff(data)
    if signature is None:
        return Unreadable(say("intake.unknown-format"))
    return decode(data, signature, settings.limits, most=most)


def _outcome(format_: str, bitmap: Found[Bitmap] | Unreadable, metadata: Metadata) -> tuple[Outcome, Text | None]:
    """Examined when both halves were read, partial when one was, refused when neither was."""
    damage = metadata.damage[0] if metadata.damage else None
    if isinstance(metadata.fields, Unreadable):
        damage = metadata.fields.reason
    if isinstance(bitmap, Unreadable):
        if _says_something(metadata) and not _is_a_bare_block(format_, bitmap):
            return Outcome.PARTIAL, say("look.pixels-unreadable", what=bitmap.reason)
        return Outcome.REFUSED, bitmap.reason
    if format_ == RAW:
        return Outcome.PARTIAL, say("look.raw-preview")
    if damage:
        return Outcome.PARTIAL, say("look.metadata-damaged", what=damage)
    return Outcome.EXAMINED, None


def _is_a_bare_block(format_: str, bitmap: Unreadable) -> bool:
    """A TIFF without a picture is a block of tags, as any program writes one: no photo, whatever the tags say."""
    return format_ == "TIFF" and bitmap.reason.id == "pixels.not-parsed"


def _says_something(metadata: Metadata) -> bool:
    """Whether the metadata hold more than the container's own frame (type, size, coding)."""
    fields = metadata.fields.value if isinstance(metadata.fields, Found) else ()
    return any(field.source not in FRAME for field in fields)


def _seen(picture: Bitmap, metadata: Metadata, thumbnail: Reading[Thumbnail]) -> Evidence:
    """The readings of pixels and metadata in one value, before the search for plates."""
    searched = picture.rgb.shape[1]
    size = Pixels(picture.width, picture.height, picture.preview, 0 if searched == picture.width else searched)
    evidence = _unseen(metadata, NOT_REACHED, thumbnail)
    return replace(evidence, pixels=Found(size), fingerprints=read_fingerprints(picture.reduced), view=Found(view(picture)))


def _unseen(metadata: Metadata, why: Unreadable, thumbnail: Reading[Thumbnail]) -> Evidence:
    """The readings of metadata alone; those of pixels carry the reason `why` there are none."""
    return Evidence(
        pixels=why,
        camera=metadata.camera,
        captured=metadata.captured,
        digitized=metadata.digitized,
        modified=metadata.modified,
        satellite=metadata.satellite,
        position=metadata.position,
        whereabouts=metadata.whereabouts,
        software=metadata.software,
        fields=metadata.fields,
        structure=metadata.structure,
        history=metadata.history,
        serials=metadata.serials,
        credentials=metadata.credentials,
        thumbnail=thumbnail,
        fingerprints=why,
        plates=why,
        view=why,
        damage=metadata.damage,
    )


def judge(
    exhibits: tuple[Exhibit, ...],
    claims: tuple[Claim, ...],
    *,
    as_of: date,
    settings: Settings,
    title: str = "",
    rendered: bool = False,
    copies: Reading[tuple[Copy, ...]] = NOT_SEARCHED,
) -> Report:
    """Put every check to every exhibit. Pure: the same values give the same report."""
    case = Case(as_of, claims, exhibits, method_cards(), title, copies=copies, rendered=rendered)
    answers = tuple(
        Answered(check.id, check.question, exhibit.number, _answer(check, exhibit, case))
        for exhibit in exhibits
        if exhibit.picture
        for check in CHECKS
    )
    custody = Custody(VERSION, digest(settings), digest(claims) if claims else "", models())
    return Report(Edition.INTERNAL, case, answers, custody)


def _answer(check: Check, exhibit: Exhibit, case: Case) -> Answer:
    if exhibit.evidence is None:
        return CannotSay(say("check.refused"), asked=False)
    return check.answer(exhibit, exhibit.evidence, case)


def digest(value: object) -> str:
    """SHA-256 of a domain value's canonical JSON."""
    text = json.dumps(encode(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()  # a file's name need not be UTF-8


@cache
def models() -> tuple[tuple[str, str], ...]:
    """File and SHA-256 of each model as MODELS.toml lists it; a model with other bytes is never loaded."""
    listing = tomllib.loads(files("provcheck.readers.plates").joinpath("MODELS.toml").read_text("utf-8"))
    return tuple((model["file"], model["sha256"]) for model in listing.get("model", ()))


@cache  # a batch judges each photo for itself
def method_cards() -> tuple[MethodCard, ...]:
    """The cards of methods.toml, sorted by id."""
    table = tomllib.loads(files("provcheck").joinpath("methods.toml").read_text("utf-8"))
    return tuple(MethodCard(id=name, **card) for name, card in sorted(table.items()))
