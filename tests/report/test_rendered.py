"""A case whose photos are rendered says so first, in every view for people: one was read past, and the story taken for true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provcheck.domain.text import say
from provcheck.report.catalogue import LANGUAGES
from provcheck.report.markdown import render_markdown
from provcheck.report.mediareview import render_mediareview
from provcheck.report.methods_text import render_methods
from provcheck.report.page import render_html
from provcheck.report.record import read_json, render_json
from provcheck.report.sentence import sentence
from provcheck.report.summary import render_summary
from tests.report import cases

SAMPLE = replace(cases.one_claim(), case=replace(cases.one_claim().case, rendered=True))
WORDS = say("report.rendered.words")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_stands_before_the_title_in_every_language(lang: str) -> None:
    words = sentence(WORDS, lang)
    page, text = render_html(SAMPLE, lang), render_markdown(SAMPLE, lang)
    assert words in page[: page.index("<h1>")]
    assert words in text[: text.index("\n# ")]
    assert words in render_summary(SAMPLE, lang=lang).splitlines()[1]


def test_what_is_pasted_elsewhere_says_it_too() -> None:
    assert sentence(WORDS) in render_methods(SAMPLE)
    assert sentence(WORDS) in render_mediareview(SAMPLE)


def test_a_case_that_does_not_say_so_is_not_called_rendered() -> None:
    for view in (render_html, render_markdown, render_summary, render_methods, render_mediareview):
        assert sentence(WORDS) not in view(cases.one_claim())


def test_a_record_keeps_it_and_a_record_without_it_keeps_its_bytes() -> None:
    assert read_json(render_json(SAMPLE)).case.rendered
    assert "rendered" not in render_json(cases.one_claim())
