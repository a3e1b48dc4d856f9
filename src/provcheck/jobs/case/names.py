"""Names in a case: what strangers called their files, made fit for any file system, and never one twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80  # characters; a path of two such names stays under Windows' 260 in most places
# What Windows keeps for devices, whatever the ending
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean(untrusted_name: str, otherwise: str) -> str:
    """Letters, digits, dot, hyphen and underscore; the rest becomes a hyphen. The ending stays."""
    name = unicodedata.normalize("NFC", untrusted_name.replace("\\", "/").rpartition("/")[2])
    name = re.sub(r"[^\w.-]+", "-", name).strip("-. ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST:
        name = f"{stem[: LONGEST - 12]}{dot}{ending[:10]}" if dot else name[:LONGEST]
    if not name:
        return otherwise
    return f"_{name}" if RESERVED.match(name) else name


def unused(name: str, taken: Collection[str]) -> str:
    """`name`, or `name` with a number before its ending; file systems that take a for A count as well."""
    folded = {one.casefold() for one in taken}
    folder, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    number, found = 2, name
    while found.casefold() in folded:
        found = f"{folder}{slash}{stem}-{number}{dot}{ending}" if dot else f"{folder}{slash}{last}-{number}"
        number += 1
    return found
