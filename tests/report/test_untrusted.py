"""Hostile strings go through every view and come out harmless."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.report import answer_rows, read_json, render_html, render_json, render_summary
from provcheck.report.untrusted import HIDDEN, SHOWN, paragraphs, shown
from tests.report.hostile import HOSTILE, hostile

ALLOWED_TAGS = set(
    "html head meta title style body a header p b h1 h2 h3 h4 nav main section ul li div span article blockquote dl dt dd "
    "figure img figcaption table caption thead tbody tr th td "
    "details summary svg image use polygon g circle text pre code footer bdi br".split()
)


class Tags(HTMLParser):
    """Collects every tag, attribute and address of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def harmless(text: str) -> bool:
    return not HIDDEN.search(text.replace("\n", "")) and "\x1b" not in text


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_adds_nothing_to_the_page(untrusted: str) -> None:
    page = render_html(hostile(untrusted))
    tags = Tags(page)
    assert tags.tags <= ALLOWED_TAGS
    assert not [name for name in tags.names if name.startswith("on")]
    assert all(link.startswith(("#", "data:image/", "https://", "http://")) for link in tags.links)
    assert harmless(page)
    page.encode("utf-8")


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_cannot_steer_a_terminal(untrusted: str) -> None:
    summary = render_summary(hostile(untrusted))
    assert harmless(summary)
    assert max(map(len, summary.split("\n"))) < 200
    summary.encode("utf-8")


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_survives_in_the_record_alone_and_escaped(untrusted: str) -> None:
    report = hostile(untrusted)
    record = render_json(report)
    assert record.isascii()
    assert harmless(record)
    assert read_json(record) == report


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_is_harmless_in_rows(untrusted: str) -> None:
    report = hostile(untrusted)
    for exhibit in report.case.exhibits:
        for row in answer_rows(report, exhibit):
            sentences = [value for value in row.values() if isinstance(value, str)]
            assert all(map(harmless, sentences))
            json.dumps(row, ensure_ascii=False).encode("utf-8")


def test_a_control_character_is_shown_as_its_symbol() -> None:
    assert shown("\x1b[31m\x00\x7f\x9b\u202e") == "␛[31m␀␡⟨009B⟩⟨202E⟩"


def test_letters_of_any_script_stay_as_they_are() -> None:
    words = "Орал — Ақсай, ‘کتاب\u200cخانه’ 京都 👩\u200d🚀"
    assert shown(words) == words


def test_a_long_value_says_how_much_was_cut() -> None:
    assert shown("x" * 10_000) == "x" * SHOWN + "… [+9760]"


def test_a_quotation_keeps_its_lines_and_drops_empty_ones() -> None:
    assert paragraphs("one\r\n\r\n two\t\n") == ("one", "two")


@given(st.text(st.characters(), max_size=400))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_in_one_line_of_text_goes_out(untrusted: str) -> None:
    seen = shown(untrusted)
    assert not HIDDEN.search(seen)
    seen.encode("utf-8")
