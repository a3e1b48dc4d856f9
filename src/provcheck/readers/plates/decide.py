"""Which text, how sure, and has it a country's format? Russian only when nothing else fits; never a vehicle's nationality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import exp, prod

import numpy as np

from provcheck.domain.plate import PlateText
from provcheck.domain.text import Text, say
from provcheck.readers.plates import regions
from provcheck.readers.plates.belief import Belief, allowed_grounds
from provcheck.readers.plates.formats import RUSSIAN, Format, written
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.refine import FIELDS
from provcheck.readers.plates.signs import Sign, signs_of

UNDETERMINED = "undetermined"
Fields = tuple[float, ...]  # the probability of each of FIELDS


def decided(looks: Sequence[Floats], belief: Belief, fields: Fields, whole: bool, limits: Mapping[str, float]) -> PlateText:
    """The reading of one plate, from all looks at it. `whole` is False where the picture's edge cuts it."""
    form = form_of(belief, fields)
    text = written(belief.best.text, form) if form else belief.best.text
    signs = signs_of(looks, text)
    doubts = doubts_of(belief, form, text, signs, whole, limits)
    alike = tuple(other for other in belief.best.forms if agreement(other, fields) >= 1 - limits["colour"])
    country, kind, why = _format(belief, form, alike, fields, not doubts, limits)
    code = form.code(text) if form and country == "RU" else ""
    return PlateText(
        text=form.folded(text) if form else text,
        certain=not doubts,
        score=Decimal(f"{belief.p:.3f}"),
        format=country,
        kind=kind,
        region=code,
        characters=tuple(sign.character() for sign in _ordered(signs, form)),
        field=FIELDS[int(np.argmax(fields))],
        fits=tuple(dict.fromkeys(f"{other.country} {other.kind}".strip() for other in alike)),
        meaning=meaning_of(form, text) if form and code else (),
        decision=(*doubts, *why),
    )


def form_of(belief: Belief, fields: Fields) -> Format | None:
    """The form that the most believed text is written in: of several the one whose colour agrees and that allows least else."""

    def weight(form: Format) -> float:
        narrow = prod(len(RUSSIAN) / len(signs) for signs in form.signs if not signs[0].isdigit() and len(signs) > 1)
        return narrow * max(0.02, sum(p for name, p in zip(FIELDS, fields, strict=True) if name in form.fields))

    return max(belief.best.forms, key=weight, default=None)


def agreement(form: Format, fields: Fields) -> float:
    """How probable one of the form's field colours is."""
    return sum(p for name, p in zip(FIELDS, fields, strict=True) if name in allowed_grounds(form))


def _ordered(signs: tuple[Sign, ...], form: Format | None) -> tuple[Sign, ...]:
    """As the text is shown: the region last."""
    first, end = form.region if form else (0, 0)
    return (*signs[:first], *signs[end:], *signs[first:end]) if end else signs


def doubts_of(
    belief: Belief, form: Format | None, text: str, signs: tuple[Sign, ...], whole: bool, limits: Mapping[str, float]
) -> tuple[Text, ...]:
    """Why the text is not certain; empty when it is."""
    found = []
    if form is None:
        found.append(say("plates.no-known-form"))
    unlisted = form is not None and _has_unlisted_code(form, text)
    if belief.p < limits["certain_unlisted" if unlisted else "certain"]:
        found.append(say("plates.weak-reading"))
    weak = sum(sign.p < limits["character"] for sign in signs)
    if weak or not signs:
        found.append(say("plates.weak-characters", count=weak, least=f"{limits['character']:.2f}"))
    if not whole:
        found.append(say("plates.cut"))
    return tuple(found)


def _has_unlisted_code(form: Format, text: str) -> bool:
    """The defence ministry's codes are its own; there is no list to hold them against."""
    return form.country == "RU" and form.fields != ("black",) and not regions.listed(form.code(text))


def _format(
    belief: Belief, form: Format | None, alike: tuple[Format, ...], fields: Fields, certain: bool, limits: Mapping[str, float]
) -> tuple[str, str, tuple[Text, ...]]:
    """(country or "undetermined", kind, sentences)."""
    open_ = say("plates.format-undetermined")
    if form is None or not certain:
        return UNDETERMINED, "", (open_,)
    if form.country == "RU":
        why = _against_russian(belief, form, alike, fields, limits)
        return (UNDETERMINED, "", (*why, open_)) if why else ("RU", form.kind, (say("plates.format-russian", kind=form.kind),))
    if form.country == "no code":
        return UNDETERMINED, "", (say("plates.no-code"), open_)
    countries = sorted({other.country for other in alike})
    if countries == [form.country] and form.country != "other":
        return form.country, form.kind, (say("plates.format-foreign", country=form.country, kind=form.kind),)
    return UNDETERMINED, "", (say("plates.several-formats", count=len(countries)), open_)


def _against_russian(
    belief: Belief, form: Format, alike: tuple[Format, ...], fields: Fields, limits: Mapping[str, float]
) -> tuple[Text, ...]:
    """Why a text that a Russian form wrote best is still not called Russian-format."""
    found = []
    clash = {other.country for other in alike} - {"RU"}
    # A yellow, blue, black or red ground tells a Russian plate from foreign ones with its text; then the code must be a listed one.
    told_by_ground = form.fields != ("white",) and (form.fields == ("black",) or regions.listed(form.code(belief.best.text)))
    if not form.alone or (clash and not told_by_ground):
        found.append(say("plates.shared-form", kind=form.kind))
    if agreement(form, fields) < limits["colour"]:
        found.append(say("plates.colour-disagrees", kind=form.kind))
    rivals = [
        item
        for item in belief.candidates[1:]
        if item.mass * exp(limits["foreign"]) > belief.best.mass
        and any(other.country != "RU" and agreement(other, fields) > 1 - limits["colour"] for other in item.forms)
    ]
    if rivals:
        found.append(say("plates.foreign-close", text=rivals[0].text, forms=_names(rivals[0].forms)))
    return tuple(found)


def _names(forms: tuple[Format, ...]) -> str:
    return ", ".join(dict.fromkeys(f"{form.country} {form.kind}".strip() for form in forms if form.country != "RU"))


def meaning_of(form: Format, text: str) -> tuple[Text, ...]:
    """What the code of a Russian form stands for, and whether such a serial is issued."""
    code = form.code(text)
    said = (say("plates.military-code", code=code),) if form.fields == ("black",) else regions.meaning(code)
    serial = "".join(sign for sign in form.folded(text)[: -len(code)] if sign.isdigit())
    return (*said, say("plates.zero-serial")) if set(serial) == {"0"} else said
