"""Nothing that a photo's process tries gets out: as root and as an ordinary user, with each wall alone where it can stand alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from provcheck.config import Settings
from provcheck.jobs.cell import FORKS, Cell
from provcheck.jobs.escape import ACTS
from provcheck.jobs.selftest import try_escapes
from provcheck.jobs.walls import landlock, seccomp

pytestmark = pytest.mark.skipif(not FORKS, reason="the walls stand on Linux")
both = pytest.mark.skipif(not (landlock.version() and seccomp.available()), reason="this kernel has no Landlock or no seccomp")

# In one process, because an ordinary user may not be able to start the interpreter that root runs the tests with
SCRIPT = """
import json, os, sys
from provcheck.config import Settings
from provcheck.jobs import escape, walls, worker, zygote
from provcheck.jobs.walls import landlock, seccomp
from provcheck.jobs.warm import warm

user, folder, shut = int(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")
warm()
if user:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
built = walls.build()
if "landlock" not in shut:
    os.close(built.ruleset)
    built = walls.Walls(None, built.seccomp)
if "seccomp" not in shut:
    built = walls.Walls(built.ruleset, False)
if os.fork() == 0:
    if shut != [""]:
        built.shut(Settings(), os.getppid())
    print(json.dumps(escape.attempt(os.fsencode(folder), "", Settings()).done), flush=True)
    os._exit(0)
os.wait()
"""
USERS = [0, 65534] if FORKS and os.getuid() == 0 else [0]  # an ordinary user runs the test as itself


def escapes(user: int, folder: Path, shut: str) -> set[str]:
    folder.chmod(0o777)
    (folder / "bait").write_bytes(b"bait")
    (folder / "bait").chmod(0o666)
    run = [sys.executable, "-P", "-c", SCRIPT, str(user), str(folder), shut]
    done = subprocess.run(run, capture_output=True, text=True, start_new_session=True)
    assert done.stdout, done.stderr
    names = json.loads(done.stdout.splitlines()[0])
    assert isinstance(names, list)
    return {str(name) for name in names}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that any user can reach."""
    for above in (tmp_path, *tmp_path.parents):
        if above.stat().st_uid == os.getuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o055)
    return tmp_path


@both
@pytest.mark.parametrize("user", USERS)
def test_nothing_gets_out_of_a_cell(user: int, folder: Path) -> None:
    assert escapes(user, folder, "landlock,seccomp") == set()
    assert (folder / "bait").read_bytes() == b"bait"
    assert [entry.name for entry in folder.iterdir()] == ["bait"]


@pytest.mark.parametrize("user", USERS)
def test_without_walls_most_of_it_would_get_out(user: int, folder: Path) -> None:
    """So that the test above can fail."""
    assert len(escapes(user, folder, "")) >= 10


@both
def test_seccomp_alone_lets_no_file_be_opened(folder: Path) -> None:
    assert escapes(0, folder, "seccomp") == set()


@both
def test_landlock_alone_holds_files_and_limits(folder: Path) -> None:
    done = escapes(0, folder, "landlock")
    assert done.isdisjoint({"read a file", "list a folder", "write a file", "change a file", "remove a file", "connect"})


@both
def test_a_cell_holds_what_is_tried_from_inside() -> None:
    with Cell(Settings()) as cell:
        tried = try_escapes(cell)
    assert tried.done == ()
    assert set(tried.denied) == set(ACTS)


def test_the_filter_lets_through_what_the_list_says_and_nothing_else() -> None:
    """The program run over every system call number by a small interpreter of its four instructions."""
    for machine in seccomp.MACHINES.values():
        code = seccomp.program(machine, 4711, may_open=True)
        free = set(seccomp._numbers(seccomp.FREELY + "," + seccomp.OPENING, machine))
        assert {number for number in range(600) if verdict(code, machine.audit, number) == seccomp.ALLOW} == free
        assert verdict(code, 0x40000003, 4) == seccomp.KILL
        assert verdict(code, machine.audit, 0x40000000 | 1) == seccomp.ERRNO | 1  # the x32 variant of write
        (kill,) = seccomp._numbers(seccomp.TGKILL[0], machine)
        assert verdict(code, machine.audit, kill, 4711) == seccomp.ALLOW
        assert verdict(code, machine.audit, kill, 4712) == seccomp.ERRNO | 1
        assert verdict(code, machine.audit, kill, 4711 | 1 << 32) == seccomp.ERRNO | 1
        (clone,) = seccomp._numbers(seccomp.CLONE, machine)
        assert verdict(code, machine.audit, clone, seccomp.CLONE_THREAD) == seccomp.ALLOW
        assert verdict(code, machine.audit, seccomp.CLONE3, seccomp.CLONE_THREAD) == seccomp.ERRNO | 38


def verdict(code: seccomp.Code, audit: int, number: int, *arguments: int) -> int:
    words = {seccomp.NUMBER: number, seccomp.ARCH: audit}
    for place in range(6):
        value = arguments[place] if place < len(arguments) else (1 << 33 | 99)
        words |= {seccomp.ARGUMENTS + 8 * place: value & 0xFFFFFFFF, seccomp.ARGUMENTS + 8 * place + 4: value >> 32}
    at, loaded = 0, 0
    while True:
        kind, yes, no, constant = code[at]
        at += 1
        if kind == seccomp.LOAD:
            loaded = words[constant]
        elif kind == seccomp.RETURN:
            return constant
        else:
            true = loaded == constant if kind == seccomp.EQUAL else bool(loaded & constant)
            at += yes if true else no
