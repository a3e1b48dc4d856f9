"""rlimits: memory, processor time, files and processes, where the system has them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from provcheck.config import Settings

ASSUMED = 2_000_000_000  # bytes of address space before the first photo, where the system does not tell
DESCRIPTORS = 64  # a decoder opens none but modules and zone tables, one at a time


def names() -> tuple[str, ...]:
    """What holds here, in words."""
    if sys.platform == "win32":
        return ()
    if sys.platform == "darwin":
        return ("no file written, processor time",)  # it accepts a limit of address space and does not hold it
    return ("memory limit", "no byte written to a file", "processor time")


def apply(settings: Settings) -> None:
    """For this process, for good: soft and hard limits alike. Processor time has a second more, in which the process is told."""
    if sys.platform == "win32":
        return
    import resource

    most = {
        resource.RLIMIT_AS: in_use() + settings.max_memory,
        resource.RLIMIT_CPU: settings.seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if hasattr(resource, "RLIMIT_MSGQUEUE"):  # Linux
        most[resource.RLIMIT_MSGQUEUE] = 0
    for limit, wanted in most.items():
        _, hard = resource.getrlimit(limit)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(limit, (value, value + 1 if limit == resource.RLIMIT_CPU and value == wanted else value))


def limit_memory(settings: Settings) -> None:
    """The soft limit of address space alone, for a process that lives on (macOS accepts and ignores it)."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = in_use() + settings.max_memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def in_use() -> int:
    """Bytes of address space that this process holds now: libraries, models and tables."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[0]
    except OSError:
        return ASSUMED
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
