"""The same record gives the same bytes: any time zone, locale, hash seed and Python; every text view, every language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from hashlib import sha256
from provcheck.report import VIEWS, read_json, render_summary
report, sums = read_json(sys.stdin.read()), []
for lang in ("en", "de", "uk", "ru", "kk", "fr"):
    sums += [view.name + sha256(view.render(report, lang).encode()).hexdigest() for view in VIEWS]
    sums.append(sha256(render_summary(report, lang=lang).encode()).hexdigest())
print("\\n".join(sums))
"""
PLACES = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Asia/Oral", "LC_ALL": "ru_RU.UTF-8", "PYTHONHASHSEED": "7"},
    {"TZ": "America/Lima", "LANG": "xx@nothing", "LANGUAGE": "de:fr", "PYTHONHASHSEED": "8"},
)
# Other Pythons with the pinned Jinja2, Babel and Pillow: PROVCHECK_PYTHONS=/a/bin/python3.12:/b/bin/python3.13
PYTHONS = (sys.executable, *filter(None, os.environ.get("PROVCHECK_PYTHONS", "").split(os.pathsep)))


@pytest.mark.parametrize("python", PYTHONS)
def test_every_view_in_every_language_is_the_same_everywhere(python: str) -> None:
    from provcheck.report import render_json
    from tests.report import cases

    record = render_json(cases.rich())
    base = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    written = {
        subprocess.run(
            [program, "-c", SCRIPT],
            input=record,
            env=base | place | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for program, place in ((python, PLACES[0]), (python, PLACES[1]), (python, PLACES[2]), (sys.executable, PLACES[0]))
    }
    assert len(written) == 1
    assert len(written.pop().splitlines()) > 6 * 6
