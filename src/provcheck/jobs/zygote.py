"""A warm parent that forks one child a photo: the decoders are loaded once, and no photo meets another's process.

It never parses a photo itself. It must have one thread only, because fork copies no other.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any, BinaryIO

from provcheck.config import Settings
from provcheck.domain.codec import decode
from provcheck.jobs.allocator import give_back, keep_little, keep_memory
from provcheck.jobs.frames import MAX_REPLY, SO_FAR, read_frame, write_frame
from provcheck.jobs.walls import Walls, build, may_open
from provcheck.jobs.warm import warm, warm_whole

Serve = Callable[[dict[str, Any], Settings, bytes], Iterator[bytes]]
CHUNK = 1 << 20
END = b"\n"  # of a frame between child and zygote; JSON text as Python writes it holds none


def run(requests: BinaryIO, replies: BinaryIO, serve: Serve) -> None:
    """Serve until `requests` closes."""
    keep_little()
    warm()
    if not may_open():
        warm_whole()
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    give_back()
    walls = build()
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        request = json.loads(header)
        settings = decode(Settings, request["settings"])
        for frame in _in_a_child(lambda: serve(request, settings, data), settings, walls, (requests, replies)):  # noqa: B023  called at once
            write_frame(replies, frame)


def _in_a_child(
    work: Callable[[], Iterator[bytes]], settings: Settings, walls: Walls, ours: tuple[BinaryIO, BinaryIO]
) -> list[bytes]:
    """What `work` gives in a child of its own, or what became of the child."""
    zygote = os.getpid()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_a_child(work, settings, walls, zygote, writing, (reading, *(pipe.fileno() for pipe in ours)))
    os.close(writing)
    reply, late = _reply(reading, ours[0].fileno(), settings.patience)
    os.close(reading)
    _kill(child)
    _, status, used = os.wait4(child, 0)
    too_long = used.ru_utime + used.ru_stime >= settings.seconds  # then a second signal killed it: it had ignored the first
    if os.WIFSIGNALED(status) and (too_long or os.WTERMSIG(status) == signal.SIGXCPU):
        return _frames(reply, status, late=settings.seconds)
    return _frames(reply, status, late=settings.patience if late else 0)


def _frames(written: bytes, status: int, *, late: int) -> list[bytes]:
    """The last frame on the way, if there is one, and one final frame, whatever a child wrote that may have been taken over.

    A second final frame would be taken for the answer to the next photo. `late`: after how many seconds it was stopped, or 0.
    """
    frames = written.split(END)[:-1]  # what follows the last end was not finished
    so_far = [frame for frame in frames if frame.startswith(SO_FAR)][-1:]
    if late:
        return [*so_far, json.dumps({"late": late}).encode()]
    if status or not frames or frames[-1].startswith(SO_FAR):
        return [*so_far, json.dumps({"crashed": os.waitstatus_to_exitcode(status)}).encode()]
    return [*so_far, frames[-1]]


def _be_a_child(
    work: Callable[[], Iterator[bytes]], settings: Settings, walls: Walls, zygote: int, writing: int, foreign: tuple[int, ...]
) -> None:
    """Shut the walls, work, write each frame of the answer, and end without running anything of the zygote's."""
    status = 1
    try:
        os.setsid()
        for descriptor in foreign:
            os.close(descriptor)
        keep_memory()
        walls.shut(settings, zygote)
        for frame in work():
            rest = memoryview(frame + END)
            while rest:
                rest = rest[os.write(writing, rest) :]
        status = 0
    finally:
        os._exit(status)


def _reply(reading: int, requests: int, seconds: float) -> tuple[bytes, bool]:
    """All that the child writes, and whether it had to be stopped. b"" where it died silent or wrote more than is taken."""
    deadline, size = monotonic() + seconds, 0
    parts: list[bytes] = []
    waiting = select.poll()
    waiting.register(reading, select.POLLIN)
    waiting.register(requests, select.POLLHUP)
    while (left := deadline - monotonic()) > 0:
        ready = dict(waiting.poll(left * 1000))
        if requests in ready:  # nobody waits for the answer
            os._exit(0)
        if reading not in ready:
            continue
        part = os.read(reading, CHUNK)
        if not part:
            return b"".join(parts), False
        parts.append(part)
        size += len(part)
        if size > MAX_REPLY:
            return b"", False
    return b"".join(parts), True


def _kill(child: int) -> None:
    """The child with all of its group, before its number is free for another."""
    for kill in (os.kill, os.killpg):
        try:
            kill(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # no such group: it died before it had one
            continue
