"""The likeliest text of each written form: CTC's best path, held to one grammar at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.readers.plates.formats import Format
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.read import ALPHABET

SURE_BLANK = np.log(0.98)  # steps that are blank beyond this are merged: only their sum matters
NEVER = np.float32(-1e9)
RULED_OUT = -9.0  # signs that no step gives more than 1 in 8,000 are not tried: three quarters of the alphabet
STAYED, AFTER_BLANK = -2, -1  # how a sign was reached, where not from another sign


@dataclass(frozen=True, slots=True)
class Path:
    """A text with its best path's log probability; `spans` are the steps (first, end) of each sign, over the merged `steps`."""

    text: str
    log_p: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Back:
    """Where each state came from, step by step."""

    blank: npt.NDArray[np.bool_]  # a blank after a blank; else after the sign that was on top
    sign: npt.NDArray[np.int8]  # STAYED, AFTER_BLANK, or the sign before
    top: npt.NDArray[np.int8]  # the best sign of each place one step earlier


def merged_blanks(steps: Floats) -> Floats:
    """The same steps with runs of sure blanks made one: half of a plate is air."""
    blank = steps[:, 0] > SURE_BLANK
    keep = ~(blank & np.roll(blank, 1))
    keep[0] = True
    merged = np.asarray(steps[keep], np.float32).copy()
    groups = np.cumsum(keep) - 1
    merged[:, 0] = np.bincount(groups, steps[:, 0], len(merged))
    return merged


def free(steps: Floats) -> Path:
    """The best path without any grammar."""
    best = steps.argmax(1)
    text, spans = "", []
    for at, sign in enumerate(best):
        if sign and (at == 0 or best[at - 1] != sign):
            text += ALPHABET[sign - 1]
            spans.append((at, at + 1))
        elif sign:
            spans[-1] = (spans[-1][0], at + 1)
    return Path(text, float(steps.max(1).sum()), tuple(spans))


def near(read: str, forms: Sequence[Format]) -> list[Format]:
    """Forms that a free reading could be meant for: one sign too many or too few, or at most two of the wrong sort (O for 0)."""
    sorts = "".join("d" if sign.isdigit() else "l" for sign in read)
    return [form for form in forms if _close(sorts, form)]


def _close(sorts: str, form: Format) -> bool:
    wanted = form.sorts
    if len(wanted) == len(sorts):
        return sum(a != b for a, b in zip(sorts, wanted, strict=True)) <= 2
    longer, shorter = (wanted, sorts) if len(wanted) > len(sorts) else (sorts, wanted)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def best_paths(steps: Floats, forms: Sequence[Format]) -> list[Path]:
    """The best path of each form (Viterbi over blanks and signs; forms with the same signs share one)."""
    distinct = list({form.signs: form for form in forms}.values())
    paths = dict(zip((form.signs for form in distinct), _viterbi(steps, distinct), strict=True))
    return [paths[form.signs] for form in forms]


def _viterbi(steps: Floats, forms: list[Format]) -> list[Path]:
    if not forms:
        return []
    used = np.flatnonzero(steps[:, 1:].max(0) > RULED_OUT)
    long = max(len(form.signs) for form in forms)
    allowed = np.full((len(forms), long, len(used)), NEVER, np.float32)
    for k, form in enumerate(forms):
        for i, signs in enumerate(form.signs):
            allowed[k, i, [at for at, sign in enumerate(used) if ALPHABET[sign] in signs]] = 0
    blank = np.full((len(forms), long + 1), NEVER, np.float32)
    blank[:, 0] = 0
    sign = np.full((len(forms), long, len(used)), NEVER, np.float32)
    back = _Back(
        np.zeros((len(steps), *blank.shape), bool),
        np.zeros((len(steps), *sign.shape), np.int8),
        np.zeros((len(steps), *sign.shape[:2]), np.int8),
    )
    numbers = np.arange(len(used))
    before = np.full_like(sign, NEVER)
    came = np.zeros(sign.shape, np.int8)
    ended = np.full_like(blank, NEVER)
    for t, (air, row) in enumerate(zip(steps[:, 0], steps[:, 1 + used], strict=True)):
        top = sign.argmax(2)
        on_top = numbers == top[..., None]
        rest = np.where(on_top, NEVER, sign)  # CTC joins equal neighbours: an equal sign needs a blank between
        first = sign.max(2)
        before[:, 1:] = np.where(on_top, rest.max(2)[..., None], first[..., None])[:, :-1]
        came[:, 1:] = np.where(on_top, rest.argmax(2)[..., None], top[..., None])[:, :-1]
        after_blank = blank[:, :-1, None]
        step = np.maximum(after_blank, before)
        back.sign[t] = np.where(sign >= step, STAYED, np.where(after_blank >= before, AFTER_BLANK, came))
        back.top[t] = top
        ended[:, 1:] = first
        back.blank[t] = blank >= ended
        sign = np.maximum(np.maximum(sign, step) + row + allowed, NEVER)
        blank = np.maximum(blank, ended) + air
    names = "".join(ALPHABET[at] for at in used)
    return [_trace(k, len(form.signs), names, blank, sign, back) for k, form in enumerate(forms)]


def probability(steps: Floats, text: str) -> float:
    """CTC's probability of a text: the sum over all its paths, of which the best is only one."""
    labels = np.zeros(2 * len(text) + 1, np.intp)
    labels[1::2] = [ALPHABET.index(sign) + 1 for sign in text]
    skips = np.zeros(len(labels), bool)
    skips[2:] = (labels[2:] != 0) & (labels[2:] != labels[:-2])
    chances = np.exp(steps.astype(np.float64))[:, labels]
    now = np.zeros(len(labels))
    now[0] = 1.0
    for t, row in enumerate(chances):
        moved = now.copy()
        moved[1:] += now[:-1] if t else 0
        moved[2:] += np.where(skips[2:], now[:-2], 0) if t else 0
        if t == 0:
            moved[1] = 1.0
        now = moved * row
    return float(now[-1] + now[-2]) if text else float(now[0])


def _trace(k: int, length: int, names: str, blank: Floats, sign: Floats, back: _Back) -> Path:
    """Back along the best path of form `k` from the last step."""
    place, now = length - 1, int(sign[k, length - 1].argmax())
    log_p = float(max(blank[k, length], sign[k, place, now]))
    if log_p < NEVER / 2:
        return Path("", log_p, ())
    in_blank = bool(blank[k, length] >= sign[k, place, now])
    text, spans = [""] * length, [(0, 0)] * length
    for t in range(len(back.blank) - 1, -1, -1):
        if in_blank:
            if not back.blank[t, k, place + 1]:
                in_blank, now = False, int(back.top[t, k, place])
            continue
        text[place] = names[now]
        spans[place] = (t, spans[place][1] or t + 1)
        came = int(back.sign[t, k, place, now])
        if came == STAYED:
            continue
        place -= 1
        in_blank, now = came == AFTER_BLANK, came
    return Path("".join(text), log_p, tuple(spans))
