"""Report in, text out: HTML, JSON and the terminal summary."""

from provcheck.report.page import render_html
from provcheck.report.record import read_json, render_json
from provcheck.report.rows import answer_rows
from provcheck.report.sentence import sentence
from provcheck.report.summary import render_summary

__all__ = ["answer_rows", "read_json", "render_html", "render_json", "render_summary", "sentence"]
