"""The curated fields of one file as a JSON row: `inspect metadata`'s "fields"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

from provcheck.domain.credentials import Credentials, Standing, Verdict
from provcheck.domain.metadata import Field
from provcheck.domain.reading import Found, Reading, Unreadable

Cell = Union[str, int, float, bool, list[str], dict[str, str]]

LISTS = frozenset(
    {
        "iptc.keywords",
        "xmp.creator",
        "xmp.subject",
        "xmp.history",
        "mn.serial",
        "mn.lens_model",
        "mn.lens_serial",
        "mn.shutter_count",
    }
)
NUMBERS = frozenset(
    {"file.width", "file.height", "jpeg.process", "mpf.count", "thumb.bytes"}
    | {f"exif.{name}" for name in ("exposure_time", "fnumber", "focal_length", "iso", "orientation", "pixel_x", "pixel_y")}
    | {f"gps.{name}" for name in ("lat", "lon", "alt", "img_direction", "dest_bearing", "speed", "h_positioning_error")}
)
FIRST = frozenset({"file.comment"})  # of several the first
TRUTHS = frozenset({"c2pa.present"})
TABLES = frozenset({"png.text"})


def credentials_row(reading: Reading[Credentials]) -> dict[str, Cell | None]:
    """The verdict, the outcome that people are told, and what the manifest claims, in few words."""
    match reading:
        case Found(told):
            return {
                "verdict": told.verdict.value,
                "outcome": told.standing.value,
                "generator": told.generator,
                "signer": told.signer,
                "signed_at": told.signed_at,
                "source_types": list(told.source_types),
                "actions": [action.name for action in told.actions],
                "failures": list(told.failures),
                "ingredient_failures": list(told.ingredient_failures),
            }
        case Unreadable():
            return {"verdict": Verdict.UNREADABLE.value, "outcome": Standing.UNCHECKED.value}
    return {"verdict": Verdict.ABSENT.value, "outcome": Standing.NONE.value}


def row_of(fields: Iterable[Field]) -> dict[str, Cell]:
    """The keyed fields by key: numbers as numbers, keys that may repeat as lists, PNG text as a table of its keywords.

    Values are the strict reading, which other readers can be held against; `guesses` gives what we take them for.
    """
    row: dict[str, Cell] = {}
    for field in fields:
        if field.key in LISTS:
            held = row.setdefault(field.key, [])
            if isinstance(held, list):
                held.append(field.strict or field.value)
        elif field.key in TABLES:
            table = row.setdefault(field.key, {})
            if isinstance(table, dict):
                table[field.name] = field.strict or field.value  # of two with one keyword the last, as ExifTool takes it
        elif field.key and not (field.key in FIRST and field.key in row):
            row[field.key] = _with(row.get(field.key), cell(field.key, field.strict or field.value))
    return row


def guesses(fields: Iterable[Field]) -> dict[str, str]:
    """Text whose character set nobody states, as we take it; only where the strict reading differs."""
    return {f"{field.key} {field.name}" if field.key in TABLES else field.key: field.value for field in fields if field.strict}


def _with(held: Cell | None, value: Cell) -> Cell:
    """A second value of a key makes a list of it."""
    if held is None:
        return value
    return [*held, str(value)] if isinstance(held, list) else [str(held), str(value)]


def cell(key: str, value: str) -> Cell:
    if key in TRUTHS:
        return True
    if key not in NUMBERS:
        return value
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value
