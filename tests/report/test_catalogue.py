"""Every sentence that the code says exists, takes what it is given, is used, and is free of banned words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from provcheck.pipeline import method_cards
from provcheck.readers.plates.regions import regions
from provcheck.report import catalogue
from provcheck.report.catalogue import CatalogueError

SOURCE = Path(catalogue.__file__).parents[1]
TEMPLATES = SOURCE / "report" / "templates"
CALL = re.compile(r"""\b(?:t|plain|css_text)\(\s*"([\w.-]+)"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)""")
ARGUMENT = re.compile(r"(?:^|,)\s*(\w+)=")


def said() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Where, id and argument names of every sentence in code and templates; None for names that only the run knows."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("say"), [ast.Constant(id_)], keywords):
                    names = [keyword.arg for keyword in keywords]
                    known = None if None in names else frozenset(name for name in names if name)
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", str(id_), known
                case ast.Call(ast.Name("say")):
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", "an id that is not literal", None
    for file in sorted(TEMPLATES.iterdir()):
        for match in CALL.finditer(file.read_text(encoding="utf-8")):
            yield file.name, match[1], frozenset(ARGUMENT.findall(match[2]))
    yield from listed()


def listed() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Sentences that stand in a table: frames around what is written already, method cards, regions."""
    for id_ in ("list.quote", "list.middle", "list.end", "list.colon", "date.day", "date.time", "date.utc", "date.zoned"):
        yield "sentence.py", id_, None
    yield "records of an earlier provcheck", "earlier-use.before", None  # its number of days has no plural
    for card in method_cards():
        yield "methods.toml", f"method.{card.id}", frozenset()
        if card.data:
            yield "methods.toml", f"method.{card.id}.data", None
    for assignments in regions().values():
        for assignment in assignments:
            yield "regions.toml", assignment.named.id, frozenset()


def test_every_sentence_that_is_said_exists() -> None:
    assert [(where, id_) for where, id_, _ in said() if id_ not in catalogue.catalogue()] == []


def test_every_sentence_is_given_the_arguments_that_it_takes() -> None:
    known = [(where, id_, names, catalogue.catalogue()[id_].names) for where, id_, names in said() if id_ in catalogue.catalogue()]
    assert [entry for entry in known if entry[2] is not None and entry[2] != entry[3]] == []


def test_every_sentence_is_said_somewhere() -> None:
    assert sorted(set(catalogue.catalogue()) - {id_ for _, id_, _ in said()}) == []


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.html")), ids=lambda file: file.name)
def test_a_template_holds_no_words_of_its_own(file: Path) -> None:
    """So that a page can be translated: all words come from the catalogue. Commands and units of code are exempt."""
    bare = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!DOCTYPE[^>]*>|<pre>.*?</pre>", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    attributes = re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"]*[A-Za-z][^"]*)"', bare)
    text = re.sub(r"<[^>]*>", " ", bare)
    assert not re.search(r"[A-Za-z]", text), text.split()
    assert not attributes


def test_two_files_with_the_same_sentence_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locales" / "en"
    folder.mkdir(parents=True)
    for name in ("a.toml", "b.toml"):
        (folder / name).write_text('"same.id" = "Words."\n', encoding="utf-8")
    catalogue.catalogue.cache_clear()
    catalogue.source.cache_clear()
    monkeypatch.setattr(catalogue, "files", lambda _: tmp_path)
    try:
        with pytest.raises(CatalogueError, match="another file"):
            catalogue.catalogue("en")
    finally:
        catalogue.catalogue.cache_clear()
        catalogue.source.cache_clear()


@pytest.mark.parametrize("template", ["{a.b}", "{a!r}", "{0}", "{a:>10}", "{", "{}"])
def test_a_template_takes_plain_names_only(template: str) -> None:
    with pytest.raises(CatalogueError):
        catalogue.message("id", template, catalogue.FORMS["en"])


def test_plural_forms_need_the_form_other() -> None:
    with pytest.raises(CatalogueError):
        catalogue.message("id", {"one": "{count} photo"}, catalogue.FORMS["en"])
