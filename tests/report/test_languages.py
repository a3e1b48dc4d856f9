"""Every language says every sentence, with the same arguments, in its own plural forms, and none says a banned word."""

from __future__ import annotations

import gettext
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from provcheck.cli.options import LANGUAGES as OFFERED
from provcheck.domain.text import say
from provcheck.report import VIEWS, catalogue, render_html, render_summary, sentence
from provcheck.report.catalogue import FORMS, LANGUAGES, CatalogueError
from provcheck.report.figures import plural
from tests.report import cases

ROOT = Path(__file__).parents[2]
OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_has_words_and_takes_what_the_english_one_takes(lang: str) -> None:
    """What is named here needs its translation: CONTRIBUTING.md, "Adding a sentence"."""
    english, words = catalogue.catalogue(), catalogue.catalogue(lang)
    assert sorted(set(english) - set(words)) == []
    assert sorted(set(words) - set(english)) == []
    assert [id_ for id_ in english if english[id_].names != words[id_].names] == []


def test_the_catalogues_are_in_step_with_the_english_sentences() -> None:
    """Nothing missing, and nothing translated from an English sentence that has changed since."""
    done = subprocess.run([sys.executable, "scripts/catalogues.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("lang", OTHERS)
def test_gettext_chooses_the_form_that_unicode_names(lang: str) -> None:
    """The rule in the catalogue's head, for translators' tools, agrees with CLDR's, by which provcheck chooses."""
    rule = gettext.c2py(read_po(catalogue._po(lang).splitlines()).plural_expr)
    assert [(n, rule(n)) for n in range(1200) if FORMS[lang][rule(n)] != plural(lang, n)] == []


def test_the_command_line_offers_the_languages_that_there_are() -> None:
    assert OFFERED == LANGUAGES


@pytest.mark.parametrize("lang", OTHERS)
def test_a_report_says_that_no_native_speaker_has_read_its_language(lang: str) -> None:
    note = sentence(say("report.unreviewed"), lang)
    assert catalogue.UNREVIEWED in catalogue._po(lang)
    assert note in render_html(cases.rich(), lang)
    assert note[:40] in render_summary(cases.rich(), lang=lang)
    assert note not in render_html(cases.rich())
    assert f'<html lang="{lang}">' in render_html(cases.rich(), lang)


@pytest.mark.parametrize("lang", ["uk", "ru", "fr"])
def test_a_form_that_stands_for_several_numbers_says_which(lang: str) -> None:
    """ "one" is 1, 21, 31 in Slavic languages and 0 and 1 in French: it has to hold the number if any form does."""
    for id_, message in catalogue.catalogue(lang).items():
        counted = ["count" in {piece.name for piece in pieces} for _, pieces in message.forms]
        assert all(counted) or not any(counted), id_


def test_a_language_without_a_catalogue_is_named() -> None:
    with pytest.raises(CatalogueError, match="'xx'"):
        sentence(say("report.reuse"), "xx")


@pytest.mark.parametrize(
    ("lang", "counted"),
    [
        ("en", ["0 photos", "1 photo", "2 photos", "5 photos", "21 photos"]),
        ("de", ["0 Fotos", "1 Foto", "2 Fotos", "5 Fotos", "21 Fotos"]),
        ("uk", ["0 фотографій", "1 фотографія", "2 фотографії", "5 фотографій", "21 фотографія"]),
        ("ru", ["0 фотографий", "1 фотография", "2 фотографии", "5 фотографий", "21 фотография"]),
        ("kk", ["0 фотосурет", "1 фотосурет", "2 фотосурет", "5 фотосурет", "21 фотосурет"]),
        ("fr", ["0 photo", "1 photo", "2 photos", "5 photos", "21 photos"]),
    ],
)
def test_things_are_counted_as_each_language_counts(lang: str, counted: list[str]) -> None:
    assert [sentence(say("report.count.photos", count=count), lang) for count in (0, 1, 2, 5, 21)] == counted


@pytest.mark.parametrize(
    ("lang", "day", "number", "rate"),
    [
        ("en", "29 July 2023, 10:12:03 (UTC+05:00)", "412,903 photos", "lower 95 % bound 89.8 %"),
        ("de", "29. Juli 2023, 10:12:03 (UTC+05:00)", "412.903 Fotos", "untere 95-%-Grenze 89,8 %"),
        ("uk", "29 липня 2023 року, 10:12:03 (UTC+05:00)", "412 903 фотографії", "нижня межа 95 %: 89,8 %"),
        ("ru", "29 июля 2023 года, 10:12:03 (UTC+05:00)", "412 903 фотографии", "нижняя граница 95 %: 89,8 %"),
        ("kk", "2023 жылғы 29 шілде, 10:12:03 (UTC+05:00)", "412 903 фотосурет", "95 % төменгі шегі: 89,8 %"),
        ("fr", "29 juillet 2023, 10:12:03 (UTC+05:00)", "412 903 photos", "borne inférieure à 95 % : 89,8 %"),
    ],
)
def test_days_and_numbers_are_written_as_in_each_language(lang: str, day: str, number: str, rate: str) -> None:
    def plain(text: str) -> str:
        return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert plain(sentence(say("part.day", day="2023-07-29T10:12:03+05:00"), lang)) == day
    assert plain(sentence(say("report.count.photos", count=412_903), lang)) == number
    assert plain(sentence(say("report.methods.at-least", percent="89.8"), lang)) == rate


@pytest.mark.parametrize("hostile", ["1e999999999", "NaN", "9" * 5000, "१२", "-", ""])
def test_what_is_no_number_is_shown_as_it_stands(hostile: str) -> None:
    assert sentence(say("report.methods.at-least", percent=hostile), "de").startswith("untere 95-%-Grenze")
    assert sentence(say("report.photo", number=10**400)).startswith("Photo 1000")


@pytest.mark.parametrize("lang", OTHERS)
def test_every_view_is_written_in_every_language(lang: str) -> None:
    for report in (cases.rich(), cases.empty(), cases.without_claims(), cases.one_claim()):
        for view in VIEWS:
            same = view.render(report, lang) == view.render(report, "en")
            assert same == (view.name in ("csv", "json")), (
                view.name
            )  # the cases' own sentences have no language, and a sheet holds no other
