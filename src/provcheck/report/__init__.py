"""Report in, text out: the JSON record, its views as HTML, Markdown, CSV and more, and the terminal summary."""

from provcheck.report.page import render_html
from provcheck.report.record import read_json, render_json
from provcheck.report.rows import answer_rows, set_rows
from provcheck.report.sentence import sentence
from provcheck.report.summary import render_summary
from provcheck.report.views import VIEWS

__all__ = ["VIEWS", "answer_rows", "read_json", "render_html", "render_json", "render_summary", "sentence", "set_rows"]
