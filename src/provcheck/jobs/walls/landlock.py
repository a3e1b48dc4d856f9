"""Landlock: no file and no folder but those named, no TCP, no signal to outside. Linux: userspace-api/landlock.rst."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from provcheck.jobs.walls.kernel import holds, on_linux, syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
ASK_VERSION = 1
PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
# Rights that each version of the interface knows: 13 at first, then REFER, TRUNCATE, IOCTL_DEV
FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP = 0b11  # bind and connect, since version 4
SCOPES = 0b11  # abstract Unix sockets and signals, since version 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("access", ctypes.c_uint64), ("folder", ctypes.c_int32))


@cache
def version() -> int:
    """The version of the kernel's interface; 0 where there is none."""
    if not on_linux():
        return 0
    try:
        return syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    except OSError:
        return 0


@cache
def available() -> bool:
    """Whether rules can be made, and entered."""
    return version() > 0 and holds(_shut_off)


def _shut_off() -> None:
    descriptor = ruleset((Path(os.sep),))
    try:
        enter(descriptor)
    finally:
        os.close(descriptor)


def denied(known: int) -> tuple[tuple[int, int, int], int]:
    """All that version `known` can deny, of files, TCP and scopes, and the bytes of the structure that it takes."""
    rights = ((1 << FS_BITS.get(known, 16)) - 1, TCP if known >= 4 else 0, SCOPES if known >= 6 else 0)
    return rights, 8 if known < 4 else 16 if known < 6 else 24


def ruleset(readable: Iterable[Path]) -> int:
    """A descriptor of rules that deny everything the kernel can deny but reading beneath `readable`."""
    rights, size = denied(version())
    descriptor = syscall(CREATE_RULESET, ctypes.byref(_Ruleset(*rights)), size, 0)
    try:
        for path in readable:
            _allow(descriptor, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _allow(descriptor: int, path: Path) -> None:
    """Reading beneath `path`; nothing where this system has no such folder."""
    try:
        folder = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        syscall(ADD_RULE, descriptor, PATH_BENEATH, ctypes.byref(_PathBeneath(READ_FILE | READ_DIR, folder)), 0)
    finally:
        os.close(folder)


def enter(descriptor: int) -> None:
    """For this thread and all that it starts, for good. no_new_privs must be set."""
    syscall(RESTRICT_SELF, descriptor, 0)
