"""What does a person add to the detector's boxes, and take back? Read strictly: a box that is lost exposes somebody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provcheck.domain.errors import ConfigError
from provcheck.domain.redaction import Drawn, Marked, Outline

MAX_BYTES = 5_000_000  # a thousand photos with a dozen boxes each take 300 kB
MAX_PHOTOS = 20_000
MAX_BOXES = 1000  # of one photo: a crowd has no more faces that can be told
MAX_CORNERS = 64
REACH = 100_000  # pixels: no picture that is decoded is wider, and OpenCV's drawing overflows far beyond
KEYS = {"file", "sha256", "add", "undo"}
FORM = "must be [x, y, width, height], or at least three corners [[x, y], [x, y], [x, y]], in whole pixels"


def read_boxes(path: Path) -> tuple[Drawn, ...]:
    """Raises ConfigError that names file, photo and key."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; split it")
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give the path of a boxes file") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    return _photos(path, table)


def _photos(path: Path, table: dict[str, Any]) -> tuple[Drawn, ...]:
    entries = table.get("photo")
    if set(table) != {"photo"} or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path}: must hold [[photo]] tables, and nothing else")
    if len(entries) > MAX_PHOTOS:
        raise ConfigError(f"{path}: {len(entries)} photos; the limit is {MAX_PHOTOS}")
    drawn = tuple(_photo(f"{path}, photo {number}", entry) for number, entry in enumerate(entries, 1))
    names = [one.file for one in drawn]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise ConfigError(f"{path}: {twice!r} stands twice; put all its boxes into one [[photo]]")
    return drawn


def _photo(where: str, entry: dict[str, Any]) -> Drawn:
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    file, sha256 = entry.get("file"), entry.get("sha256", "")
    if not isinstance(file, str) or not file:
        raise ConfigError(f"{where}: 'file' must be the photo's name, as the draft's boxes file gives it")
    if not isinstance(sha256, str) or not re.fullmatch("([0-9a-f]{64})?", sha256):
        raise ConfigError(f"{where}: 'sha256' must be 64 hex digits")
    return Drawn(file, sha256, _outlines(where, entry, "add"), _outlines(where, entry, "undo"))


def _outlines(where: str, entry: dict[str, Any], key: str) -> tuple[Outline, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or len(values) > MAX_BOXES:
        raise ConfigError(f"{where}: {key!r} must be a list of at most {MAX_BOXES} boxes")
    return tuple(_outline(f"{where}: box {number} of {key!r}", value) for number, value in enumerate(values, 1))


def _outline(where: str, value: Any) -> Outline:
    if not isinstance(value, list):
        raise ConfigError(f"{where} {FORM}")
    if all(isinstance(corner, list) for corner in value):
        return _corners(where, value)
    if len(value) != 4 or not all(_whole(number) for number in value) or value[2] < 1 or value[3] < 1:
        raise ConfigError(f"{where} {FORM}")
    return box_outline(*value)


def _corners(where: str, value: list[list[Any]]) -> Outline:
    whole = all(len(corner) == 2 and all(_whole(number) for number in corner) for corner in value)
    if not whole or not 3 <= len(value) <= MAX_CORNERS:
        raise ConfigError(f"{where} {FORM}")
    return tuple((corner[0], corner[1]) for corner in value)


def _whole(number: Any) -> bool:
    return type(number) is int and abs(number) <= REACH


def box_outline(x: int, y: int, width: int, height: int) -> Outline:
    """The corners of an upright box; both edges are inside."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def meant(drawn: Drawn, names: Collection[str]) -> str | None:
    """The one of these photos that a person's boxes are for: the one of that name.

    A photo is called by the path by which it was given, which may be another one now: where a digest says for which bytes the
    boxes are, the last part of the name is enough, if one photo alone has it.
    """
    if drawn.file in names:
        return drawn.file
    alike = [name for name in names if _last(name) == _last(drawn.file)]
    return alike[0] if drawn.sha256 and len(alike) == 1 else None


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One photo's boxes as a draft leaves them for a person: what the detector marks, and what is drawn so far."""

    drawn: Drawn
    marked: tuple[Marked, ...]


def boxes_text(proposals: Iterable[Proposal]) -> str:
    """A boxes file to work on; the detector's marks stand in it as comments, to be copied into `undo`."""
    lines = [
        "# Boxes to cover, for: provcheck redact PHOTO... --boxes THIS_FILE",
        "# add: faces and whatever else must go, as [x, y, width, height] or corners [[x, y], ...], pixels of the upright picture.",
        "# undo: a box around what the detector marks wrongly. A box that hits nothing is an error.",
    ]
    for one in proposals:
        lines += ["", "[[photo]]", f"file = {_quoted(one.drawn.file)}", f'sha256 = "{one.drawn.sha256}"']
        lines += [f"# marked by the detector: {_written(mark.outline)}, score {mark.score}{_note(mark)}" for mark in one.marked]
        lines += [
            f"{key} = [{', '.join(map(_written, boxes))}]" for key, boxes in (("add", one.drawn.add), ("undo", one.drawn.undo))
        ]
    return "\n".join(lines) + "\n"


def _note(mark: Marked) -> str:
    """Texts are of our own alphabet: letters and digits."""
    return (f", read {mark.text}" if mark.text else "") + (", undone" if mark.undone else "")


def _written(outline: Outline) -> str:
    return f"[{', '.join(f'[{x}, {y}]' for x, y in outline)}]"


def _quoted(text: str) -> str:
    """A basic TOML string: everything but plain ASCII as its code."""
    return '"' + "".join(char if " " <= char <= "~" and char not in '"\\' else f"\\U{ord(char):08X}" for char in text) + '"'
