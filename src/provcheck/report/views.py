"""The views that one record is written as: a name, a file, and how each is told from a file of somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provcheck.domain.report import Report
from provcheck.report.mark import GENERATOR, MARK, MARKDOWN_MARK
from provcheck.report.markdown import render_markdown
from provcheck.report.mediareview import render_mediareview
from provcheck.report.methods_text import render_methods
from provcheck.report.page import render_html, render_print
from provcheck.report.pdf import to_pdf
from provcheck.report.record import SCHEMA, render_json
from provcheck.report.spreadsheet import BOM, COLUMNS, render_csv


@dataclass(frozen=True, slots=True)
class View:
    """`mark` stands near the beginning of every file of this view, and of hardly any other."""

    name: str
    file: str
    mark: str
    render: Callable[[Report, str], str]  # the report and a language of the catalogues
    made: Callable[[str], bytes] = str.encode  # the file's bytes, of what was rendered; leaks are looked for before

    def wrote(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is a view of this kind that provcheck wrote."""
        return self.mark.encode() in head


VIEWS = (
    View("html", "report.html", MARK, render_html),
    View("pdf", "report.pdf", f"%{GENERATOR}", render_print, to_pdf),
    View("md", "report.md", MARKDOWN_MARK, render_markdown),
    View("json", "report.json", f'"schema": "{SCHEMA}"', lambda report, _lang: render_json(report)),
    View("csv", "report.csv", BOM + ",".join(f'"{column}"' for column in COLUMNS), render_csv),
    View("methods", "methods.txt", f"{GENERATOR}: ", render_methods),
    View("mediareview", "mediareview.jsonld", f'"name": "{GENERATOR}"', render_mediareview),
)
