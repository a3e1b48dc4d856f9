"""The page on paper: a tagged PDF from the same template, by WeasyPrint, with fonts of our own. The same report, the same bytes."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any, Final

from provcheck.domain.errors import ProvcheckError
from provcheck.report.mark import GENERATOR
from provcheck.report.tagging import Tags

# Parts of DejaVu: Latin, Cyrillic with the Kazakh letters, the page's shapes. Other scripts come from the system's fonts
FONTS: Final = (
    ("provcheck", "normal", "DejaVuSans.ttf"),
    ("provcheck", "bold", "DejaVuSans-Bold.ttf"),
    ("provcheck mono", "normal", "DejaVuSansMono.ttf"),
)
EPOCH: Final = "946684800"  # fonts in a PDF bear a date; 2000-01-01, unless SOURCE_DATE_EPOCH says otherwise
VERSION: Final = f"1.7\n%{GENERATOR}"  # the header line and a comment, by which a PDF of ours is told from any other


class PdfError(ProvcheckError):
    """WeasyPrint, or the system's Pango that it draws text with, is not there."""


def to_pdf(page: str) -> bytes:
    """A page of `render_print` as PDF (PDF/UA-1: tagged, with its language and title). Nothing outside the page is fetched."""
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    alone = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    with _dated():
        faces = weasyprint.CSS(string=_faces(), font_config=fonts, url_fetcher=alone)
        document = weasyprint.HTML(string=page, url_fetcher=alone)
        made: bytes = document.write_pdf(
            stylesheets=[faces],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_version=VERSION,
            pdf_identifier=b"provcheck",
            finisher=_finish,
        )
    return made


def _weasyprint() -> Any:
    """The library. Its import tells Pillow to take half pictures for whole ones, in all of this process: that is undone."""
    try:
        import weasyprint
        from PIL import ImageFile
    except ImportError as missing:
        raise PdfError(
            "A PDF needs provcheck's extra pdf: in its source folder, pip install '.[pdf]'. Or print the HTML report."
        ) from missing
    except OSError as missing:  # cffi could not load a library
        raise PdfError(
            "A PDF needs the system's Pango library, which could not be loaded. Debian: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango; Windows: see WeasyPrint's installation page. "
            "Or open the HTML report and print it."
        ) from missing
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/ttf;base64,{_font(name)})}}"
        for family, weight, name in FONTS
    )


def _font(name: str) -> str:
    return b64encode((files("provcheck.report") / "fonts" / name).read_bytes()).decode("ascii")


def _finish(_document: Any, pdf: Any) -> None:
    """Nothing of the library's version: a PDF says which program made it, the record with which libraries. Tags are mended."""
    pdf.info.pop("Producer", None)
    Tags(pdf).mend()


@contextmanager
def _dated() -> Iterator[None]:
    """fontTools dates the fonts that it embeds by this variable alone, and by the clock where it is not set."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        yield
        return
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
