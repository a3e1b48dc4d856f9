"""When may a text be called a country's format? The same rule for a machine's reading and for a person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provcheck.domain.text import Text, say
from provcheck.readers.plates import regions
from provcheck.readers.plates.formats import Format, fits, formats

UNDETERMINED = "undetermined"
OPEN = say("plates.format-undetermined")


@dataclass(frozen=True, slots=True)
class Called:
    """A country or UNDETERMINED, the kind of its plate, and why."""

    country: str
    kind: str
    why: tuple[Text, ...]


def called(form: Format | None, text: str, alike: Sequence[Format], ground_agrees: bool, against: tuple[Text, ...] = ()) -> Called:
    """`form` wrote the text; `alike` are the forms that it can have on this ground; `against` speaks against a Russian one."""
    if form is None:
        return Called(UNDETERMINED, "", (OPEN,))
    if form.country == "RU":
        why = (*_against_russian(form, text, alike, ground_agrees), *against)
        if why:
            return Called(UNDETERMINED, "", (*why, OPEN))
        return Called("RU", form.kind, (say("plates.format-russian", kind=form.kind), *_or_negative(form, text)))
    if form.country == "no code":
        return Called(UNDETERMINED, "", (say("plates.no-code"), OPEN))
    countries = {other.country for other in alike}
    if countries == {form.country} and form.country != "other":
        return Called(form.country, form.kind, (say("plates.format-foreign", country=form.country, kind=form.kind),))
    return Called(UNDETERMINED, "", (say("plates.several-formats", count=len(countries)), OPEN))


def _against_russian(form: Format, text: str, alike: Sequence[Format], ground_agrees: bool) -> tuple[Text, ...]:
    """A coloured ground tells a Russian plate from foreign ones with its text; then its code must be a listed one."""
    clash = any(other.country != "RU" for other in alike)
    told_by_ground = form.fields != ("white",) and (form.fields == ("black",) or regions.listed(form.code(text)))
    found = []
    if not form.alone or (clash and not told_by_ground):
        found.append(say("plates.shared-form", kind=form.kind))
    if not ground_agrees:
        found.append(say("plates.colour-disagrees", kind=form.kind))
    return tuple(found)


def _or_negative(form: Format, text: str) -> tuple[Text, ...]:
    """Light signs on black are also what a negative shows of a white plate with the same text."""
    if form.fields != ("black",):
        return ()
    white = {
        other.kind: other
        for other in formats()
        if other.country == "RU" and other.fields == ("white",) and other.rows == form.rows and fits(text, other)
    }
    return tuple(say("plates.or-negative", kind=kind) for kind in white)


def meaning_of(form: Format, text: str) -> tuple[Text, ...]:
    """What the code of a Russian form stands for, and whether such a serial is issued."""
    code = form.code(text)
    said = (say("plates.military-code", code=code),) if form.fields == ("black",) else _of_the_list(code)
    serial = "".join(sign for sign in form.folded(text)[: -len(code)] if sign.isdigit())
    return (*said, say("plates.zero-serial")) if set(serial) == {"0"} else said


def _of_the_list(code: str) -> tuple[Text, ...]:
    return (*regions.meaning(code), say("plates.region-list", day=regions.checked()))


def names(forms: Sequence[Format]) -> tuple[str, ...]:
    """The forms as a report lists them: "RU 1", "KZ 2012"."""
    return tuple(dict.fromkeys(f"{form.country} {form.kind}".strip() for form in forms))
