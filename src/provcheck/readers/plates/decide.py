"""Which text, how sure, and has it a country's format? Russian only when nothing else fits; never a vehicle's nationality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, prod

import numpy as np

from provcheck.domain.plate import PlateText
from provcheck.domain.text import Text, say
from provcheck.readers.plates import regions
from provcheck.readers.plates.belief import Belief
from provcheck.readers.plates.formats import RUSSIAN, Format, written
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.refine import FIELDS
from provcheck.readers.plates.rule import called, meaning_of, names
from provcheck.readers.plates.signs import Sign, rounded, signs_of

Fields = tuple[float, ...]  # the probability of each of FIELDS


def decided(looks: Sequence[Floats], belief: Belief, fields: Fields, whole: bool, limits: Mapping[str, float]) -> PlateText:
    """The reading of one plate, from all looks at it. `whole` is False where the picture's edge cuts it."""
    form = form_of(belief, fields)
    text = written(belief.best.text, form) if form else belief.best.text
    signs = signs_of(looks, text)
    alike = tuple(other for other in belief.best.forms if agreement(other, fields) >= 1 - limits["colour"])
    doubts = doubts_of(belief, form, alike, signs, whole, limits)
    ground_agrees = form is not None and agreement(form, fields) >= limits["colour"]
    said = called(None if doubts else form, text, alike, ground_agrees, _rivals(belief, fields, limits))
    code = form.code(text) if form and said.country == "RU" else ""
    return PlateText(
        text=form.folded(text) if form else text,
        certain=not doubts,
        score=rounded(belief.p),
        format=said.country,
        kind=said.kind,
        region=code,
        characters=tuple(sign.character() for sign in _ordered(signs, form)),
        field=FIELDS[int(np.argmax(fields))],
        fits=names(alike),
        meaning=meaning_of(form, text) if form and code else (),
        decision=(*doubts, *said.why),
    )


def form_of(belief: Belief, fields: Fields) -> Format | None:
    """The form that the most believed text is written in: of several the one whose colour agrees and that allows least else."""

    def weight(form: Format) -> float:
        narrow = prod(len(RUSSIAN) / len(signs) for signs in form.signs if not signs[0].isdigit() and len(signs) > 1)
        return narrow * max(0.02, sum(p for name, p in zip(FIELDS, fields, strict=True) if name in form.fields))

    return max(belief.best.forms, key=weight, default=None)


def agreement(form: Format, fields: Fields) -> float:
    """How probable one of the form's field colours is."""
    return sum(p for name, p in zip(FIELDS, fields, strict=True) if name in form.grounds)


def _ordered(signs: tuple[Sign, ...], form: Format | None) -> tuple[Sign, ...]:
    """As the text is shown: the region last."""
    first, end = form.region if form else (0, 0)
    return (*signs[:first], *signs[end:], *signs[first:end]) if end else signs


def doubts_of(
    belief: Belief, form: Format | None, alike: Sequence[Format], signs: tuple[Sign, ...], whole: bool, limits: Mapping[str, float]
) -> tuple[Text, ...]:
    """Why the text is not certain; empty when it is. `alike` are the forms that it may have on a ground of this colour."""
    found = []
    if form is None:
        found.append(say("plates.no-known-form"))
    unlisted = form is not None and _has_unlisted_code(form, written(belief.best.text, form))
    if belief.p < limits["certain_unlisted" if unlisted else "certain"]:
        found.append(say("plates.weak-reading"))
    weak = sum(sign.p < limits["character"] for sign in signs)
    if weak or not signs:
        found.append(say("plates.weak-characters", count=weak, least=f"{limits['character']:.2f}"))
    if form is not None and _is_zero_or_oh(belief.best.text, form, alike):
        found.append(say("plates.zero-or-oh"))
    if not whole:
        found.append(say("plates.cut"))
    return tuple(found)


def _is_zero_or_oh(text: str, form: Format, alike: Sequence[Format]) -> bool:
    """Whether another form that fits writes an O where this one writes a 0.

    Russian letters are lower than the digits, so the picture tells the two apart, unless the text may be another country's;
    elsewhere they often look the same.
    """
    rivals = [other for other in alike if other.country not in ("RU", "other")] if form.country == "RU" else alike
    return any(written(text, other) != written(text, form) for other in rivals)


def _has_unlisted_code(form: Format, text: str) -> bool:
    """The defence ministry's codes are its own; there is no list to hold them against."""
    return form.country == "RU" and form.fields != ("black",) and not regions.listed(form.code(text))


def _rivals(belief: Belief, fields: Fields, limits: Mapping[str, float]) -> tuple[Text, ...]:
    """Foreign forms on a ground that is not excluded, whose best text is not far enough behind."""
    near = [
        form
        for item in belief.candidates[1:]
        if item.mass * exp(limits["foreign"]) > belief.best.mass
        for form in item.forms
        if form.country != "RU" and agreement(form, fields) > 1 - limits["colour"]
    ]
    return (say("plates.foreign-close", forms=", ".join(names(near))),) if near else ()
