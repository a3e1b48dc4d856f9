"""How a photo's process gets its memory: glibc is told to keep what it has, and to ask for much at a time, in huge pages.

A new process pays for each page that it touches, and by default pays again whenever a decoder or network frees a buffer and
takes the next one: 83,000 faults for a photo of 3 megapixels, a third of its processor time. So it is 5,400, and 243 MB at the
peak instead of 238. What its warm parent has freed and kept it would pay for as well, and dearer: such pages are copied. Other C
libraries, and kernels that give no huge pages, are left as they are.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, Final

TUNABLE: Final = "GLIBC_TUNABLES"
HUGE_PAGES: Final = "glibc.malloc.hugetlb=1"  # since glibc 2.35; can be set for a program only before it starts
TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3  # mallopt(3)
OPTIONS: Final = (
    (MMAP_THRESHOLD, 32 << 20),  # the most that mallopt takes: larger buffers are few, and are mapped one by one
    (TRIM_THRESHOLD, 1 << 30),  # over any photo's limit: nothing is given back, because the process ends with its photo
    (TOP_PAD, 16 << 20),  # asked for at a time; untouched it costs nothing
)
LEAST_MAPPED: Final = 64 << 10  # bytes; in the warm parent buffers from this size on are mapped one by one: freed, they are gone


def environment(own: dict[str, str]) -> dict[str, str]:
    """`own` with what a program must be told before it starts. Tunables of the user's come last, and so prevail."""
    said = own.get(TUNABLE)
    return {**own, TUNABLE: f"{HUGE_PAGES}:{said}" if said else HUGE_PAGES}


def keep_memory() -> None:
    """For a process that lives for one photo; its warm parent must not, or its children would copy what it keeps."""
    if (mallopt := _libc("mallopt")) is not None:
        for option, value in OPTIONS:
            mallopt(option, value)


def keep_little() -> None:
    """For the warm parent, before it loads anything: what it frees leaves no holes that its children would fill page by page."""
    if (mallopt := _libc("mallopt")) is not None:
        mallopt(MMAP_THRESHOLD, LEAST_MAPPED)


def give_back() -> None:
    """For the warm parent, once it is warm: free pages go back to the kernel, so that no child copies them."""
    if (trim := _libc("malloc_trim")) is not None:
        trim(0)


@cache
def _libc(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None)
