"""The page as a document: self-contained, the same bytes each time, whole in structure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from provcheck.domain.photo import Picture
from provcheck.domain.reading import Found
from provcheck.domain.report import Report
from provcheck.report import render_html
from provcheck.report.page import data_uri, link
from provcheck.report.record import RecordError
from tests.report import cases

ALL = {"rich": cases.rich(), "empty": cases.empty(), "without_claims": cases.without_claims(), "one_claim": cases.one_claim()}
PAGES = {name: render_html(report) for name, report in ALL.items()}


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_nothing_is_loaded_from_outside(page: str) -> None:
    assert "<script" not in page
    assert "<link" not in page
    assert "@import" not in page
    assert "url(" not in page
    assert all(source.startswith("data:image/") for source in re.findall(r'<(?:img src|image [^>]*href)="([^"]*)"', page))
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page: str) -> None:
    assert page.count("<table") == page.count("<caption")
    assert not re.search(r"<th(?![^>]*scope=)[ >]", page)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_picture_has_words(page: str) -> None:
    assert all(re.search(r'alt="[^"]{8,}', tag) for tag in re.findall(r"<img[^>]*>", page))
    assert all(re.search(r'aria-hidden="true"|role="img" aria-label="[^"]{8,}', tag) for tag in re.findall(r"<svg[^>]*>", page))


def test_the_bytes_of_a_photo_stand_once_in_the_page() -> None:
    views = [exhibit.evidence.view for exhibit in cases.rich().case.exhibits if exhibit.evidence]
    assert [PAGES["rich"].count(data_uri(view.value)) for view in views if isinstance(view, Found)] == [1, 1, 1, 1]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_jump_has_a_target_and_every_id_stands_once(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_finding_stands_in_the_page_with_its_limit() -> None:
    page = words(PAGES["rich"])
    for answered in cases.rich().answers:
        if isinstance(answered.answer, tuple):
            for one in answered.answer:
                for text in (one.summary, one.because, one.does_not_show):
                    assert str(text.args[0][1]) in page


def test_every_check_that_gave_no_finding_stands_in_the_page_with_its_reason() -> None:
    page = words(PAGES["rich"])
    for answered in cases.rich().answers:
        if not isinstance(answered.answer, tuple):
            assert str(answered.question.args[0][1]) in page
            assert str(answered.answer.reason.args[0][1]) in page


def test_a_finding_that_fits_every_claim_is_marked_in_words() -> None:
    page = words(PAGES["rich"])
    assert "Does not decide between claims A, B and C. Photo 1. Region 1 has the layout of a Russian civil plate." in page
    assert "apart" not in words(PAGES["one_claim"]).replace("set apart", "")
    assert "decide between" not in words(PAGES["one_claim"])


def test_no_match_prints_what_was_searched() -> None:
    page = words(PAGES["rich"])
    assert "“ newsroom.pvx ” with 412,903 photos, the latest of 1 August 2023" in page
    assert "No match of the whole picture." in page


def test_a_method_without_counts_is_called_unmeasured() -> None:
    page = words(PAGES["rich"])
    assert "Their findings count as weak, and say that it was not measured." in page
    assert "58 of 60 lower 95 % bound 89.8 %" in page


def test_a_long_name_or_an_odd_one_stays_one_word_of_the_command() -> None:
    assert "--archive 'agency 2022.pvx'" in unescape(PAGES["rich"])


def test_photos_keep_their_numbers_and_other_files_are_named() -> None:
    report = cases.rich()
    exhibits = (replace(report.case.exhibits[0], picture=False), *report.case.exhibits[1:])
    page = render_html(replace(report, case=replace(report.case, exhibits=exhibits)))
    assert 'id="photo-1"' not in page
    assert 'id="photo-2"' in page
    assert "1 more file is no picture and was not examined: file “ journalist/IMG_2041.JPG ”" in words(page)


@pytest.mark.parametrize("url", ["https://example.org/a?b=c&d=e", "http://example.org"])
def test_a_web_address_becomes_a_link(url: str) -> None:
    assert link(url).startswith('<bdi lang=""><a href="http')


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://a\u202eb",
        "http://[",
        " x",
    ],
)
def test_anything_else_stays_text(url: str) -> None:
    assert "<a" not in link(url)


def test_a_picture_of_another_type_is_refused() -> None:
    with pytest.raises(RecordError, match="image/svg"):
        data_uri(Picture("image/svg+xml", 1, 1, b"<svg/>"))


def test_the_page_is_the_same_in_another_zone_locale_and_hash_seed() -> None:
    script = (
        "import sys; from provcheck.report import render_html; from tests.report import cases; "
        "sys.stdout.buffer.write(render_html(cases.rich()).encode())"
    )
    elsewhere = dict(os.environ) | {"TZ": "Asia/Oral", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", script], env=elsewhere, cwd=root, capture_output=True, check=True)
    assert other.stdout == PAGES["rich"].encode()


@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_rendering_twice_gives_the_same_bytes(report: Report) -> None:
    assert render_html(report) == render_html(report)


def test_a_record_whose_photos_hold_no_pdq_still_has_a_page() -> None:
    report = cases.rich()
    first, *others = report.case.exhibits
    assert first.evidence is not None
    prints = first.evidence.fingerprints
    assert isinstance(prints, Found)
    seen = replace(first.evidence, fingerprints=Found(replace(prints.value, pdq=())))
    strange = replace(report, case=replace(report.case, exhibits=(replace(first, evidence=seen), *others)))
    assert prints.value.dhash in render_html(strange)
