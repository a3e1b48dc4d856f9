"""The page of a batch: every photo stands once, under the first rule that holds, and nothing in it is a score or a script."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from provcheck.report.batch_page import Counts, Opened, first_of, render_batch
from provcheck.report.triage import MOST, Group, Line, triage
from tests.report.hostile import HOSTILE


def finding(leaning: str, grade: str | None, apart: bool | None = None, check: str = "capture-time", **more: Any) -> dict[str, Any]:
    about = {"claim": "A", "part": "taken_on"}
    words = {"summary": f"It {leaning}.", "because": "So.", "does_not_show": "This does not show more."}
    row = {"check": check, "question": "When?", "about": about, "leaning": leaning, "grade": grade, "calibrated": True}
    return row | {"tells_claims_apart": apart} | words | more


def line(number: int, *answers: dict[str, Any], outcome: str = "examined", reason: str | None = None, file: str = "a.jpg") -> Line:
    record = {"number": number, "photo_id": "", "case_id": "", "file": file, "outcome": outcome, "reason": reason}
    return Line.of(record | {"answers": list(answers)})


def stand(*lines: Line) -> dict[str, list[int]]:
    return {group.rule.name.id: [place.line.number for place in group.first] for group in triage(lines)}


def page(groups: tuple[Group, ...]) -> str:
    counts = Counts(date(2023, 8, 2), Counter({"examined": 3}), others=1, waiting=2)
    return render_batch(groups, counts, {place.line.number: Opened("reports/1.json", "pages/1.html") for place in first_of(groups)})


FAILED = {"check": "plates", "question": "Which plates?", "cannot_say": "The model is missing.", "failed": True}
SILENT = {"check": "plates", "question": "Which plates?", "cannot_say": "No plate was found.", "failed": False}


def test_each_photo_stands_under_the_first_rule_that_holds() -> None:
    assert stand(
        line(1, SILENT),
        line(2, finding("neutral", None)),
        line(3, finding("supports", "weak")),
        line(4, finding("supports", "weak", apart=True)),
        line(5, finding("supports", "strong", apart=True), FAILED),
        line(6, finding("neutral", None, check="earlier-use"), FAILED),
        line(7, finding("contradicts", "weak", apart=False), finding("supports", "strong", apart=True)),
        line(8, finding("contradicts", "weak", apart=True)),
        line(9, outcome="refused", reason="It is empty."),
    ) == {
        "batch.apart": [8],
        "batch.contradicts": [7],
        "batch.earlier": [6],
        "batch.trouble": [5, 9],
        "batch.fits-one": [4],
        "batch.fits": [3],
        "batch.neutral": [2],
        "batch.silent": [1],
    }


def test_within_a_group_the_higher_grade_comes_first_then_the_order_of_the_list() -> None:
    grades = ("weak", "strong", "moderate", "moderately strong", "strong")
    lines = [line(number, finding("contradicts", grade)) for number, grade in enumerate(grades, 1)]
    assert stand(*lines) == {"batch.contradicts": [2, 5, 4, 3, 1]}


def test_a_group_counts_all_and_shows_the_first() -> None:
    lines = [line(number, finding("contradicts", "weak")) for number in range(1, 3 * MOST)] + [
        line(3 * MOST, finding("contradicts", "strong"))
    ]
    (group,) = triage(iter(lines))
    assert group.count == 3 * MOST
    assert [place.line.number for place in group.first] == [3 * MOST, *range(1, MOST)]
    assert f"{2 * MOST} more photos of this group are in results.csv." in page((group,))


def test_the_page_says_its_rules_and_why_a_photo_stands_where_it_does() -> None:
    text = page(triage([line(1, finding("contradicts", "weak")), line(2, finding("supports", "weak"), FAILED)]))
    for words in (
        "It is no score",
        "A finding contradicts a claim",
        "It contradicts.",
        "This does not show more.",
        "The model is missing.",
    ):
        assert words in text
    assert "2 more are not done yet." in text
    assert "1 file of the folder is no picture." in text


@pytest.mark.parametrize("untrusted", HOSTILE)
def test_nothing_from_a_file_runs_or_steers(untrusted: str) -> None:
    hostile = finding("contradicts", "weak", summary=f"It reads {untrusted}", does_not_show=untrusted)
    text = page(triage([line(1, hostile, FAILED | {"cannot_say": untrusted}, file=untrusted[:200])]))
    assert "<script" not in text.lower()
    assert not re.search(r"<[^>]+\son\w+=", text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", text)


def test_the_same_results_give_the_same_page() -> None:
    lines = [line(1, finding("contradicts", "weak")), line(2, SILENT)]
    assert page(triage(lines)) == page(triage(lines))
