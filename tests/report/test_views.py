"""What the views without pictures say, beside the page: all that is needed, and nothing that a person must decide."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from provcheck.domain.finding import CannotSay
from provcheck.domain.report import Report
from provcheck.report import VIEWS
from provcheck.report.markdown import render_markdown
from provcheck.report.mediareview import render_mediareview
from provcheck.report.methods_text import render_methods
from provcheck.report.record import digest
from provcheck.report.spreadsheet import BOM, render_csv
from provcheck.report.views import View
from tests.report import cases

ALL = {"rich": cases.rich(), "empty": cases.empty(), "without claims": cases.without_claims(), "one claim": cases.one_claim()}
MARKDOWN = render_markdown(cases.rich())


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(render_csv(report).removeprefix(BOM), newline="")))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_every_view_of_every_report_is_known_as_ours_and_is_the_same_twice(view: View, report: Report) -> None:
    text = view.render(report, "en")
    assert text == view.render(report, "en")
    if view.name != "pdf":  # whose bytes test_pdf.py looks at
        assert view.wrote(view.made(text)[:4096])
    assert not view.wrote(b"# A story\n\nprovcheck report\n")


def test_the_markdown_says_what_is_known_not_known_and_would_decide_it_first() -> None:
    headings = [line for line in MARKDOWN.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## Known: what the checks saw", "## Not known", "## What would decide it"]
    assert MARKDOWN.index("INTERNAL") < MARKDOWN.index("# Trucks")
    assert "Finding nothing does not clear a photo" in MARKDOWN


def test_the_markdown_has_every_finding_with_its_leaning_grade_and_limit() -> None:
    findings = MARKDOWN.partition("\n## Findings\n")[2]
    against, fits = "▼ weak: contradicts claim C on date", "▲ weak: supports claims A and B on date"
    assert f"{against} (error rate not measured) · {fits} (error rate not measured)" in findings
    assert "● neutral to claims A and C" in findings
    for answered in cases.rich().answers:
        for finding in answered.answer if isinstance(answered.answer, tuple) else ():
            for text in (finding.summary, finding.does_not_show):
                assert str(dict(text.args)["code"])[:20] in findings


def test_the_markdown_says_what_was_searched_and_how_methods_err() -> None:
    assert "412,903 photos, the latest of 1 August 2023" in MARKDOWN
    assert "2022/parade-rehearsal" in MARKDOWN
    assert "58 of 60" in MARKDOWN
    assert "Not measured" in MARKDOWN
    assert digest(cases.rich()) in MARKDOWN


def test_the_markdown_says_whether_a_finding_tells_the_claims_apart() -> None:
    assert "Tells the claims apart? Yes." in MARKDOWN
    assert "Does not decide between claims A, B and C." in MARKDOWN


def test_files_that_are_no_pictures_are_named_apart_from_the_photos() -> None:
    report = cases.rich()
    exhibits = (*report.case.exhibits[:5], replace(report.case.exhibits[5], picture=False))
    markdown = render_markdown(replace(report, case=replace(report.case, exhibits=exhibits)))
    assert "1 more file is no picture and was not examined: file “channel/bomb" in markdown


def test_a_report_without_anything_says_so_in_markdown() -> None:
    empty = render_markdown(cases.empty())
    assert "No claim was given" in empty
    assert "No check gave a finding." in empty


def test_the_sheet_has_a_row_for_each_finding_and_each_silence() -> None:
    report = cases.rich()
    findings = sum(len(one.answer) for one in report.answers if isinstance(one.answer, tuple))
    silent = sum(isinstance(one.answer, CannotSay) for one in report.answers)
    kinds = [row["kind"] for row in rows(report)]
    assert (kinds.count("finding"), len(kinds) - kinds.count("finding")) == (findings, silent)
    assert {row["leaning"] for row in rows(report) if row["kind"] == "finding"} == {"supports", "contradicts", "neutral"}
    assert all(row["does_not_show"] for row in rows(report) if row["kind"] == "finding")
    assert all(row["reason"] for row in rows(report) if row["kind"] != "finding")


def test_the_sheet_begins_with_a_byte_order_mark_and_ends_lines_as_the_rfc_says() -> None:
    text = render_csv(cases.rich())
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n")


def test_a_claim_that_was_not_asked_about_is_kept_apart_from_an_open_question() -> None:
    assert {"not asked", "finding"} <= {row["kind"] for row in rows(cases.without_claims())}


def test_the_methods_fit_one_paragraph_and_name_no_file_and_no_party() -> None:
    report = cases.rich()
    text = render_methods(report)
    assert len(text.split("\n\n")) == 2
    for words in (
        "6 photos",
        "3 claims",
        "412,903 photos",
        "58 of 60",
        "at least 89.8 %",
        "capture-time and plates",
        digest(report),
    ):
        assert words in text
    for exhibit in report.case.exhibits:
        assert exhibit.photo.name not in text
    assert not any(claim.by in text for claim in report.case.claims)


def test_the_methods_of_a_case_without_archives_say_that_none_was_searched() -> None:
    assert "No archive was searched" in render_methods(cases.empty())
    assert "No claim was given" in render_methods(cases.without_claims())


def test_the_review_leaves_to_a_person_what_only_a_person_may_say() -> None:
    note, *reviews = json.loads(render_mediareview(cases.rich()))["@graph"]
    assert "Only a person may choose mediaAuthenticityCategory" in note["text"]
    assert len(reviews) == 6
    for review in reviews:
        assert review["@type"] == "MediaReview"
        assert review["mediaAuthenticityCategory"] == ""
        assert review["creativeWorkStatus"] == "Draft"
        assert not review["author"]["name"]


def test_the_review_holds_no_name_digest_or_position_of_a_file() -> None:
    text = render_mediareview(cases.rich())
    for exhibit in cases.rich().case.exhibits:
        assert exhibit.photo.name not in text
        assert exhibit.photo.sha256 not in text
    assert "51.204512" not in text
    assert "messenger" not in text


def test_the_review_links_each_photo_to_the_claims_about_it() -> None:
    report = cases.rich()
    claims = (report.case.claims[0], replace(report.case.claims[1], photos=("nothing-*",)), report.case.claims[2])
    draft = json.loads(render_mediareview(replace(report, case=replace(report.case, claims=claims))))
    (item,) = draft["@graph"][1]["itemReviewed"]["mediaItemAppearance"]
    assert [claim["author"]["name"] for claim in item["interpretedAsClaim"]] == ["a journalist", "an unnamed channel"]
    assert item["interpretedAsClaim"][0]["appearance"]["url"] == "https://example.org/posts/1?lang=kk"
