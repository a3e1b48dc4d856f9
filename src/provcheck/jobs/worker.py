"""The inside of a cell: a child process that decodes photos for its parent, one at a time, until its input closes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from typing import Any

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.redaction import Covered, Leaks
from provcheck.jobs import zygote
from provcheck.jobs.alone import MetadataSeen, PlatesSeen, Query, Seen, query, query_in_set, see, see_metadata, see_plates
from provcheck.jobs.cover import cover, try_pixels
from provcheck.jobs.escape import Attempts, attempt
from provcheck.jobs.frames import read_frame, write_frame
from provcheck.jobs.pair import Over, Pair, lay_over, see_pair
from provcheck.jobs.walls.limits import limit_memory
from provcheck.pipeline import Look, looks, looks_in_set

# Name, function of (bytes, suffix, settings), type of its reply. A generator's values on the way are kept in case it is stopped
Task = Callable[[bytes, str, Settings], object]
TASKS: dict[str, tuple[Task, Any]] = {
    "look": (looks, Look),
    "look_in_set": (looks_in_set, Look),
    "see": (see, Seen),
    "query": (query, Query),
    "query_in_set": (query_in_set, Query),
    "plates": (see_plates, PlatesSeen),
    "metadata": (see_metadata, MetadataSeen),
    "pair": (see_pair, Pair),
    "lay": (lay_over, Over),
    "cover": (cover, Found[Covered] | Unreadable),
    "try": (try_pixels, Found[Leaks] | Unreadable),
    "escape": (attempt, Attempts),
}
FORKING = "fork"  # the argument that makes this process a zygote


def main() -> None:
    """Serve requests. Descriptors 1 and 2 are shut first: C libraries write file names and worse to them."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if FORKING in sys.argv[1:]:
        zygote.run(requests, replies, _serve)
        return
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        request = json.loads(header)
        settings = decode(Settings, request["settings"])
        limit_memory(settings)
        for reply in _serve(request, settings, data):
            write_frame(replies, reply)


def _serve(request: dict[str, Any], settings: Settings, data: bytes) -> Iterator[bytes]:
    """Frames: {"so_far": value} for each stage, then one of {"done": value}, {"memory": true}, {"fault": where}."""
    task, _ = TASKS[request["task"]]
    try:
        value = task(data, request["suffix"], settings)
        if isinstance(value, Generator):
            value = yield from _stages(value)
        yield _frame("done", value)
    except MemoryError:
        yield b'{"memory": true}'
    except Exception as defect:  # noqa: BLE001  the one process boundary: a defect of ours becomes this photo's reason
        memory = type(defect).__module__ == "cv2" and "Insufficient memory" in str(defect)  # OpenCV has no type for it
        yield b'{"memory": true}' if memory else json.dumps({"fault": f"{type(defect).__name__} in {_where(defect)}"}).encode()


def _stages(stages: Generator[object, None, object]) -> Generator[bytes, None, object]:
    """A frame for each stage; returns the generator's own result."""
    while True:
        try:
            value = next(stages)
        except StopIteration as end:
            return end.value
        yield _frame("so_far", value)


def _frame(name: str, value: object) -> bytes:
    return json.dumps({name: encode(value)}).encode()


def _where(defect: BaseException) -> str:
    """Module and line of the innermost frame of ours, for a defect report; no path of this machine."""
    where, frame = "", defect.__traceback__
    while frame is not None:
        module = frame.tb_frame.f_globals.get("__name__", "")
        if module.startswith("provcheck."):
            where = f"{module}:{frame.tb_lineno}"
        frame = frame.tb_next
    return where


if __name__ == "__main__":
    main()
