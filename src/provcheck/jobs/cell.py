"""A cell: a limited child process in which photos are decoded, killed and replaced when one passes its limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import Timer
from types import TracebackType
from typing import Any, BinaryIO, cast

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say
from provcheck.jobs.allocator import environment
from provcheck.jobs.frames import MAX_REPLY, SO_FAR, read_frame, write_frame
from provcheck.jobs.worker import FORKING, TASKS
from provcheck.pipeline import stopped

FORKS = sys.platform.startswith("linux")  # elsewhere fork is missing (Windows) or unsafe under system libraries (macOS)
TRIES = 3  # a process that something outside killed says nothing about its photo
GRACE_SECONDS = 10  # the zygote stops a late photo by itself; this is for a zygote that hangs
PHOTOS_PER_PROCESS = 500  # where processes are reused: then a fresh one, so that what a photo leaked or broke does not reach far
MOST_FRAMES = 5  # of one reply; `look` has three
CLOCK = 2  # seconds by the clock for one of processor time, where processes are reused and only the clock is held against them
START_UP_SECONDS = 60  # importing the decoders on a slow, cold disk

# By whoever else may kill on POSIX, of the process that decodes or of the one that starts it
KILLED = (say("cell.crashed", status=-9), say("cell.crashed", status=-15))

OUT_OF_FORM = say("cell.reply")

# One thread a cell: the pool runs one cell a core, and the address-space limit counts every thread's stack
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Cell:
    """Runs one task at a time on one photo's bytes. Not for two threads at once."""

    def __init__(self, settings: Settings, *, forks: bool = FORKS) -> None:
        self._settings = settings
        self._forks = forks
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Cell:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def run(self, task: str, data: bytes, suffix: str = "") -> Found[Any] | Unreadable:
        """The task's value, or why there is none: timeout, memory, crash, a defect of ours, an answer out of form.

        A process that was killed, and not by us, is tried again: the system's memory killer and a person's `kill` say nothing
        about the photo. A photo that crashes its decoder is not: its own process says so.
        """
        for _ in range(TRIES):
            answer, so_far = self._once(task, data, suffix)
            if not (isinstance(answer, Unreadable) and answer.reason in KILLED):
                break
        if isinstance(answer, Unreadable) and so_far is not None and answer.reason != OUT_OF_FORM:
            return self._kept(task, so_far, answer.reason)
        return answer

    def _once(self, task: str, data: bytes, suffix: str) -> tuple[Found[Any] | Unreadable, bytes | None]:
        """The answer of one process, and the last that it had told before."""
        child = self._start()
        killed = False

        def kill() -> None:
            nonlocal killed
            killed = True
            child.kill()

        patience = self._settings.patience if self._forks else CLOCK * self._settings.seconds
        grace = (GRACE_SECONDS if self._forks else 0) + (0 if self._served else START_UP_SECONDS)
        timer = Timer(patience + grace, kill)
        timer.daemon = True
        timer.start()
        try:
            reply = _ask(child, {"task": task, "suffix": suffix, "settings": encode(self._settings)}, data)
        finally:
            timer.cancel()
        self._served += 1
        so_far, final = reply
        if final is None:
            status = self._stop()
            final = json.dumps({"late": patience} if killed else {"crashed": status}).encode()
        return self._accept(task, final), so_far

    def _kept(self, task: str, so_far: bytes, why: Text) -> Found[Any] | Unreadable:
        """What a process had told before it was stopped for `why`, as an answer that says so."""
        try:
            match json.loads(so_far):
                case {"so_far": value}:
                    return Found(stopped(decode(TASKS[task][1], value), why))
        except (ValueError, TypeError, RecursionError):
            self._stop()
        return Unreadable(OUT_OF_FORM)

    def _accept(self, task: str, reply: bytes) -> Found[Any] | Unreadable:
        """The reply, taken apart strictly: the child may be hostile by now."""
        try:
            match json.loads(reply):
                case {"done": value}:
                    return Found(decode(TASKS[task][1], value))
                case {"late": int(seconds)}:
                    return Unreadable(say("cell.timeout", seconds=seconds))
                case {"crashed": int(status)}:
                    return Unreadable(say("cell.crashed", status=status))
                case {"memory": True}:
                    return Unreadable(say("cell.memory", megabytes=self._settings.memory_megabytes))
                case {"fault": str(fault)}:
                    return Unreadable(say("cell.fault", error=fault[:200]))
        except (ValueError, TypeError, RecursionError):
            self._stop()
        return Unreadable(OUT_OF_FORM)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._served >= PHOTOS_PER_PROCESS and not self._forks:
            self._stop()
        if self._child is None:
            # -P keeps the working directory, which may be a folder of submitted files, out of the import path
            self._child = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-P", "-m", "provcheck.jobs.worker", *([FORKING] if self._forks else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment({**os.environ, **ONE_THREAD}),
                start_new_session=True,  # Ctrl-C reaches the parent alone, which then ends its cells; so does the line below
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # Windows
            )
        return self._child

    def _stop(self) -> int:
        """End the child and give its exit status; a new one starts with the next photo."""
        child, self._child, self._served = self._child, None, 0
        if child is None:
            return 0
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # an unsent request to a dead child
                    continue
        return child.wait()


def _ask(child: subprocess.Popen[bytes], header: dict[str, Any], data: bytes) -> tuple[bytes | None, bytes | None]:
    """The last frame on the way and the final one of the child's reply; None for what did not come.

    The child died, hung up or claimed too much.
    """
    requests, replies = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
    so_far = None
    try:
        write_frame(requests, json.dumps(header).encode())
        write_frame(requests, data)
    except OSError:  # the child is gone
        return None, None
    for _ in range(MOST_FRAMES):
        frame = read_frame(replies, MAX_REPLY)
        if frame is None or not frame.startswith(SO_FAR):
            return so_far, frame
        so_far = frame
    return None, None
