"""Arrays in one file that is mapped into memory: written beside, flushed and renamed, so that a reader sees all or nothing."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

MAGIC: Final = b"PVKINDEX"
FRAME: Final = len(MAGIC) + 8  # magic, and the length of the header
ALIGNED: Final = 64
LONGEST_HEADER: Final = 1 << 20
TYPES: Final = ("<i8", "<u8", "<u4", "<f4")  # all that an index file holds

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Mapped:
    """`facts` are text and whole numbers; `arrays` by name, read from the disk where they are touched."""

    facts: dict[str, str | int]
    arrays: dict[str, Array]


def write(path: Path, facts: dict[str, str | int], arrays: dict[str, Array]) -> None:
    """Makes the file, or replaces it, at once."""
    table, offset = [], 0
    for name, array in arrays.items():
        table.append({"name": name, "type": array.dtype.str, "shape": array.shape, "at": offset})
        offset += -(-array.nbytes // ALIGNED) * ALIGNED
    header = json.dumps({"facts": facts, "arrays": table}).encode()
    header += b" " * (-(FRAME + len(header)) % ALIGNED)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("wb") as file:
            file.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for array in arrays.values():
                file.write(np.ascontiguousarray(array).data)
                file.write(bytes(-array.nbytes % ALIGNED))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, *, writable: bool = False) -> Mapped:
    """Raises OSError, or ValueError where it is not such a file or breaks off. What the arrays hold is not checked."""
    with path.open("rb") as file:
        frame = file.read(FRAME)
        length = int.from_bytes(frame[len(MAGIC) :], "little")
        if frame[: len(MAGIC)] != MAGIC or length > LONGEST_HEADER:
            raise ValueError("not an index file")
        header = json.loads(file.read(length))
    try:
        arrays = {one["name"]: _array(path, one, FRAME + length, writable) for one in header["arrays"]}
        return Mapped(dict(header["facts"]), arrays)
    except (KeyError, TypeError) as fault:
        raise ValueError("an index file without its parts") from fault


def _array(path: Path, one: dict[str, Any], start: int, writable: bool) -> Array:
    shape = tuple(int(side) for side in one["shape"])
    if one["type"] not in TYPES or min(shape, default=0) < 0 or one["at"] < 0:
        raise ValueError("an array of another kind")
    if 0 in shape:
        return np.zeros(shape, dtype=one["type"])
    return np.memmap(path, dtype=one["type"], mode="r+" if writable else "r", offset=start + one["at"], shape=shape)
