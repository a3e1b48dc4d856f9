"""The public edition: nothing that exposes somebody is in any value or view of it, and what the findings say stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from provcheck.domain.case import Received
from provcheck.domain.finding import About, CannotSay, Finding, Leaning
from provcheck.domain.metadata import Field
from provcheck.domain.note import Note
from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateText
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.report import Answered, Edition, Report, Revision
from provcheck.domain.text import say
from provcheck.redact.coarse import coarse
from provcheck.redact.commitment import commitment, new_salt
from provcheck.redact.edition import Public, public
from provcheck.redact.edition_leak import pictures, value_leaks, view_leaks
from provcheck.redact.wipe import BAR, Secrets, found_in, strings, wiped_text
from provcheck.report import VIEWS, read_json, render_json
from provcheck.report.views import View
from tests.report import cases

SALT = "5a" * 32
NAMES = (
    Field("EXIF", "Artist", "Anna Beispiel", "exif.artist"),
    Field("XMP", "creator", "Петро Приклад", "xmp.creator"),
    Field("EXIF", "UserComment", "seen near the silo, call Bert", "exif.user_comment"),
    Field("EXIF", "Make", "Canon", "exif.make"),
)
GONE = (
    *("IMG_2041", "photo_2023-07-29.jpg", "мы.jpg", "convoy.jpg", "parade-rehearsal"),
    *("012345678901", "51.2045", "52.3100", "A000AA163", "B777BB", "Adobe Inc.", "IMG_1.jpg", "18:20"),
    *("Anna", "Beispiel", "Приклад", "seen near the silo", "a staff photographer", "the photographer", "a named editor"),
)


def internal() -> Report:
    """The rich case, with names in a file, findings that quote what must go, notes, and a history of its own."""
    report = cases.rich()
    first, *others = report.case.exhibits
    assert first.evidence is not None
    assert isinstance(first.evidence.plates, Found)
    read, *more = first.evidence.plates.value
    by_hand = PlateText("B777BB99", True, Decimal(1), "RU", "1", "99")
    evidence = replace(first.evidence, fields=Found(NAMES), plates=Found((replace(read, by_hand=by_hand), *more)))
    first = replace(first, evidence=evidence, received=Received("a source", "Signal", datetime(2023, 7, 29, tzinfo=UTC)))
    quoting = (
        quote("same-camera.same", other=2, number="012345678901"),
        quote("plate-format.fits", plates=(say("plate-format.russian", text="A000AA163", kind="1"),), count=1, claimed="RU"),
        quote("position.outside", km="462", place="Atyrau", radius=25),
        quote("position.stated", latitude="51.204512", longitude="52.310021", tag="EXIF GPS"),
    )
    notes = (Note(1, "a named editor", cases.AS_OF, "The hull is a BTR's; Anna said so.", "Whose it is.", 1, public=True),)
    private = (Note(2, "a named editor", cases.AS_OF, "Call the source back.", "", None),)
    return replace(
        report,
        case=replace(report.case, exhibits=(first, *others), notes=notes + private),
        answers=(*report.answers, Answered("quoting", say("position.question"), 1, quoting)),
        revision=Revision(2, "a correction, after Anna wrote", "ab" * 32, (say("position.unclaimed"),)),
    )


def quote(id_: str, **args: object) -> Finding:
    text = say(id_, **args)  # type: ignore[arg-type]
    return Finding("quoting", About(1), Leaning.NEUTRAL, None, text, say("position.unclaimed"), say("position.limit"))


def made(**wish: object) -> Public:
    return public(internal(), {}, commitment=commitment("cd" * 32, SALT), **wish)  # type: ignore[arg-type]


def test_nothing_that_should_go_is_in_any_string_of_it() -> None:
    left = "\n".join(strings(made().report))
    assert [word for word in GONE if word in left] == []
    assert [digest for digest in map(cases.digest, ("old", "journalist/IMG_2041.JPG", "claims")) if digest in left] == []


def test_no_archived_picture_and_no_difference_from_one_stays() -> None:
    assert any(exhibit.overlays for exhibit in internal().case.exhibits)
    assert not any(exhibit.overlays for exhibit in made().report.case.exhibits)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_nothing_that_should_go_is_in_any_view_of_it(view: View, lang: str) -> None:
    written = view.render(made().report, lang)
    assert [word for word in GONE if word in written or json.dumps(word)[1:-1] in written] == []
    assert [word for word in GONE if word in view.render(internal(), lang)] != [] or view.name in ("methods", "mediareview")


def kept(finding: Finding) -> tuple[object, ...]:
    return (finding.about, finding.leaning, finding.grade, finding.summary.id, finding.because.id, finding.does_not_show)


def test_what_the_findings_say_stays() -> None:
    before, after = internal(), made().report
    assert [answered.check for answered in before.answers] == [answered.check for answered in after.answers]
    for one, other in zip(before.answers, after.answers, strict=True):
        if isinstance(one.answer, CannotSay) or isinstance(other.answer, CannotSay):
            assert type(one.answer) is type(other.answer)
            continue
        assert [kept(finding) for finding in one.answer] == [kept(finding) for finding in other.answer]
    for exhibit in before.case.exhibits:
        same = after.case.exhibits[exhibit.number - 1]
        assert [claim.id for claim in before.case.about(exhibit)] == [claim.id for claim in after.case.about(same)]
    assert {claim.by for claim in after.case.claims} == {claim.by for claim in before.case.claims}


def test_distances_are_coarse_and_coordinates_are_gone() -> None:
    answers = [answered.answer for answered in made().report.answers if answered.check == "quoting"]
    assert isinstance(answers[0], tuple)
    arguments = [dict(finding.summary.args) for finding in answers[0]]
    assert arguments[2]["km"] == "≈460"
    assert (arguments[3]["latitude"], arguments[3]["tag"]) == (BAR, "EXIF GPS")


def test_the_region_of_a_plate_stays_where_it_may() -> None:
    assert "163" not in "".join(strings(made().report.answers))
    kept = made(keep_region=True).report
    assert f"{BAR} 163" in set(strings(kept.answers))
    assert f"{BAR} 163" in set(strings(kept.case.exhibits))


def test_what_was_absent_is_still_absent_and_what_was_there_is_said_to_be_left_out() -> None:
    first, second, *_ = made().report.case.exhibits
    assert first.evidence is not None
    assert second.evidence is not None
    assert isinstance(first.evidence.position, Unreadable)
    assert first.evidence.position.reason.id == "redact.left-out"
    assert second.evidence.position == internal().case.exhibits[1].evidence.position  # type: ignore[union-attr]


def test_a_person_s_words_stay_only_where_they_were_meant_to_and_without_the_name() -> None:
    (note,) = made().report.case.notes
    assert (note.by, note.text) == ("", f"The hull is a BTR's; {BAR} said so.")


def test_what_a_person_hides_goes_from_claims_as_well() -> None:
    assert "ministry" in " ".join(strings(made().report.case.claims))
    assert "ministry" not in " ".join(strings(made(hide=("the ministry",)).report))


def test_what_a_person_hides_goes_however_short_it_is_and_not_inside_of_words() -> None:
    left = " ".join(strings(made(hide=("RU", "of")).report.case.claims))
    assert "RU" not in left.split()
    assert "of" not in left.split()
    assert "for" in left.split()


def test_a_claimed_plate_goes_though_nobody_read_it_and_it_is_typed_in_cyrillic() -> None:
    report = internal()
    claim = replace(report.case.claims[0], text="The lorry was В 123 КХ 99, they say.", plates="в123кх-99")
    typed = replace(report, case=replace(report.case, claims=(claim, *report.case.claims[1:])))
    first = public(typed, {}, commitment=commitment("cd" * 32, SALT)).report.case.claims[0]
    assert (first.plates, first.text) == (BAR, f"The lorry was {BAR}, they say.")


def test_the_reason_of_a_revision_stays_and_its_parent_s_digest_goes() -> None:
    revision = made().report.revision
    assert revision is not None
    assert (revision.number, revision.parent, revision.changes) == (2, "", ())
    assert revision.reason == f"a correction, after {BAR} wrote"


def test_it_reads_back_as_a_record_that_says_it_is_public() -> None:
    again = read_json(render_json(made().report))
    assert again == made().report
    assert again.edition is Edition.PUBLIC
    assert (again.custody.claims, again.custody.log) == ("", "")
    assert again.custody.internal == commitment("cd" * 32, SALT)


def test_a_commitment_tells_nothing_without_its_salt() -> None:
    assert len({commitment("cd" * 32, new_salt()) for _ in range(20)}) == 20
    assert commitment("cd" * 32, SALT) != commitment("ce" * 32, SALT)


def test_a_picture_that_was_not_covered_is_a_leak() -> None:
    public_ = made()
    allowed = {picture.data for picture in pictures(public_.report)}
    assert value_leaks(public_.report, public_.secrets, allowed) == ()
    thief = Picture("image/jpeg", 1, 1, b"a thumbnail")
    first, *others = public_.report.case.exhibits
    assert first.evidence is not None
    spoilt = replace(first, evidence=replace(first.evidence, view=Found(thief)))
    report = replace(public_.report, case=replace(public_.report.case, exhibits=(spoilt, *others)))
    assert [leak.id for leak in value_leaks(report, public_.secrets, allowed)] == ["redact.leak.picture"]


@pytest.mark.parametrize("spelling", ["A000AA163", "a000aa 163", "А000АА163", "A 000 AA | 163", "A-000-AA"])
def test_a_plate_is_found_in_every_spelling(spelling: str) -> None:
    assert found_in(f"the lorry {spelling} passed", made().secrets)


@pytest.mark.parametrize(
    "view", ["Anna\\_Beispiel", "&#65;nna", "\\u0041nna", "<b>An</b>na", "ANNA", "IMG\\_2041", "IMG&#95;2041.JPG", "0123456789\\01"]
)
def test_a_secret_is_found_in_a_view_however_it_is_escaped(view: str) -> None:
    assert [leak.id for leak in view_leaks("html", f"<p>{view}</p>", made().secrets, "")] == ["redact.leak.view"]


def test_a_secret_that_is_a_word_of_ours_is_no_leak_of_a_view() -> None:
    secrets = Secrets(("photographer",))
    assert view_leaks("html", "Ask the photographer.", secrets, "Ask the photographer.") == ()
    assert wiped_text("Ask the photographer.", secrets) == f"Ask the {BAR}."


def test_a_single_word_of_a_field_is_wiped_where_it_is_all_and_a_name_everywhere() -> None:
    secrets = Secrets(("Beispiel",), quoted=("test", "two words"))
    assert wiped_text("test", secrets) == BAR
    assert wiped_text("make_test_images by Beispiel, two words", secrets) == f"make_test_images by {BAR}, {BAR}"


def test_the_position_is_found_in_any_shorter_spelling() -> None:
    for spelling in ("51.204512", "51.2045", "51.205", "52.310"):
        assert found_in(f"at {spelling} N", made().secrets), spelling
    assert not found_in("at 51.2 N", made().secrets)


@pytest.mark.parametrize(("km", "told"), [("0.4", "<10"), ("9", "<10"), ("14", "≈10"), (462, "≈460"), ("many", BAR)])
def test_a_distance_is_told_to_ten_kilometres(km: str | int, told: str) -> None:
    text = coarse(say("position.outside", km=km, place="Atyrau", radius=25))
    assert dict(text.args)["km"] == told
