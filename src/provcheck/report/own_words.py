"""What a file says of its picture in words of people: description, places by name, names; and which way the camera looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from provcheck.domain.metadata import Field, Stated
from provcheck.domain.naming import credits_in
from provcheck.domain.reading import Found
from provcheck.domain.text import Text, say
from provcheck.report.fact import Fact
from provcheck.report.wording import joined

# By the key that every source shares, or the name of a raw field without one: the tag as its standard calls it
DESCRIBED = {
    "exif.image_description": "EXIF ImageDescription",
    "iptc.headline": "IPTC Headline",
    "iptc.caption": "IPTC Caption-Abstract",
    "iptc.object_name": "IPTC ObjectName",
    "xmp.headline": "XMP photoshop:Headline",
    "xmp.description": "XMP dc:description",
    "xmp.title": "XMP dc:title",
    "exif.user_comment": "EXIF UserComment",
    "IFD0 XPTitle": "EXIF XPTitle",
    "IFD0 XPSubject": "EXIF XPSubject",
    "IFD0 XPComment": "EXIF XPComment",
}
PLACED = {
    "iptc.sublocation": "IPTC Sub-location",
    "xmp.location": "XMP Iptc4xmpCore:Location",
    "iptc.city": "IPTC City",
    "xmp.city": "XMP photoshop:City",
    "iptc.state": "IPTC Province-State",
    "xmp.state": "XMP photoshop:State",
    "iptc.country": "IPTC Country",
    "xmp.country": "XMP photoshop:Country",
}
MOST = 6  # values of one kind; the table of all fields holds the rest


def own_words(stated: Stated) -> tuple[Fact, ...]:
    """Only what is there: a public edition leaves these fields out, and must not say that the file lacks them."""
    fields = stated.fields.value if isinstance(stated.fields, Found) else ()
    told = (
        (say("report.photo.described"), _values(fields, DESCRIBED)),
        (say("report.photo.place-named"), _values(fields, PLACED)),
        (say("report.photo.names"), dict(credits_in(fields))),
    )
    facts = [Fact(label, joined(tuple(_quoted(values)))) for label, values in told if values]
    return (*facts, *(Fact(say("report.photo.direction"), direction) for direction in _direction(fields)))


def _values(fields: tuple[Field, ...], tags: Mapping[str, str]) -> dict[str, str]:
    """Each value once, with the tags under which it stands, in the order of `tags`."""
    found: dict[str, list[str]] = {}
    for key, tag in tags.items():
        for field in fields:
            if (field.key or field.name) == key and (value := field.value.strip()):
                found.setdefault(value, []).append(tag)
    return {value: ", ".join(dict.fromkeys(named)) for value, named in found.items()}


def _quoted(values: Mapping[str, str]) -> Iterator[Text]:
    for value, tag in list(values.items())[:MOST]:
        yield say("report.software", name=value, tag=tag)


def _direction(fields: tuple[Field, ...]) -> Iterator[Text]:
    degrees = next((field.value for field in fields if field.key == "gps.img_direction"), "")
    north = next((field.value for field in fields if field.name == "GPS GPSImgDirectionRef"), "").strip()
    try:
        towards = float(degrees)
    except ValueError:
        return
    if isfinite(towards):
        yield _towards(f"{towards:.0f}", north)


def _towards(degrees: str, north: str) -> Text:
    """`north` is GPSImgDirectionRef."""
    match north:
        case "T":
            return say("report.direction.true", degrees=degrees)
        case "M":
            return say("report.direction.magnetic", degrees=degrees)
    return say("report.direction.unstated", degrees=degrees)
