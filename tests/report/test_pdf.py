"""The report on paper: tagged, with its own fonts, the same bytes each time, and made of the page alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from provcheck.domain.photo import Limits
from provcheck.domain.reading import Unreadable
from provcheck.readers.formats import sniff
from provcheck.readers.pixels import decode
from provcheck.report import VIEWS
from provcheck.report.page import render_print
from provcheck.report.pdf import PdfError, to_pdf
from tests.pictures import saved, scene
from tests.report import cases

ROOT = Path(__file__).parents[2]
SCRIPT = (
    "import sys; from provcheck.report.page import render_print; from provcheck.report.pdf import to_pdf; "
    "from tests.report import cases; "
    "sys.stdout.buffer.write(to_pdf(render_print(cases.one_claim(), 'kk')))"
)


@pytest.fixture(scope="module")
def paper() -> bytes:
    try:
        return to_pdf(render_print(cases.one_claim(), "kk"))
    except PdfError as missing:
        pytest.skip(str(missing))


def unpacked(paper: bytes) -> bytes:
    """The file with its compressed streams beside it, so that plain words can be searched in all of it."""
    streams = [zlib.decompressobj() for _ in range(paper.count(b"stream\n"))]
    parts = [part for part in paper.split(b"stream\n")[1:] if part[:1] == b"\x78"]
    return paper + b"".join(one.decompress(part) for one, part in zip(streams, parts, strict=False))


def test_it_is_tagged_and_says_its_language_and_program(paper: bytes) -> None:
    assert paper.startswith(b"%PDF-1.7\n%provcheck report\n")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang (kk)", b"pdfuaid"):
        assert mark in unpacked(paper)
    assert next(view for view in VIEWS if view.name == "pdf").wrote(paper[:4096])


def test_its_letters_are_embedded_kazakh_ones_too(paper: bytes, tmp_path: Path) -> None:
    fonts = set(re.findall(rb"/FontName /([A-Z]{6}\+[\w-]+)", unpacked(paper)))
    assert {name.partition(b"+")[2] for name in fonts} >= {b"provcheck", b"provcheck-Bold"}
    assert unpacked(paper).count(b"/FontFile2") >= len(fonts)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the letters were not read back")
    (tmp_path / "report.pdf").write_bytes(paper)
    done = subprocess.run(["pdftotext", "-layout", "report.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    text = done.stdout.decode("utf-8")
    assert "Нәтижелер" in text
    assert re.search(r"\b1 / \d+", text)
    assert all(letter in text for letter in "әғқңөұүі")


def test_the_same_report_gives_the_same_bytes_in_another_process_zone_and_year(paper: bytes) -> None:
    elsewhere = dict(os.environ) | {"TZ": "Asia/Oral", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", SCRIPT], env=elsewhere, cwd=ROOT, capture_output=True, check=True)
    assert other.stdout == paper


def test_nothing_outside_the_page_is_fetched(tmp_path: Path) -> None:
    """An address in a page is no picture on paper: not from the disk, not from the network."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(bytes.fromhex("89504e470d0a1a0a"))
    page = f"<html lang=en><title>x</title><img alt=a src='{secret.as_uri()}'><img alt=b src='http://localhost:9/x.png'></html>"
    try:
        assert b"/Subtype /Image" not in unpacked(to_pdf(page))
    except PdfError as missing:
        pytest.skip(str(missing))


@pytest.mark.usefixtures("paper")
def test_a_picture_that_breaks_off_stays_unreadable_after_a_pdf_was_made() -> None:
    data = saved(scene(96, 64))
    signature = sniff(data)
    assert signature is not None
    assert isinstance(decode(data[: len(data) // 2], signature, Limits(10**7, 10**9)), Unreadable)


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfError, match=r"pip install '.\[pdf\]'"):
        to_pdf("<html></html>")


def test_without_pango_it_says_so(tmp_path: Path) -> None:
    """A package of that name whose library cannot be loaded, as where Pango is missing."""
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8")
    script = "from provcheck.report.pdf import to_pdf; to_pdf('<html></html>')"
    env = dict(os.environ) | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    assert "PdfError: A PDF needs the system's Pango" in done.stderr


def test_no_drawing_depends_on_the_style_sheet_which_a_pdf_leaves_out() -> None:
    """It did: a map was a black box on paper, and what was changed in a picture had no outline."""
    page = render_print(cases.rich())
    shapes = re.findall(r"<(?:polyline|polygon|line|path|circle|rect|text)\b[^>]*>", page)
    assert len(shapes) > 20
    assert [shape for shape in shapes if " fill=" not in shape and " stroke=" not in shape] == []
    assert "polyline" in page
    assert 'class="halo"' in page
