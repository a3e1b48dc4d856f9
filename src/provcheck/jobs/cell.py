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
from provcheck.domain.text import say
from provcheck.jobs.frames import MAX_REPLY, read_frame, write_frame
from provcheck.jobs.worker import FORKING, TASKS

FORKS = sys.platform.startswith("linux")  # elsewhere fork is missing (Windows) or unsafe under system libraries (macOS)
TRIES = 3  # a process that something outside killed says nothing about its photo
GRACE_SECONDS = 10  # the zygote stops a late photo by itself; this is for a zygote that hangs
PHOTOS_PER_PROCESS = 500  # where processes are reused: then a fresh one, so that what a photo leaked or broke does not reach far
START_UP_SECONDS = 60  # importing the decoders on a slow, cold disk

# By whoever else may kill on POSIX, of the process that decodes or of the one that starts it
KILLED = (say("cell.crashed", status=-9), say("cell.crashed", status=-15))

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
        answer = self._once(task, data, suffix)
        for _ in range(TRIES - 1):
            if not (isinstance(answer, Unreadable) and answer.reason in KILLED):
                break
            answer = self._once(task, data, suffix)
        return answer

    def _once(self, task: str, data: bytes, suffix: str) -> Found[Any] | Unreadable:
        child = self._start()
        killed = False

        def kill() -> None:
            nonlocal killed
            killed = True
            child.kill()

        patience = self._settings.seconds + (GRACE_SECONDS if self._forks else 0) + (0 if self._served else START_UP_SECONDS)
        timer = Timer(patience, kill)
        timer.daemon = True
        timer.start()
        try:
            reply = _ask(child, {"task": task, "suffix": suffix, "settings": encode(self._settings)}, data)
        finally:
            timer.cancel()
        self._served += 1
        if reply is None:
            status = self._stop()
            if killed:
                return Unreadable(say("cell.timeout", seconds=self._settings.seconds))
            return Unreadable(say("cell.crashed", status=status))
        return self._accept(task, reply)

    def _accept(self, task: str, reply: bytes) -> Found[Any] | Unreadable:
        """The reply, taken apart strictly: the child may be hostile by now."""
        try:
            message = json.loads(reply)
            match message:
                case {"done": value}:
                    return Found(decode(TASKS[task][1], value))
                case {"late": True}:
                    return Unreadable(say("cell.timeout", seconds=self._settings.seconds))
                case {"crashed": int(status)}:
                    return Unreadable(say("cell.crashed", status=status))
                case {"memory": True}:
                    return Unreadable(say("cell.memory", megabytes=self._settings.memory_megabytes))
                case {"fault": str(fault)}:
                    return Unreadable(say("cell.fault", error=fault[:200]))
        except (ValueError, TypeError, RecursionError):
            self._stop()
        return Unreadable(say("cell.reply"))

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
                env={**os.environ, **ONE_THREAD},
                start_new_session=True,  # Ctrl-C reaches the parent alone, which then ends its cells
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


def _ask(child: subprocess.Popen[bytes], header: dict[str, Any], data: bytes) -> bytes | None:
    """The child's reply to one request, or None when it died, hung up or claimed too much."""
    requests, replies = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
    try:
        write_frame(requests, json.dumps(header).encode())
        write_frame(requests, data)
    except OSError:  # the child is gone
        return None
    return read_frame(replies, MAX_REPLY)
