"""Do the picture, its thumbnail, its stated size and its coding fit each other?"""

from __future__ import annotations

from decimal import Decimal

from provcheck.checks.flags.seen import Seen, found

# On the development set true pairs gave 0.65 and more, exchanged and cropped pictures 0.17 and less.
UNLIKE = Decimal("0.40")
SURPRISING = 32  # bytes; some writers pad or sign the end
APPENDED = frozenset({"ZIP", "RAR", "7z", "PDF"})  # what no camera puts behind a picture


def thumbnail_differs(seen: Seen) -> bool:
    thumbnail = found(seen.thumbnail)
    return thumbnail is not None and thumbnail.likeness < UNLIKE


def size_vs_exif(seen: Seen) -> bool:
    """28 % of photos that name no editor: resizing for the web does it."""
    structure = found(seen.stated.structure)
    if structure is None or not (structure.width and structure.height and structure.stated_width and structure.stated_height):
        return False
    return {structure.width, structure.height} != {structure.stated_width, structure.stated_height}


def quant_tables_not_camera(seen: Seen) -> bool:
    """A camera is named, and the tables are the IJG's own: 41 % of web photos, because most programs save so."""
    structure, camera = found(seen.stated.structure), found(seen.stated.camera)
    return structure is not None and camera is not None and structure.standard_tables


def trailing_data(seen: Seen) -> bool:
    structure = found(seen.stated.structure)
    return structure is not None and structure.trailing > SURPRISING and structure.trailing_kind in APPENDED
