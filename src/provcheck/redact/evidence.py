"""One photo's evidence without what would expose its source. What was not in the file is still said to be absent."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final, TypeVar

from provcheck.domain.credentials import Credentials
from provcheck.domain.evidence import Evidence
from provcheck.domain.metadata import Field, Software, Step
from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion, PlateText
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.redact.coarse import coarse
from provcheck.redact.wipe import BAR

T = TypeVar("T")
LEFT_OUT: Final = Unreadable(say("redact.left-out"))
# Fields that say what a file is and when it says it was made, and nothing of who or where
OPEN_KEYS = frozenset(
    (
        *("file.type", "file.width", "file.height", "jpeg.process", "icc.name", "mpf.count", "thumb.bytes", "c2pa.present"),
        *("exif.make", "exif.model", "exif.exposure_time", "exif.fnumber", "exif.focal_length", "exif.iso", "exif.orientation"),
        *("exif.datetime_original", "exif.datetime_digitized", "exif.modify_date", "exif.pixel_x", "exif.pixel_y"),
        *("exif.offset_original", "exif.offset_digitized", "exif.offset_modify"),
        *("xmp.create_date", "xmp.modify_date", "xmp.digital_source_type"),
    )
)
REGION_TEXTS = "plates.region"  # ids of texts about a region's code begin so
LARGEST = 2000  # pixels of a black crop's side; a record may claim anything


def within(reading: Reading[T], change: Callable[[T], T]) -> Reading[T]:
    """The reading with its value changed, where it has one."""
    return Found(change(reading.value)) if isinstance(reading, Found) else _unread(reading)


def left_out(reading: Reading[T]) -> Reading[T]:
    """That something was there is told, what it was is not."""
    return LEFT_OUT if isinstance(reading, Found) else _unread(reading)


def _unread(reading: Reading[T]) -> Reading[T]:
    return Unreadable(coarse(reading.reason)) if isinstance(reading, Unreadable) else reading


def open_evidence(evidence: Evidence, view: Picture | None, keep_region: bool) -> Evidence:
    """`view` is the covered picture; without one the photo is not shown."""
    return replace(
        evidence,
        camera=within(evidence.camera, lambda camera: replace(camera, serial="")),
        captured=within(evidence.captured, lambda clock: clock),
        digitized=within(evidence.digitized, lambda clock: clock),
        modified=within(evidence.modified, lambda clock: clock),
        satellite=within(evidence.satellite, lambda clock: clock),
        position=left_out(evidence.position),
        software=within(evidence.software, _software),
        fields=within(evidence.fields, _fields),
        history=within(evidence.history, _history),
        serials=left_out(evidence.serials),
        credentials=within(evidence.credentials, _credentials),
        thumbnail=left_out(evidence.thumbnail),
        fingerprints=left_out(evidence.fingerprints),
        plates=within(evidence.plates, lambda regions: tuple(_region(region, keep_region) for region in regions)),
        view=Found(view) if view else left_out(evidence.view),
        damage=tuple(map(coarse, evidence.damage)),
    )


def _fields(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(field, strict="") for field in fields if field.key in OPEN_KEYS)


def _software(programs: tuple[Software, ...]) -> tuple[Software, ...]:
    return tuple(replace(program, name=_program(program.name)) for program in programs)


def _history(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(Step(_program(step.action), _program(step.program), step.when) for step in steps)


def _program(untrusted: str) -> str:
    """A program's name, unless a path or an address of somebody stands in it."""
    return BAR if any(char in untrusted for char in "/\\@") else untrusted


def _credentials(seal: Credentials) -> Credentials:
    """Who signed is a person or a camera's own certificate as often as a firm."""
    return replace(
        seal,
        reason=coarse(seal.reason) if seal.reason else None,
        title=BAR if seal.title else "",
        signer=BAR if seal.signer else "",
        common_name=BAR if seal.common_name else "",
        remote_url="",
        chain=(),
        actions=tuple(replace(action, program=_program(action.program)) for action in seal.actions),
        ingredients=tuple(replace(one, title=BAR if one.title else "", thumbnail=None) for one in seal.ingredients),
    )


def _region(region: PlateRegion, keep_region: bool) -> PlateRegion:
    crop = black(region.crop.width, region.crop.height)
    by_hand = _plate(region.by_hand, keep_region) if region.by_hand else None
    return replace(
        region, crop=crop, reading=within(region.reading, lambda plate: _plate(plate, keep_region)), by_hand=by_hand, read_by=""
    )


def _plate(plate: PlateText, keep_region: bool) -> PlateText:
    region = plate.region if keep_region else ""
    meaning = tuple(text for text in plate.meaning if text.id.startswith(REGION_TEXTS)) if keep_region else ()
    return replace(plate, text=f"{BAR} {region}".strip(), region=region, characters=(), meaning=meaning)


@cache
def black(width: int, height: int) -> Picture:
    """A solid picture of this size."""
    from PIL import Image

    file = io.BytesIO()
    size = (max(1, min(width, LARGEST)), max(1, min(height, LARGEST)))
    Image.new("L", size).save(file, "PNG")
    return Picture("image/png", *size, file.getvalue())
