"""The rest of an XMP packet in words: properties that no shared name covers, and the regions that people marked in the picture."""

from __future__ import annotations

from provcheck.domain.metadata import Field
from provcheck.readers.xmp import Packet, Structure, Value, items

MAX_REST = 200  # properties of one packet; raw converters write some hundred settings
MAX_REGIONS = 100
DEEP = 5  # structures within structures that are written out
LIMIT = 500  # characters of one value, as in the other raw fields
REGIONS = "mwg-rs:Regions"  # of the Metadata Working Group


def rest_of(packet: Packet, told: frozenset[str], source: str = "XMP") -> tuple[Field, ...]:
    """Raw fields of the properties that are not in `told`."""
    fields = [field for name, value in packet.properties if name == REGIONS for field in _regions(value, source)]
    for name, value in packet.properties[: MAX_REST + len(told)]:
        if name not in told and name != REGIONS and (words := _words(value, 0)):
            fields.append(Field(source, name, words[:LIMIT]))
    return tuple(fields[: MAX_REST + 2 * MAX_REGIONS])


def _regions(value: Value, source: str) -> list[Field]:
    """Each marked region: who or what it is called, of which kind it is, and where it lies, as shares of the picture."""
    marked = items(next((part for name, part in _parts(value) if name == "mwg-rs:RegionList"), None))
    fields = []
    for region in marked[:MAX_REGIONS]:
        if not isinstance(region, Structure):
            continue
        area = next((part for name, part in region.parts if name == "mwg-rs:Area"), None)
        x, y, w, h = (area.text(f"stArea:{side}") if isinstance(area, Structure) else "" for side in "xywh")
        name, kind = region.text("mwg-rs:Name"), region.text("mwg-rs:Type")
        if name:
            fields.append(Field(source, "mwg-rs:Name", name[:LIMIT]))
        where = f" at {x}, {y}, {w} × {h}" if x and y else ""
        fields.append(Field(source, REGIONS, f"{kind or 'region'}{where}"[:LIMIT]))
    return fields


def _parts(value: Value) -> tuple[tuple[str, Value], ...]:
    return value.parts if isinstance(value, Structure) else ()


def _words(value: Value, depth: int) -> str:
    if depth > DEEP:
        return "…"
    match value:
        case str():
            return value.strip()
        case tuple():
            return " | ".join(words for item in value[:MAX_REGIONS] if (words := _words(item, depth + 1)))
        case Structure():
            named = ((name, _words(part, depth + 1)) for name, part in value.parts[:MAX_REGIONS])
            return "; ".join(f"{name} {words}" for name, words in named if words)
