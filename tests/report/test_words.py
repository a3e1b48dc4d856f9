"""No language says of a photo what no tool can know: not in any sentence, not in any report."""

from __future__ import annotations

import os

import pytest

from provcheck.report import VIEWS, catalogue, render_summary
from provcheck.report.catalogue import LANGUAGES
from provcheck.report.record import digest
from tests.report import cases
from tests.report.banned import BANNED, banned
from tests.report.generated import faults, generated, steps

REPORTS = int(os.environ.get("PROVCHECK_REPORTS", "10000"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_holds_a_banned_word(lang: str) -> None:
    for id_, message in catalogue.catalogue(lang).items():
        for _, pieces in message.forms:
            assert not banned(" ".join(piece.words for piece in pieces), lang), id_


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The photo is genuine."),
        ("de", "Das Foto ist echt, das ist bewiesen."),
        ("uk", "Це справжня фотографія."),
        ("ru", "Это подлинный снимок, 100\u00a0% без подделки."),
        ("kk", "Бұл шынайы сурет."),
        ("fr", "Cette photo est authentique et a été vérifiée."),
    ],
)
def test_the_lists_know_what_they_ban(lang: str, said: str) -> None:
    assert banned(said, lang)
    assert set(BANNED) == set(LANGUAGES)


def test_quotations_tags_commands_and_schema_terms_are_exempt() -> None:
    tags = 'EXIF DateTimeOriginal "originalMediaLink": "OriginalMediaContent"'
    assert banned(f'<bdi lang="">a real photo</bdi> {tags} <code>verify</code> provcheck verify', "en") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_view_of_the_cases_holds_a_banned_word(lang: str) -> None:
    for report in (cases.rich(), cases.empty(), cases.without_claims(), cases.one_claim()):
        for view in VIEWS:
            assert banned(view.render(report, lang), lang) == [], view.name
        assert banned(render_summary(report, lang=lang), lang) == []


def test_a_seed_gives_the_same_report_again_and_another_seed_another() -> None:
    assert digest(generated(1)) == digest(generated(1)) != digest(generated(2))


def test_the_generated_reports_are_of_many_kinds() -> None:
    """So that silence below means something: all checks find something, all grades are given, and every claim count occurs."""
    reports = [generated(seed) for seed in range(90)]
    found = {(f.check, f.grade) for one in reports for a in one.answers if isinstance(a.answer, tuple) for f in a.answer}
    assert {a.check for one in reports for a in one.answers} - {check for check, _ in found} <= {
        "set-copies"
    }  # two have to be alike
    assert len({grade for _, grade in found}) == 5
    assert {len(one.case.claims) for one in reports} == {0, 1, 2, 3}
    assert {steps(card) for one in reports for card in one.case.methods} == {0, 1, 2, 3, 4}


def test_no_generated_report_says_what_none_may_say() -> None:
    assert [fault for seed in (*range(12), 138) for fault in faults(seed, LANGUAGES)] == []


@pytest.mark.slow
@pytest.mark.endurance
@pytest.mark.timeout(0)
def test_ten_thousand_generated_reports_say_nothing_that_none_may_say() -> None:
    assert [fault for seed in range(REPORTS) for fault in faults(seed, LANGUAGES)] == []
