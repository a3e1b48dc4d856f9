"""Inside a cell: one photo decoded, covered, encoded anew; and in another, the new file's pixels looked at."""

from __future__ import annotations

import json
from typing import TypeVar

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.redaction import Cover, Covered, Leaks, Marked, Outline, Removed, Trial
from provcheck.domain.text import say
from provcheck.jobs.pair import LENGTH, packed
from provcheck.pipeline import bitmap_of
from provcheck.readers.container import walk
from provcheck.readers.metadata import read_metadata
from provcheck.readers.plates import find_plates, find_suspects
from provcheck.redact.draft import drafted
from provcheck.redact.leak import pixel_leaks
from provcheck.redact.plain_jpeg import MOST_SIDE, encoded
from provcheck.redact.regions import shows, taken_back
from provcheck.redact.search import windows
from provcheck.redact.solid import Mask, Rgb, fill, grown, mask, pixels_of

Order = TypeVar("Order", Cover, Trial)
ROUNDS = 4  # looks at the picture; what a fill brings to light is seen in the second, and a fourth found nothing in any photo
FRAME = ("file", "JPEG")  # sources of fields that every file of a format has
MOST_STRINGS = 4000  # twice what the dump of fields holds


def ordered(cover: Cover | Trial, data: bytes) -> bytes:
    """An order and a file as the bytes of one request."""
    return packed(json.dumps(encode(cover)).encode(), data)


def cover(data: bytes, _suffix: str, settings: Settings) -> Found[Covered] | Unreadable:
    """The photo of an order, covered and encoded anew."""
    order, photo = _taken_apart(Cover, data)
    bitmap = bitmap_of(photo, settings, most=settings.max_pixels)
    if isinstance(bitmap, Unreadable):
        return bitmap
    rgb = bitmap.value.rgb
    height, width = rgb.shape[:2]
    if max(width, height) > MOST_SIDE:
        return Unreadable(say("redact.too-wide", limit=MOST_SIDE))
    marked = _marked(rgb, order) if order.plates else Found(())
    if isinstance(marked, Unreadable):
        return marked
    outlines = (*order.add, *(grown(one.outline) for one in marked.value if not one.undone))
    filled = fill(rgb, mask(width, height, outlines))
    picture = drafted(filled, outlines) if order.draft else filled
    return Found(
        Covered(
            jpeg=encoded(picture),
            width=picture.shape[1],
            height=picture.shape[0],
            marked=marked.value,
            covered=outlines,
            outside=tuple(number for number, box in enumerate(order.add, 1) if not pixels_of(box, (height, width)).any()),
            idle=tuple(number for number, box in enumerate(order.undo, 1) if not _undoes(box, marked.value, rgb)),
            removed=_removed(photo),
        )
    )


def try_pixels(data: bytes, _suffix: str, settings: Settings) -> Found[Leaks] | Unreadable:
    """What a new file still shows of what should be gone."""
    trial, file = _taken_apart(Trial, data)
    bitmap = bitmap_of(file, settings, most=settings.max_pixels)
    if isinstance(bitmap, Unreadable):
        return bitmap
    seen: Reading[tuple[PlateRegion, ...]] = find_plates(bitmap.value.rgb) if trial.plates else Absent()
    return Found(pixel_leaks(bitmap.value.rgb, trial, seen))


def _taken_apart(kind: type[Order], data: bytes) -> tuple[Order, bytes]:
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    return decode(kind, json.loads(data[LENGTH:end])), data[end:]


def _marked(rgb: Rgb, order: Cover) -> Found[tuple[Marked, ...]] | Unreadable:
    """What the detector marks, looking again at the covered picture until it sees nothing new."""
    height, width = rgb.shape[:2]
    marked: list[Marked] = []
    for _ in range(ROUNDS):
        outlines = (*order.add, *(grown(one.outline) for one in marked if not one.undone))
        covered = mask(width, height, outlines)
        seen = find_suspects(fill(rgb, covered))
        if isinstance(seen, Unreadable):
            return seen
        known = {one.outline for one in marked}
        regions = seen.value if isinstance(seen, Found) else ()
        new = [_mark(region, order, covered) for region in regions if shows(region, covered) and region.quad not in known]
        marked += new
        if all(one.undone for one in new):
            break
    return Found(tuple(marked))


def _mark(region: PlateRegion, order: Cover, covered: Mask) -> Marked:
    text = region.reading.value.text if isinstance(region.reading, Found) else ""
    return Marked(region.quad, region.score, text, taken_back(region.quad, order.undo, covered.shape))


def _undoes(box: Outline, marked: tuple[Marked, ...], rgb: Rgb) -> bool:
    return any(taken_back(one.outline, (box,), rgb.shape) for one in marked)


def _removed(data: bytes) -> Removed:
    """What the source holds beside its pixels: every value that is read, and the blocks, the thumbnails and the tail as bytes."""
    metadata = read_metadata(data, second_opinion=False)
    fields = metadata.fields.value if isinstance(metadata.fields, Found) else ()
    strings = dict.fromkeys(field.value for field in fields if field.source not in FRAME)
    container = walk(data)
    blocks = [block.data for block in container.blocks] if container else []
    tail = data[container.end :] if container and container.end else b""
    return Removed(tuple(strings)[:MOST_STRINGS], windows([*blocks, tail]))
