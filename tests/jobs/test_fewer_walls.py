"""A kernel or a container that lacks some of the walls: what stands is said and no more, and photos are read the same."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from provcheck.jobs.cell import FORKS
from provcheck.jobs.walls import landlock, seccomp
from tests.hostile.seeds import PHOTOS
from tests.pictures import saved, scene

pytestmark = [
    pytest.mark.skipif(not FORKS, reason="the walls stand on Linux"),
    pytest.mark.skipif(not (landlock.available() and seccomp.available()), reason="this kernel has no Landlock or no seccomp"),
]
RULES, RULE, ENTER = "444", "445", "446"  # landlock_create_ruleset, _add_rule, _restrict_self
SECCOMP = {"x86_64": "157/22,317", "aarch64": "167/22,277"}.get(platform.machine(), "")  # prctl with PR_SET_SECCOMP, seccomp

# Runs a command under a filter that refuses calls with an error, as containers and older kernels do
JAIL = """
import ctypes, os, struct, sys
refusal, calls, command = int(sys.argv[1]), sys.argv[2].split(","), sys.argv[3:]
code = [(0x20, 0, 0, 0)]
for call in calls:
    number, _, argument = call.partition("/")
    block = [(0x20, 0, 0, 16), (0x15, 0, 1, int(argument))] if argument else []
    block += [(0x06, 0, 0, 0x50000 | refusal), (0x20, 0, 0, 0)]
    code += [(0x15, 0, len(block), int(number)), *block]
code.append((0x06, 0, 0, 0x7FFF0000))
packed = b"".join(struct.pack("HBBI", *step) for step in code)
held = ctypes.create_string_buffer(packed, len(packed))
header = ctypes.create_string_buffer(struct.pack("HP", len(code), ctypes.addressof(held)))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, header, 0, 0) == 0
os.execv(command[0], command)
"""
EPERM, ENOSYS = "1", "38"


def told(refusal: str, calls: str, *command: str) -> str:
    jail = [sys.executable, "-c", JAIL, refusal, calls] if calls else []
    done = subprocess.run([*jail, sys.executable, "-m", "provcheck", *command], capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def doctor(refusal: str, calls: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(told(refusal, calls, "doctor", "--json"))
    assert facts["works"]
    assert not facts["escapes"]["untried"]
    return facts


@pytest.mark.parametrize(
    ("refusal", "calls"), [(ENOSYS, f"{RULES},{RULE},{ENTER}"), (EPERM, ENTER), (EPERM, RULE)], ids=["none", "no enter", "no rule"]
)
def test_without_landlock_no_file_is_opened_at_all(refusal: str, calls: str) -> None:
    facts = doctor(refusal, calls)
    assert "Landlock" not in facts["containment"]
    assert "no file opened, no network" in facts["containment"]
    assert facts["escapes"]["done"] == []


def test_without_seccomp_only_files_are_said_to_be_held() -> None:
    facts = doctor(EPERM, SECCOMP)
    assert "no file opened but provcheck's own code (Landlock" in facts["containment"]
    assert "no network" not in facts["containment"]
    assert {"read a file", "write a file", "change a file", "remove a file"} <= set(facts["escapes"]["denied"])
    assert {"fork", "ask for a name"} <= set(facts["escapes"]["done"])


def test_with_neither_only_limits_are_said_to_stand() -> None:
    facts = doctor(ENOSYS, f"{RULES},{SECCOMP}")
    assert facts["containment"].endswith("memory limit, no byte written to a file, processor time")
    assert {"read a file", "change a file", "connect", "fork"} <= set(facts["escapes"]["done"])


def test_photos_are_read_the_same_without_landlock(tmp_path: Path) -> None:
    """What a photo's own content asks for (its zone, a messenger's builds, certificates) is loaded before the walls are shut."""
    for number, data in enumerate(PHOTOS):
        (tmp_path / f"{number}.bin").write_bytes(data)
    for number, east in enumerate((5, 52, 120)):
        (tmp_path / f"zone-{number}.jpg").write_bytes(saved(scene(seed=number), exif=taken_at(east)))
    (tmp_path / "sent.jpg").write_bytes(saved(scene(1280, 720)))
    asked = ("check", str(tmp_path), "--jsonl", "--as-of", "2023-08-02")
    assert told(ENOSYS, f"{RULES},{RULE},{ENTER}", *asked) == told("", "", *asked)


def taken_at(east: int) -> bytes:
    """A time by the clock and a position, whose zone gives the time its offset."""
    block = Image.Exif()
    block.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2023:07:29 10:00:00"
    block.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (48.0, 0.0, 0.0), 3: "E", 4: (float(east), 0.0, 0.0)})
    return block.tobytes()


def test_a_version_of_landlock_is_asked_for_what_it_knows() -> None:
    """Linux' landlock.h: 13 rights of files; then REFER, TRUNCATE, TCP, IOCTL_DEV, scopes, each in a version of its own."""
    assert [landlock.denied(known) for known in range(1, 8)] == [
        ((0x1FFF, 0, 0), 8),
        ((0x3FFF, 0, 0), 8),
        ((0x7FFF, 0, 0), 8),
        ((0x7FFF, 3, 0), 16),
        ((0xFFFF, 3, 0), 16),
        ((0xFFFF, 3, 3), 24),
        ((0xFFFF, 3, 3), 24),
    ]
