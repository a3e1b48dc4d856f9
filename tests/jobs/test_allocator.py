"""The memory of a photo's process comes in few, large pieces; nobody's own settings are lost for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from provcheck.jobs.allocator import HUGE_PAGES, TUNABLE, environment

FAULTS = """
import resource
from provcheck.jobs.allocator import keep_memory
{first}
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    bytes(4_000_000).decode("ascii")
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""

KEPT = """
import os
from provcheck.jobs.allocator import give_back, keep_little
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
{first}
before, kept = resident(), []
for _ in range(300):
    buffer = bytearray(100_000)
    kept.append(bytearray(2_000))
    del buffer
    kept.append(bytearray(100_000))
del kept[1::2]
{then}
print(resident() - before)
"""


def faults(first: str) -> int:
    return int(subprocess.run([sys.executable, "-c", FAULTS.format(first=first)], capture_output=True, check=True).stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc")
def test_a_buffer_that_was_freed_is_used_again() -> None:
    assert faults("keep_memory()") < 4_000 < faults("")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc")
def test_what_a_warm_parent_frees_is_gone_from_it() -> None:
    kept = [
        int(subprocess.run([sys.executable, "-c", KEPT.format(first=first, then=then)], capture_output=True, check=True).stdout)
        for first, then in (("keep_little()", "give_back()"), ("", ""))
    ]
    assert kept[0] < 3_000_000 < 20_000_000 < kept[1]


def test_the_users_own_tunables_prevail() -> None:
    theirs = environment({TUNABLE: "glibc.malloc.hugetlb=0", "A": "b"})
    assert theirs == {TUNABLE: f"{HUGE_PAGES}:glibc.malloc.hugetlb=0", "A": "b"}
    assert environment({})[TUNABLE] == HUGE_PAGES
