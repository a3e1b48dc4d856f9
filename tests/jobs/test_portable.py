"""The portable part, walked on Linux: what POSIX or Linux alone has is hidden, as a desk on Windows or macOS would meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pictures import saved, scene

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),  # some forty programs, each of which loads every decoder
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hides what Linux has"),
]

# Loaded by every Python process before anything of ours, the cells among them. Python's own modules come first, for the system that
# this is; then its name is changed. Locks are taken through a stand-in for Windows' module that does what that one documents.
HIDDEN = """
import asyncio, concurrent.futures.thread, ctypes, logging, multiprocessing, os, shutil, signal, socket, sqlite3, ssl
import subprocess, sys, tempfile, types, uuid, zoneinfo
import click, cv2, exifread, imagehash, numpy, PIL.Image, pi_heif, timezonefinder
real = __import__("fcntl")
kill = signal.SIGKILL
sys.platform = os.environ["PRETEND"]
gone = {"os": ["sched_getaffinity", "O_PATH", "memfd_create"], "modules": [], "signal": []}
if sys.platform == "win32":
    gone["os"] += ["fork", "forkpty", "getuid", "getgid", "setuid", "setsid", "killpg", "wait4", "chroot"]
    gone["os"] += ["sysconf", "fchmod", "mkfifo"]
    gone["os"] += ["O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC", "register_at_fork"]
    gone["modules"] += ["resource", "fcntl", "pwd", "grp", "termios"]
    gone["signal"] += ["SIGKILL", "SIGXCPU", "SIGCONT", "SIGHUP", "SIGALRM", "setitimer"]
    subprocess.Popen.kill = lambda self: os.kill(self.pid, kill) if self.poll() is None else None
    msvcrt = sys.modules["msvcrt"] = types.ModuleType("msvcrt")
    msvcrt.LK_LOCK, msvcrt.LK_NBLCK = 1, 2
    msvcrt.locking = lambda descriptor, mode, count: real.flock(descriptor, real.LOCK_EX | real.LOCK_NB)
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in gone["modules"]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
for name in gone["modules"]:
    sys.modules.pop(name, None)
for module in (os, signal):
    for name in gone[module.__name__]:
        if hasattr(module, name):
            delattr(module, name)
"""


@pytest.fixture(params=["win32", "darwin"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(HIDDEN, "utf-8")
    photos = tmp_path / "photos"
    photos.mkdir()
    for seed in range(3):
        (photos / f"{seed}.jpg").write_bytes(saved(scene(seed=seed)))
    (photos / "link.jpg").symlink_to("0.jpg")
    (photos / "broken.jpg").write_bytes(saved(scene())[:600])
    return Desk(tmp_path, str(request.param))


class Desk:
    """Runs commands in a folder as on another system."""

    def __init__(self, folder: Path, platform: str) -> None:
        self.folder = folder
        self._own = {"PRETEND": platform, "PYTHONPATH": str(folder / "hidden")}

    def run(self, *arguments: str, owed: int = 0) -> str:
        command = [sys.executable, "-m", "provcheck", *arguments]
        ran = subprocess.run(
            command,
            env={**os.environ, **self._own},
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert (ran.returncode, "Traceback" in ran.stderr) == (owed, False), ran.stderr
        return ran.stdout


def test_photos_are_checked_and_each_outcome_has_its_reason(desk: Desk) -> None:
    *rows, last = map(json.loads, desk.run("check", "photos", "--jsonl", owed=3).splitlines())
    outcomes = {row["file"]: row["outcome"] for row in rows}
    assert outcomes == {
        "0.jpg": "examined",
        "1.jpg": "examined",
        "2.jpg": "examined",
        "broken.jpg": "refused",
        "link.jpg": "refused",
    }
    assert all(row["reason"] for row in rows if row["outcome"] == "refused")
    assert last["summary"]["files"] == 5


def test_doctor_says_that_no_wall_stands(desk: Desk) -> None:
    told = json.loads(desk.run("doctor", "--json"))
    assert "child process" in told["containment"]
    assert not any(wall in told["containment"] for wall in ("Landlock", "seccomp", "a process for each photo"))
    assert "read a file" in told["escapes"]["done"]


def test_an_archive_and_a_batch_are_made_stopped_and_gone_on_with(desk: Desk) -> None:
    desk.run("archive", "create", "old.pvx")
    desk.run("archive", "add", "old.pvx", "photos/0.jpg")
    desk.run("batch", "run", "photos", "--out", "out", "--archive", "old.pvx", "--workers", "2", "-q", owed=3)
    first = (desk.folder / "out" / "results.jsonl").read_bytes()
    (desk.folder / "out" / "reports" / "0000" / "0000001.json").unlink()
    desk.run("batch", "resume", "out", "-q", owed=3)
    desk.run("batch", "run", "photos", "--out", "out", "--archive", "old.pvx", "-q", owed=3)
    desk.run("batch", "export", "out")
    assert (desk.folder / "out" / "results.jsonl").read_bytes() == first
    assert "done: 5" in desk.run("batch", "status", "out")
    assert (desk.folder / "out" / "summary.html").exists()


def test_a_case_is_kept_examined_and_verified(desk: Desk) -> None:
    desk.run("case", "new", "story", "--title", "A story")
    desk.run("case", "add", "story", "photos/0.jpg", "photos/1.jpg", "--from", "a sender", "--at", "2023-07-29T14:10:00+05:00")
    desk.run("case", "report", "story")
    desk.run("verify", "story")
