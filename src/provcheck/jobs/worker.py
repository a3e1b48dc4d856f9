"""The inside of a cell: a child process that decodes photos for its parent, one at a time, until its input closes.

Spoken over two pipes in frames of a 4-byte big-endian length and that many bytes: a request is a JSON header and the
photo's bytes, a reply is one JSON object. Nothing is pickled: the child may have been taken over by a photo.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, BinaryIO

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.pipeline import Look, MetadataSeen, PlatesSeen, Seen, look, see, see_metadata, see_plates

# name, function of (bytes, suffix, settings), type of its reply
Task = Callable[[bytes, str, Settings], object]
TASKS: dict[str, tuple[Task, Any]] = {
    "look": (look, Look),
    "see": (see, Seen),
    "plates": (see_plates, PlatesSeen),
    "metadata": (see_metadata, MetadataSeen),
}


def main() -> None:
    """Serve requests. Descriptors 1 and 2 are shut first: C libraries write file names and worse to them."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        write_frame(replies, json.dumps(_serve(json.loads(header), data)).encode())


def _serve(header: dict[str, Any], data: bytes) -> dict[str, Any]:
    settings = decode(Settings, header["settings"])
    _limit_memory(settings.memory_megabytes)
    task, _ = TASKS[header["task"]]
    try:
        return {"done": encode(task(data, header["suffix"], settings))}
    except MemoryError:
        return {"memory": True}
    except Exception as defect:  # noqa: BLE001  the one process boundary: a defect of ours becomes this photo's reason
        return {"fault": f"{type(defect).__name__} in {_where(defect)}"}


def _where(defect: BaseException) -> str:
    """Module and line of the innermost frame of ours, for a defect report; no path of this machine."""
    where, frame = "", defect.__traceback__
    while frame is not None:
        module = frame.tb_frame.f_globals.get("__name__", "")
        if module.startswith("provcheck."):
            where = f"{module}:{frame.tb_lineno}"
        frame = frame.tb_next
    return where


def _limit_memory(megabytes: int) -> None:
    """Cap the address space where the system can (not on Windows; macOS accepts and ignores it)."""
    try:
        import resource
    except ImportError:
        return
    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def read_frame(pipe: BinaryIO, most: int = 1 << 32) -> bytes | None:
    """One frame, or None at the end of the stream and where it claims more than `most` bytes."""
    length = pipe.read(4)
    if len(length) < 4:
        return None
    size = int.from_bytes(length, "big")
    body = pipe.read(size) if size <= most else b""
    return body if len(body) == size else None


def write_frame(pipe: BinaryIO, body: bytes) -> None:
    pipe.write(len(body).to_bytes(4, "big") + body)
    pipe.flush()


if __name__ == "__main__":
    main()
