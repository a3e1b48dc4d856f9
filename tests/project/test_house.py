"""The walls of the house: layers, start-up time, and nothing of one machine in the tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HELP_SECONDS = 0.3  # CPU; a person waits for the first line
# Spelt in pieces, so that this file does not hold what it forbids
MACHINE_PATH = re.compile(r"/(wo" + r"rk|ro" + r"ot|fa" + r"rm|ho" + r"me/[a-z]+)/")


def tracked(root: Path) -> list[Path]:
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def test_imports_point_down(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_help_answers_at_once() -> None:
    """CPU time of the best of five, after a first start that fills the caches."""
    took = []
    for _ in range(6):
        before = os.times()
        subprocess.run([sys.executable, "-m", "provcheck", "--help"], capture_output=True, check=True)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took[1:]) <= HELP_SECONDS


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, provcheck; print([name for name in ('numpy', 'cv2', 'PIL', 'click', 'jinja2') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    import provcheck

    for name in provcheck.__all__:
        assert getattr(provcheck, name).__doc__, name
    with pytest.raises(AttributeError, match="nothing_such"):
        provcheck.nothing_such  # noqa: B018  the access is the test


def test_no_path_of_one_machine_is_in_the_tree(root: Path) -> None:
    for file in tracked(root):
        data = file.read_bytes()
        if b"\0" in data:  # a picture, a model, an archive
            continue
        found = MACHINE_PATH.search(data.decode("utf-8"))
        assert found is None, f"{file.relative_to(root)}: {found and found[0]}"


def test_every_source_file_says_what_it_is_for(root: Path) -> None:
    for folder in ("src", "tests", "scripts", "benchmarks", "training"):
        for file in sorted((root / folder).rglob("*.py")):
            text = file.read_text("utf-8")
            first = text.split("\n", 2)[1] if text.startswith("#!") else text.split("\n", 1)[0]
            assert not text or first.startswith('"""'), file.relative_to(root)
