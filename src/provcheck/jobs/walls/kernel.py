"""The few calls into the Linux kernel that Python has no words for."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Thread
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *arguments: Any) -> None:
    """prctl(2); raises OSError."""
    filled = [ctypes.c_ulong(item) if isinstance(item, int) else item for item in (*arguments, *(0,) * (4 - len(arguments)))]
    _checked(_libc().prctl(ctypes.c_int(option), *filled))


def syscall(number: int, *arguments: Any) -> int:
    """syscall(2) with its result; raises OSError. Integers are passed as longs."""
    return _checked(_libc().syscall(*(ctypes.c_long(item) if isinstance(item, int) else item for item in (number, *arguments))))


def holds(wall: Callable[[], None]) -> bool:
    """Whether the kernel lets a wall be shut, tried on a thread that then ends: it binds that thread alone.

    Containers forbid some of the calls that a wall takes and allow others.
    """
    shut: list[bool] = []

    def shut_in() -> None:
        with suppress(OSError):
            prctl(PR_SET_NO_NEW_PRIVS, 1)
            wall()
            shut.append(True)

    thread = Thread(target=shut_in)
    thread.start()
    thread.join()
    return bool(shut)


def on_linux() -> bool:
    return sys.platform.startswith("linux")


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
