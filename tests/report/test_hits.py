"""What the archives hold of one photo: copies are matches, scenes are not; uses lie in time beside what claims say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from provcheck.domain.archive import Overlay, Relation, Use
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.report import render_html, sentence
from provcheck.report.hits import changed, hits, timeline
from provcheck.report.searches import matches, outcome
from tests.report import cases


def test_a_similar_scene_is_not_numbered_among_the_matches() -> None:
    """It was: two archived pictures, one of them only of a similar scene, stood in one row of numbers."""
    labels = [sentence(text) for text, _ in matches(cases.exhibits()[2])]
    assert labels[0].startswith("Match 1: file “2021-gate.jpg”")
    assert labels[1].startswith("Match 2: ")
    assert labels[2].startswith("Similar scene 1: file “2020-road.jpg”")
    assert [(hit.number, hit.scene) for hit in hits(cases.exhibits()[2])] == [(1, False), (2, False), (1, True)]
    page = render_html(cases.rich())
    assert "1 similar scene, perhaps at another moment or place: not a copy" in page
    assert "Match 3" not in page


def test_a_scene_is_not_counted_as_a_shared_part() -> None:
    assert "2 archived pictures share a part. 1 archived picture shows a similar scene." in sentence(
        outcome(cases.exhibits()[2])[1]
    )


def test_uses_lie_in_time_with_what_claims_say() -> None:
    case = cases.rich().case
    moments = timeline(cases.exhibits()[3], case)
    days = [moment.day for moment in moments]
    assert days == [*sorted(day for day in days if day), None]
    first = moments[0]
    assert (first.day, first.earliest, first.use) == (date(2022, 5, 4), True, cases.OLD.uses[0])
    said = [sentence(moment.what) for moment in moments if moment.use is None]
    assert "Claim B gives this time for the photo: 450 days after the earliest dated use that was found." in said
    assert not any(moment.earliest for moment in moments[1:])


def test_a_scene_has_no_place_in_the_timeline() -> None:
    exhibit = replace(cases.exhibits()[1], parts=cases.parts(cases.shared(Relation.SCENE, "x.jpg", 9, cases.OLD.uses)))
    assert timeline(exhibit, cases.rich().case) == ()


def test_a_claim_before_the_earliest_use_is_said_not_to_follow_it() -> None:
    late = replace(cases.OLD, uses=(Use(publisher="A Daily", published=date(2024, 1, 1)),))
    exhibit = replace(cases.exhibits()[3], reuse=cases.search(late))
    said = [sentence(moment.what) for moment in timeline(exhibit, cases.rich().case) if moment.use is None]
    assert set(said) == {
        f"Claim {letter} gives this time for the photo: not after the earliest dated use that was found."
        for letter in ("A", "B", "C")
    }


def test_what_was_changed_is_said_or_why_it_could_not_be_seen() -> None:
    def said(overlay: Overlay) -> str:
        return sentence(changed(overlay))

    assert said(cases.OVER_OLD).startswith("2 regions differ by more than saving again changes; they are outlined. 97 %")
    same = replace(cases.LAID, comparison=replace(cases.LAID.comparison, changes=()))
    assert said(Overlay("a", "b", Found(same))).startswith("No region differs by more than saving again changes.")
    assert "could not be laid" in said(Overlay("a", "b", Absent()))
    assert said(Overlay("a", "b", Unreadable(cases.words("It is flat.")))).endswith("over the photo: It is flat.")


def test_the_pair_is_switched_by_style_alone() -> None:
    page = render_html(cases.rich())
    assert page.count('type="radio"') == 3
    assert page.count(" checked>") == 1
    assert "<script" not in page
    assert (
        len(re.findall(r'<polygon class="line"[^>]* points="400,300 470,300 470,340 400,340"/>', page)) == 3
    )  # in each of the three ways
