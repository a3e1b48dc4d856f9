"""Which text, how sure, and has it a country's format? Russian only when nothing else fits; never a vehicle's nationality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import log

import numpy as np

from provcheck.domain.plate import PlateCharacter, PlateText
from provcheck.domain.text import Text, say
from provcheck.readers.plates import regions
from provcheck.readers.plates.decode import Path, best_paths, free, merged_blanks, near, probability
from provcheck.readers.plates.formats import RUSSIAN, Format, fits, formats
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.read import ALPHABET
from provcheck.readers.plates.refine import FIELDS

UNDETERMINED = "undetermined"
TWINS = {"0": "O", "O": "0"}  # one sign in many plate faces: the place decides which, not the picture
SHOWN = 3  # runners-up per character
UNLIKELY = 0.01  # runners-up below this are not shown
FREEDOM = 6.0  # nats that a text without any known form must be likelier by, before it is preferred to one with a form
LEAST = 4  # a plate has at least so many signs; less is dirt, a bolt, a frame


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A form and its likeliest text. `weight` is comparable over forms: a grammar that allows more letters must earn it."""

    form: Format
    path: Path
    weight: float


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a reading is: its weakest sign, its probability, its lead over another text in nats."""

    weakest: float
    whole: float
    lead: float


def strength(steps: Floats, path: Path, ranked: list[Hypothesis], characters: list[PlateCharacter]) -> Strength:
    rival = max((item.path.log_p for item in ranked if item.path.text != path.text), default=-1e9)
    return Strength(min(float(sign.p) for sign in characters), probability(steps, path.text), path.log_p - rival)


def chosen(ranked: list[Hypothesis], loose: Path) -> Hypothesis | None:
    """The best hypothesis, or None where a text of no known form is far likelier."""
    return ranked[0] if ranked and ranked[0].path.log_p > loose.log_p - FREEDOM else None


def decided(
    steps: Floats, fields: tuple[float, ...], two_rows: bool, agreed: bool, whole: bool, limits: Mapping[str, float]
) -> PlateText | None:
    """The reading of one strip; None where too few signs stand on it to be a plate's."""
    squeezed = merged_blanks(steps)
    loose = free(squeezed)
    if len(loose.text) < LEAST:
        return None
    ranked = hypotheses(squeezed, loose, fields, two_rows)
    best = chosen(ranked, loose)
    path = best.path if best else loose
    characters = characters_of(squeezed, path)
    field = FIELDS[int(np.argmax(fields))]
    strong = strength(squeezed, path, ranked, characters)
    doubts = _doubts(path, best, strong, characters, agreed, whole, limits)
    certain = not doubts
    fitting = _fitting(ranked, path, fields, limits)
    country, kind, why = _format(best, ranked, fitting, fields, certain, limits)
    order = list(range(len(characters)))
    shown = best.form if best else None
    if shown and shown.region[1]:
        first, end = shown.region
        order = order[:first] + order[end:] + order[first:end]
    code = shown.code(path.text) if shown and country == "RU" else ""
    return PlateText(
        text=shown.folded(path.text) if shown else path.text,
        certain=certain,
        score=_rounded(strong.whole),
        format=country,
        kind=kind,
        region=code,
        characters=tuple(characters[at] for at in order),
        field=field,
        fits=tuple(dict.fromkeys(f"{form.country} {form.kind}".strip() for form in fitting)),
        meaning=_meaning(shown, code, path.text),
        decision=(*doubts, *why),
    )


def hypotheses(steps: Floats, loose: Path, fields: tuple[float, ...], two_rows: bool) -> list[Hypothesis]:
    """Forms with this number of rows and their likeliest texts, best first."""
    forms = near(loose.text, [form for form in formats() if form.rows in (0, 2 if two_rows else 1)])
    made = [
        Hypothesis(form, path, _weight(form, path, fields))
        for form, path in zip(forms, best_paths(steps, forms), strict=True)
        if path.text
    ]
    return sorted(made, key=lambda item: -item.weight)


def _weight(form: Format, path: Path, fields: tuple[float, ...]) -> float:
    freedom = sum(log(len(signs) / len(RUSSIAN)) for signs in form.signs if not signs[0].isdigit() and len(signs) > 1)
    own = sum(p for name, p in zip(FIELDS, fields, strict=True) if name in form.fields)
    return path.log_p - freedom + log(max(0.02, own))


def _agreement(form: Format, fields: tuple[float, ...]) -> float:
    """How probable one of the form's field colours is. White paint looks yellow under street lamps, so white forms take either."""
    allowed = {*form.fields, "yellow"} if form.fields == ("white",) else set(form.fields)
    return sum(p for name, p in zip(FIELDS, fields, strict=True) if name in allowed)


def _doubts(
    path: Path,
    best: Hypothesis | None,
    strong: Strength,
    characters: list[PlateCharacter],
    agreed: bool,
    whole: bool,
    limits: Mapping[str, float],
) -> tuple[Text, ...]:
    """Why the text is not certain; empty when it is."""
    found = []
    if best is None:
        found.append(say("plates.no-known-form"))
    needed = limits["character"]
    if best and best.form.country == "RU" and not regions.listed(best.form.code(path.text)) and best.form.fields != ("black",):
        needed = limits["character_unlisted"]

    weak = sum(float(character.p) < needed for character in characters)
    if weak:
        found.append(say("plates.weak-characters", count=weak, least=f"{needed:.2f}"))
    if strong.whole < limits["path"]:
        found.append(say("plates.weak-reading"))
    if strong.lead < limits["rival"]:
        found.append(say("plates.rival-reading"))
    if not agreed:
        found.append(say("plates.quads-disagree"))
    if not whole:
        found.append(say("plates.cut"))
    return tuple(found)


def _fitting(ranked: list[Hypothesis], path: Path, fields: tuple[float, ...], limits: Mapping[str, float]) -> list[Format]:
    """Forms that this very text has and whose colour is not excluded."""
    return [item.form for item in ranked if fits(path.text, item.form) and _agreement(item.form, fields) >= 1 - limits["colour"]]


def _format(
    best: Hypothesis | None,
    ranked: list[Hypothesis],
    fitting: list[Format],
    fields: tuple[float, ...],
    certain: bool,
    limits: Mapping[str, float],
) -> tuple[str, str, tuple[Text, ...]]:
    """(country or "undetermined", kind, sentences)."""
    if best is None or not certain:
        return UNDETERMINED, "", (say("plates.format-undetermined"),)
    countries = {form.country for form in fitting}
    if best.form.country == "RU":
        why = _against_russian(best, ranked, fitting, fields, limits)
        if why:
            return UNDETERMINED, "", (*why, say("plates.format-undetermined"))
        return "RU", best.form.kind, (say("plates.format-russian", kind=best.form.kind),)
    if countries == {best.form.country} and best.form.country not in ("other", "no code"):
        return best.form.country, best.form.kind, (say("plates.format-foreign", country=best.form.country, kind=best.form.kind),)
    if best.form.country == "no code":
        return UNDETERMINED, "", (say("plates.no-code"), say("plates.format-undetermined"))
    return UNDETERMINED, "", (say("plates.several-formats", count=len(countries)), say("plates.format-undetermined"))


def _against_russian(
    best: Hypothesis, ranked: list[Hypothesis], fitting: list[Format], fields: tuple[float, ...], limits: Mapping[str, float]
) -> tuple[Text, ...]:
    """Why a text that a Russian form wrote best is still not called Russian-format."""
    found = []
    if not best.form.alone:
        found.append(say("plates.shared-form", kind=best.form.kind))
    if _agreement(best.form, fields) < limits["colour"]:
        found.append(say("plates.colour-disagrees", kind=best.form.kind))
    foreign = max(
        (item.path.log_p for item in ranked if item.form.country != "RU" and _agreement(item.form, fields) > 0.05), default=-1e9
    )
    coloured = best.form.fields != ("white",)  # the colour tells these from a foreign plate with the same text
    clash = {form.country for form in fitting} - {"RU"}
    if best.path.log_p - foreign < limits["foreign"] and not (
        coloured and clash and best.path.log_p - _other_texts(best, ranked) >= limits["foreign"]
    ):
        found.append(say("plates.foreign-close"))
    return tuple(found)


def _other_texts(best: Hypothesis, ranked: list[Hypothesis]) -> float:
    return max((item.path.log_p for item in ranked if item.form.country != "RU" and item.path.text != best.path.text), default=-1e9)


def characters_of(steps: Floats, path: Path) -> list[PlateCharacter]:
    """Each sign with its share of what the network saw there, blanks apart."""
    out = []
    for sign, (first, end) in zip(path.text, path.spans, strict=True):
        mass = np.exp(steps[first:end, 1:]).sum(0)
        share = mass / max(1e-9, float(mass.sum()))
        twin = TWINS.get(sign)
        p = float(share[ALPHABET.index(sign)]) + (float(share[ALPHABET.index(twin)]) if twin else 0.0)
        others = sorted(
            (
                (float(part), other)
                for part, other in zip(share, ALPHABET, strict=True)
                if other not in (sign, twin) and part >= UNLIKELY
            ),
            reverse=True,
        )
        out.append(PlateCharacter(sign, _rounded(p), tuple((other, _rounded(part)) for part, other in others[:SHOWN])))
    return out


def _rounded(p: float) -> Decimal:
    return Decimal(f"{min(1.0, max(0.0, p)):.3f}")


def _meaning(form: Format | None, code: str, text: str) -> tuple[Text, ...]:
    if form is None or not code:
        return ()
    said: tuple[Text, ...] = (say("plates.military-code", code=code),) if form.fields == ("black",) else regions.meaning(code)
    serial = "".join(sign for sign in form.folded(text)[: -len(code)] if sign.isdigit())
    return (*said, say("plates.zero-serial")) if set(serial) == {"0"} else said
