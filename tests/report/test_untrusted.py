"""Hostile strings go through every view and come out harmless."""

from __future__ import annotations

import csv
import json
from html import escape
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from provcheck.report import VIEWS, answer_rows, read_json, render_html, render_json, render_summary
from provcheck.report.markdown import render_markdown
from provcheck.report.markdown_ink import address, plain, theirs
from provcheck.report.mediareview import render_mediareview
from provcheck.report.spreadsheet import BOM, COLUMNS, render_csv, safe
from provcheck.report.untrusted import HIDDEN, SHOWN, paragraphs, shown
from provcheck.report.views import View
from tests.report.hostile import HOSTILE, hostile

ALLOWED_TAGS = set(
    "html head meta title style body a header p b h1 h2 h3 h4 h5 nav main section ul li div span article blockquote dl dt dd "
    "figure img figcaption table caption thead tbody tr th td "
    "details summary input label svg image use polygon polyline path line rect g circle text pre code footer bdi br".split()
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


STARTERS = "=+-@\t\r\n＝＋－＠"


def rendered(markdown: str) -> str:
    """As a CMS with tables, struck text and raw HTML switched on shows it."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_steers_nothing_in_any_view(view: View, untrusted: str) -> None:
    text = view.render(hostile(untrusted), "en").removeprefix(BOM).replace("\r\n", "\n")
    assert harmless(text)
    text.encode("utf-8")


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_adds_nothing_to_the_markdown(untrusted: str) -> None:
    markdown = render_markdown(hostile(untrusted))
    page = Tags(rendered(markdown))
    assert page.tags <= {"p", "h1", "h2", "h3", "ul", "li", "strong", "a", "blockquote"}
    assert page.names <= {"href"}
    assert all(link.startswith(("https://", "http://")) for link in page.links)
    assert not any(mark in markdown for mark in ("<script", "<img", "<svg", "{{", "{%"))


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_is_no_formula(untrusted: str) -> None:
    header, *rows = csv.reader(StringIO(render_csv(hostile(untrusted)).removeprefix(BOM), newline=""))
    assert header == list(COLUMNS)
    assert rows
    assert all(len(row) == len(header) for row in rows)
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple(STARTERS))]


@pytest.mark.parametrize("untrusted", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_string_cannot_leave_the_script_that_a_review_stands_in(untrusted: str) -> None:
    draft = render_mediareview(hostile(untrusted))
    assert draft.isascii()
    assert not set("<>&") & set(draft)
    json.loads(draft)


@given(st.text(st.characters(), max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_cell_begins_like_a_formula_in_any_locale(untrusted: str) -> None:
    cell = safe(untrusted)
    for part in (cell, *cell.split(";")):
        assert part[:1] not in tuple(STARTERS)
        assert not part.lstrip().startswith(tuple(STARTERS))
    assert cell.replace("'", "") == untrusted.replace("'", "")


@given(st.text(st.sampled_from("=+-@ \t\r\n;'＝a"), max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_cell_of_formula_signs_begins_like_one(untrusted: str) -> None:
    assert not safe(untrusted).lstrip().startswith(tuple(STARTERS))


MARKDOWN_SIGNS = "\\`*_{}[]()#+-.!|~&<>:@$^=\"'/1a \t"


@given(st.text(st.characters(), max_size=80) | st.text(st.sampled_from(MARKDOWN_SIGNS), max_size=20))
@settings(max_examples=300, deadline=None)
def test_markdown_shows_untrusted_text_as_it_stands(untrusted: str) -> None:
    """Wherever a line may hold it: alone, in a list, in a quotation, in bold, after other words."""
    text = theirs(untrusted)
    for frame in ("{}", "- {}\n    - {}", "> {}", "# {}", "x **y** {} z"):
        html = rendered(frame.replace("{}", text))
        assert Tags(html).tags <= {"p", "ul", "li", "blockquote", "h1", "strong"}
    if text:
        assert html_text(rendered(text)) == shown(untrusted).strip()


@pytest.mark.parametrize(
    "words", ["1. one", "1) one", "- one", "+ one", "* one", "# one", "> one", "---", "===", "    code", "```", "~~~", ": def"]
)
def test_no_line_of_untrusted_text_begins_a_block(words: str) -> None:
    assert rendered(plain(words)) == f"<p>{escape(words.strip(), quote=False)}</p>\n"
    assert "<h" not in rendered(f"before\n{plain(words)}")


@given(st.text(st.characters(), max_size=60) | st.text(st.sampled_from("htps:/x.y?&=<>()[]`*_%\"' javascript"), max_size=30))
@settings(max_examples=200, deadline=None)
def test_an_address_links_to_http_or_nowhere(untrusted: str) -> None:
    for url in (untrusted, "https://example.org/" + untrusted):
        page = Tags(rendered(address(url)))
        assert page.tags <= {"p", "a"}
        assert all(link.startswith(("http://", "https://")) for link in page.links)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "HTTP", "https://", "http://[x"]
)
def test_what_is_no_web_address_is_text(url: str) -> None:
    assert not Tags(rendered(address(url))).links


def test_an_address_with_brackets_links_to_itself() -> None:
    assert Tags(rendered(address("https://example.org/a_(b)?x=1&lt;=2>"))).links == ["https://example.org/a_%28b%29?x=1&lt;=2%3E"]


def html_text(page: str) -> str:
    class Words(HTMLParser):
        words = ""

        def handle_data(self, data: str) -> None:
            self.words += data

    parser = Words(convert_charrefs=True)
    parser.feed(page)
    parser.close()
    return parser.words.strip("\n")


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
