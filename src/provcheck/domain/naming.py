"""Fields of metadata in which a name stands: where credits are looked for, and what a public edition takes out."""

from __future__ import annotations

from provcheck.domain.metadata import Field

# By the key that every source shares, the nearest to "who took it" first, with the tag as its standard calls it
CREDITS = {
    "exif.artist": "EXIF Artist",
    "iptc.byline": "IPTC By-line",
    "xmp.creator": "XMP dc:creator",
    "exif.owner": "EXIF CameraOwnerName",
    "mn.owner": "MakerNote OwnerName",
    "iptc.credit": "IPTC Credit",
    "xmp.credit": "XMP photoshop:Credit",
    "exif.copyright": "EXIF Copyright",
    "iptc.copyright": "IPTC CopyrightNotice",
    "xmp.rights": "XMP dc:rights",
}
WINDOWS_AUTHOR = "IFD0 XPAuthor"  # of the raw fields: no other source shares it
NOBODY = frozenset({"unknown", "owner", "user", "none", "default"})  # what cameras write before a name is set


def credits_in(fields: tuple[Field, ...]) -> tuple[tuple[str, str], ...]:
    """Each name once with its tag, in the order of CREDITS; blanks and what cameras write for nobody are none."""
    tags = {**CREDITS, "": "EXIF XPAuthor"}
    said = [field for field in fields if field.key in CREDITS or field.name == WINDOWS_AUTHOR]
    said.sort(key=lambda field: list(tags).index(field.key))
    names: dict[str, str] = {}
    for field in said:
        name = field.value.strip()
        if name and name.casefold() not in NOBODY:
            names.setdefault(name, tags[field.key])
    return tuple(names.items())
