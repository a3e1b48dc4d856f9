"""The five pillars stand in every report, and the timeline holds every dated fact with its zone, source and precision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provcheck.domain.report import Report
from provcheck.report import render_html, sentence
from provcheck.report.markdown import render_markdown
from provcheck.report.pillars import pillars
from provcheck.report.timeline import timeline
from tests.report import cases
from tests.report.generated import generated

ALL = [cases.rich(), cases.empty(), cases.without_claims(), cases.one_claim()]


@pytest.mark.parametrize("report", ALL)
def test_every_report_has_the_five_pillars_and_leaves_two_to_a_person(report: Report) -> None:
    names = [sentence(pillar.name) for pillar in pillars(report)]
    assert names == ["provenance", "source", "date", "location", "motivation"]
    assert [pillar.person for pillar in pillars(report)] == [False, True, False, False, True]
    assert (
        render_html(report).count("Only a person can answer this.")
        == render_markdown(report).count("Only a person can answer this.")
        == 2
    )


def test_a_pillar_holds_what_its_checks_saw_strongest_first_and_counts_the_rest() -> None:
    for report in (cases.rich(), *map(generated, range(8))):
        for pillar in pillars(report):
            strengths = [known.observation.strength for known in pillar.known]
            assert strengths == sorted(strengths, reverse=True)
            assert len(strengths) <= 3
            assert not pillar.more or len(strengths) == 3
    date = next(pillar for pillar in pillars(cases.rich()) if sentence(pillar.name) == "date")
    assert {known.observation.check for known in date.known} == {
        "capture-time",
        "reuse",
    }  # what was published before a day was not taken on it


def test_the_timeline_is_in_the_order_of_time_and_says_whose_how_and_how_exactly() -> None:
    facts = [
        " | ".join(sentence(text) for text in (one.when, one.what, one.zone, one.source, one.precision))
        for one in timeline(cases.rich())
    ]
    published = "4 May 2022 | this picture, or a part of it, published by “A Daily”, says its entry"
    assert facts[0] == f"{published} | of the place, not stated | photo archive “old” | a day"
    captured = "29 July 2023, 10:12:03 (UTC+05:00) = 29 July 2023, 05:12:03 UTC | captured, says the file's clock"
    assert f"{captured} | stated | the file (EXIF DateTimeOriginal) | to the second" in facts
    assert "28 July 2023 to 29 July 2023 | taken, says the claim | of the place, not stated | claim B | 2 days" in facts
    assert [one.at for one in timeline(cases.rich())] == sorted(one.at for one in timeline(cases.rich()))
    unzoned = next(fact for fact in facts if "11 June 2022" in fact)
    assert unzoned.endswith("up to a day off for want of a zone")


def test_a_similar_scene_is_no_publication_of_the_picture() -> None:
    report = cases.rich()
    *_, scene = report.case.exhibits[2].parts.value.shared  # type: ignore[union-attr]  # the case's third photo has three
    assert scene.verdict.value == "scene"
    alone = replace(report.case.exhibits[2], number=1, parts=cases.parts(scene), reuse=cases.search())
    case = replace(report.case, claims=(), exhibits=(alone,))
    assert [one for one in timeline(replace(report, case=case, answers=())) if "published" in sentence(one.what)] == []


def test_the_same_fact_of_several_photos_stands_once() -> None:
    for report in (cases.rich(), *map(generated, range(8))):
        told = [(one.when, one.what, one.zone, one.source) for one in timeline(report)]
        assert len(told) == len(set(told))


def test_an_archived_picture_that_several_photos_match_is_written_once() -> None:
    page = render_html(cases.rich())
    shelf = [part.split('"', 1)[0] for part in page.split('<image id="archived-')[1:]]
    assert shelf == [str(number) for number in range(1, len(shelf) + 1)]
    assert shelf
