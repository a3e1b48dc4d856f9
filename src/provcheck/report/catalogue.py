"""The sentences of a language: English in `locales/en/*.toml`, each id once; the others in `locales/<lang>.po`, by the same ids."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Final, Union

from provcheck.domain.errors import ProvcheckError
from provcheck.report.figures import plural

SOURCE: Final = "en"
# Each language's plural forms, by CLDR's names, in the order in which gettext numbers them
FORMS: Final = {
    "en": ("one", "other"),
    "de": ("one", "other"),
    "uk": ("one", "few", "many"),
    "ru": ("one", "few", "many"),
    "kk": ("one", "other"),
    "fr": ("one", "other"),
}
LANGUAGES: Final = tuple(FORMS)
# {name}; {name:quote} for untrusted text, {name:date} for ISO 8601, {name:number} for a decimal in a string
SPECS: Final = ("", "quote", "date", "number")
DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")  # of a set of photos, in a card: an argument, so that no translation holds it
UNREVIEWED: Final = "not reviewed by a native speaker"  # what a catalogue states as its last translator until one has

Template = Union[str, Mapping[str, str]]  # one sentence, or its plural forms by name


class CatalogueError(ProvcheckError):
    """A sentence that no catalogue has, or that was given other arguments than it takes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of ours, then (unless `name` is empty) an argument and how it is written."""

    words: str
    name: str = ""
    spec: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence as pieces; a counted one has a form for each plural, chosen by its argument `count`.

    `names` are the arguments that it takes.
    """

    forms: tuple[tuple[str, tuple[Piece, ...]], ...]
    names: frozenset[str]

    def form(self, lang: str, count: object) -> tuple[Piece, ...]:
        """The form for `count`; the last one where the language has none of that name (French "many", for millions)."""
        forms = dict(self.forms)
        last = self.forms[-1][1]
        return forms.get(plural(lang, count), last) if isinstance(count, int) and len(forms) > 1 else last


@cache
def catalogue(lang: str = SOURCE) -> Mapping[str, Message]:
    """Every sentence of `lang` by id. Raises CatalogueError where a template is malformed or the language is none of ours."""
    if lang not in FORMS:
        raise CatalogueError(f"no catalogue for language {lang!r}; there are {', '.join(LANGUAGES)}")
    templates = source() if lang == SOURCE else dict(_translated(lang))
    return {id_: message(id_, template, FORMS[lang]) for id_, template in templates.items()}


def find(id_: str, lang: str = SOURCE) -> Message:
    try:
        return catalogue(lang)[id_]
    except KeyError:
        raise CatalogueError(f"the report has no sentence {id_!r} in language {lang!r}") from None


@cache
def reviewed(lang: str) -> bool:
    """Whether a native speaker has read the catalogue. English is the source."""
    from babel.messages.pofile import read_po

    return lang == SOURCE or read_po(_po(lang).splitlines()).last_translator != UNREVIEWED


@cache
def source() -> Mapping[str, Template]:
    """The English templates by id, in the order of their files. Raises CatalogueError where two files have the same id."""
    templates: dict[str, Template] = {}
    folder = files("provcheck.report") / "locales" / SOURCE
    for file in sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name):
        for id_, template in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if id_ in templates:
                raise CatalogueError(f"{file.name}: {id_} stands in another file as well")
            templates[id_] = template
    return templates | _cards()


def message(id_: str, template: Template, forms: tuple[str, ...]) -> Message:
    if not isinstance(template, str) and (not isinstance(template, Mapping) or tuple(template) != forms):
        raise CatalogueError(f"{id_}: neither a sentence nor its plural forms ({', '.join(forms)})")
    texts = {"other": template} if isinstance(template, str) else template
    pieces = tuple((form, _pieces(id_, text)) for form, text in texts.items())
    names = {piece.name for _, form in pieces for piece in form if piece.name}
    return Message(pieces, frozenset(names | {"count"} if len(pieces) > 1 else names))


def _cards() -> dict[str, str]:
    """The method cards: what each measures, and on what, are sentences as well, and stand in `methods.toml` alone."""
    cards = tomllib.loads((files("provcheck") / "methods.toml").read_text(encoding="utf-8"))
    what = {f"method.{id_}": _literal(card["what"]) for id_, card in cards.items()}
    return what | {
        f"method.{id_}.data": DIGEST.sub("{digest}", _literal(card["data"])) for id_, card in cards.items() if "data" in card
    }


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _po(lang: str) -> str:
    return (files("provcheck.report") / "locales" / f"{lang}.po").read_text(encoding="utf-8")


def _translated(lang: str) -> Iterator[tuple[str, Template]]:
    """Whatever the catalogue has words for; an entry marked fuzzy counts, because its words are better than none."""
    from babel.messages.pofile import read_po  # costs 20 ms: only where a report is written in that language

    for entry in read_po(_po(lang).splitlines()):
        if entry.context is None or not all(entry.string if isinstance(entry.string, tuple) else (entry.string,)):
            continue
        if isinstance(entry.string, tuple):
            yield entry.context, dict(zip(FORMS[lang], entry.string, strict=True))
        else:
            yield entry.context, str(entry.string)


def _pieces(id_: str, template: str) -> tuple[Piece, ...]:
    pieces = []
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as broken:
        raise CatalogueError(f"{id_}: {broken}") from broken
    for words, name, spec, conversion in parsed:
        if name is not None and (not name.isidentifier() or (spec or "") not in SPECS or conversion):
            allowed = ", ".join(f"{{name:{known}}}" if known else "{name}" for known in SPECS)
            raise CatalogueError(f"{id_}: a place is one of {allowed}, not {{{name}:{spec}}}")
        pieces.append(Piece(words, name or "", spec or ""))
    return tuple(pieces)
