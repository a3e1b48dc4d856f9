"""The sentences of a language: `locales/<lang>/*.toml`, merged, each id once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from provcheck.domain.errors import ProvcheckError

SPECS = ("", "quote", "date")  # {name}, {name:quote} for untrusted text, {name:date} for ISO 8601
PLURALS = {"one", "few", "many", "other"}  # CLDR's names of the forms


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
    """One sentence as pieces, in the form "other"; a counted one has a form for each plural, chosen by its argument `count`."""

    forms: tuple[tuple[str, tuple[Piece, ...]], ...]

    @property
    def names(self) -> frozenset[str]:
        """The arguments that it takes."""
        named = {piece.name for _, pieces in self.forms for piece in pieces if piece.name}
        return frozenset(named | {"count"} if len(self.forms) > 1 else named)

    def form(self, lang: str, count: object) -> tuple[Piece, ...]:
        forms = dict(self.forms)
        return forms.get(plural(lang, count) if isinstance(count, int) else "other", forms["other"])


def plural(lang: str, count: int) -> str:
    """CLDR's plural category of a whole number; English is the only language so far."""
    if lang != "en":
        raise CatalogueError(f"no plural rule for language {lang!r}")
    return "one" if count == 1 else "other"


@cache
def catalogue(lang: str = "en") -> Mapping[str, Message]:
    """Every sentence of `lang` by id. Raises CatalogueError where two files have the same id or a template is malformed."""
    messages: dict[str, Message] = {}
    folder = files("provcheck.report") / "locales" / lang
    for file in sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name):
        for id_, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if id_ in messages:
                raise CatalogueError(f"{file.name}: {id_} stands in another file as well")
            messages[id_] = _message(id_, value)
    return messages


def find(id_: str, lang: str = "en") -> Message:
    try:
        return catalogue(lang)[id_]
    except KeyError:
        raise CatalogueError(f"the report has no sentence {id_!r} in language {lang!r}") from None


def _message(id_: str, value: object) -> Message:
    forms = {"other": value} if isinstance(value, str) else value
    if not isinstance(forms, dict) or "other" not in forms or not set(forms) <= PLURALS:
        raise CatalogueError(f"{id_}: neither a sentence nor its plural forms (one, other)")
    return Message(tuple((form, _pieces(id_, str(template))) for form, template in sorted(forms.items())))


def _pieces(id_: str, template: str) -> tuple[Piece, ...]:
    pieces = []
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as broken:
        raise CatalogueError(f"{id_}: {broken}") from broken
    for words, name, spec, conversion in parsed:
        if name is not None and (not name.isidentifier() or (spec or "") not in SPECS or conversion):
            raise CatalogueError(f"{id_}: a place is {{name}}, {{name:quote}} or {{name:date}}, not {{{name}:{spec}}}")
        pieces.append(Piece(words, name or "", spec or ""))
    return tuple(pieces)
