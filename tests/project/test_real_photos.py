"""Every real and hostile file of the measuring data gets its row: a result or a plain reason, and no defect of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_file_has_one_row_and_none_is_a_defect(shared_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    with out.open("wb") as file:
        command = [sys.executable, "-m", "provcheck", "check", str(shared_data), "--jsonl"]
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE)
    assert done.stderr == b""
    assert done.returncode == 3
    *rows, summary = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    files = sorted(
        os.fsencode(Path(folder, name).relative_to(shared_data).as_posix()).decode("utf-8", "backslashreplace")
        for folder, _, names in os.walk(shared_data)
        for name in names
    )
    assert sorted(row["file"] for row in rows) == files
    assert summary["summary"]["files"] == len(files)
    for row in rows:
        assert row["outcome"] == "examined" or row["reason"], row["file"]
        assert "provcheck itself failed" not in (row["reason"] or ""), row
