"""The wheel alone, without development packages, does the README's main job: templates, schema, cards and models are inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_wheel_in_a_fresh_environment_runs_the_samples(root: Path, tmp_path: Path) -> None:
    quiet = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*quiet, "wheel", "--no-deps", "-w", str(tmp_path), str(root)], check=True)
    (wheel,) = tmp_path.glob("provcheck-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(scripts / "pip"), "-q", "install", "-c", str(root / "constraints.txt"), str(wheel)], check=True)

    case = root / "samples" / "oral-aksay"
    report = tmp_path / "report.html"
    told = [case / "photos", "--claims", case / "claims.toml", "--archive", case / "oral-aksay.pvx", "--report", report, "--json"]
    done = subprocess.run([str(scripts / "provcheck"), "check", *map(str, told)], capture_output=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    exhibits = json.loads(done.stdout)["report"]["case"]["exhibits"]
    assert [exhibit["outcome"] for exhibit in exhibits] == ["examined"] * 5
    assert "INTERNAL" in report.read_text("utf-8")
