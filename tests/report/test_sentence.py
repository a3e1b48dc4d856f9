"""Texts become sentences; the catalogue is strict about ids and arguments."""

from __future__ import annotations

import pytest

from provcheck.domain.text import Text, say
from provcheck.report import sentence
from provcheck.report.catalogue import CatalogueError
from provcheck.report.sentence import markup
from provcheck.report.wording import photo_list


def test_one_is_singular_and_none_is_plural() -> None:
    counted = [sentence(say("terminal.questions", count=count)) for count in (0, 1, 2)]
    assert counted == ["0 questions are open", "1 question is open", "2 questions are open"]


def test_phrases_are_listed_and_sentences_follow_each_other() -> None:
    codes = tuple(say("part.code", code=code) for code in ("KZ", "RU", "UA"))
    assert sentence(say("part.code", code=codes)) == "KZ, RU and UA"
    whole = tuple(say("part.code", code=code) for code in ("One.", "Two."))
    assert sentence(say("part.code", code=whole)) == "One. Two."


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2023-07-29", "29 July 2023"),
        ("2023-07-29T10:12:03", "29 July 2023, 10:12:03"),
        ("2023-07-29T10:12:03.250000", "29 July 2023, 10:12:03"),
        ("2023-07-29T10:12:03+05:00", "29 July 2023, 10:12:03 (UTC+05:00)"),
        ("2023-07-29T10:12:03-03:30", "29 July 2023, 10:12:03 (UTC-03:30)"),
        ("0000:00:00 \x1b", "0000:00:00 ␛"),
    ],
)
def test_a_date_is_written_out_with_its_zone(iso: str, written: str) -> None:
    assert sentence(say("part.day", day=iso)) == written


def test_a_quotation_is_framed_and_isolated() -> None:
    text = say("part.words", words="<b>\u202e")
    assert sentence(text) == "“<b>⟨202E⟩”"
    assert markup(text) == '“<bdi lang="">&lt;b&gt;⟨202E⟩</bdi>”'


def test_photos_in_a_row_are_written_as_a_range() -> None:
    given = [(1,), (1, 2), (1, 3), (1, 2, 3), (1, 2, 4, 5, 6, 8)]
    written = ["Photo 1", "Photos 1 and 2", "Photos 1 and 3", "Photos 1–3", "Photos 1, 2, 4–6 and 8"]
    assert [sentence(photo_list(numbers)) for numbers in given] == written


def test_large_numbers_get_separators_and_years_do_not() -> None:
    assert sentence(say("report.photo", number=2023)) == "Photo 2023"
    assert sentence(say("report.photo", number=412_903)) == "Photo 412,903"


@pytest.mark.parametrize("text", [Text("no.such"), say("part.words"), say("part.words", words="a", more="b")])
def test_a_sentence_that_does_not_exist_or_fit_is_refused(text: Text) -> None:
    with pytest.raises(CatalogueError):
        sentence(text)
