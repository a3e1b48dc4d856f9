"""rlimits: memory, processor time, files and processes, where the system has them."""

from __future__ import annotations

import sys

from provcheck.config import Settings

DESCRIPTORS = 64  # a decoder opens none but modules and zone tables, one at a time
CPU_SLACK = 5  # seconds of processor time over the wall-clock limit, for what a second thread takes: a backstop


def names() -> tuple[str, ...]:
    """What holds here, in words."""
    if sys.platform == "win32":
        return ()
    if sys.platform == "darwin":
        return ("no file written, processor time",)  # it accepts a limit of address space and does not hold it
    return ("memory limit", "no file written", "processor time")


def apply(settings: Settings) -> None:
    """For this process, for good: soft and hard limits alike."""
    if sys.platform == "win32":
        return
    import resource

    most = {
        resource.RLIMIT_AS: settings.memory_megabytes * 1_000_000,
        resource.RLIMIT_CPU: 2 * settings.seconds + CPU_SLACK,
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
        resource.setrlimit(limit, (value, value))


def limit_memory(settings: Settings) -> None:
    """The soft limit of address space alone, for a process that lives on (macOS accepts and ignores it)."""
    if sys.platform == "win32":
        return
    import resource

    limit = settings.memory_megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
