"""CTC in both directions: the likeliest texts of each written form, and how probable a text is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from provcheck.readers.plates.formats import Format, formats
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.read import ALPHABET

SURE_BLANK = np.log(0.98)  # steps that are blank beyond this are merged: only their sum matters
NEVER = np.float32(-1e9)
RULED_OUT = -9.0  # signs that no step gives more than 1 in 8,000 are not tried: three quarters of the alphabet
STAYED, AFTER_BLANK = -2, -1  # how a sign was reached, where not from another sign
Doubles = npt.NDArray[np.float64]


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
    for at, sign in enumerate(best.tolist()):
        if sign and (at == 0 or best[at - 1] != sign):
            text += ALPHABET[sign - 1]
            spans.append((at, at + 1))
        elif sign:
            spans[-1] = (spans[-1][0], at + 1)
    return Path(text, float(steps.max(1).sum()), tuple(spans))


def near(read: str, two_rows: bool) -> tuple[Format, ...]:
    """Forms of so many rows that a free reading could mean: one sign too many or too few, or at most two of the wrong sort."""
    return _near("".join("d" if sign.isdigit() else "l" for sign in read), 2 if two_rows else 1)


@lru_cache(4096)  # a photo of shop lettering asks for some hundred different ones
def _near(sorts: str, rows: int) -> tuple[Format, ...]:
    return tuple(form for form, wanted in _sorts() if form.rows in (0, rows) and _close(sorts, wanted))


@cache
def _sorts() -> tuple[tuple[Format, str], ...]:
    return tuple((form, form.sorts) for form in formats())


def _close(sorts: str, wanted: str) -> bool:
    if len(wanted) == len(sorts):
        return sum(a != b for a, b in zip(sorts, wanted, strict=True)) <= 2
    longer, shorter = (wanted, sorts) if len(wanted) > len(sorts) else (sorts, wanted)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def best_paths(steps: Floats, forms: Sequence[Format], within: float = np.inf) -> list[Path]:
    """The best path of each form that has one at most `within` nats below the best of all (Viterbi; forms may share signs)."""
    distinct = list({form.signs: form for form in forms}.values())
    return _viterbi(steps, distinct, within) if distinct else []


def _viterbi(steps: Floats, forms: list[Format], within: float) -> list[Path]:
    used = np.flatnonzero(steps[:, 1:].max(0) > RULED_OUT)
    allowed = _allowed(forms, "".join(ALPHABET[at] for at in used))
    places = allowed.shape[1]
    blank = np.full((len(forms), places + 1), NEVER, np.float32)
    blank[:, 0] = 0
    sign = np.full(allowed.shape, NEVER, np.float32)
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
    last = np.array([len(form.signs) - 1 for form in forms])
    rows = np.arange(len(forms))
    totals = np.maximum(blank[rows, last + 1], sign[rows, last].max(1))
    wanted = np.flatnonzero(totals >= max(totals.max() - within, NEVER / 2))
    return [_trace(int(k), int(last[k]), names, blank, sign, back) for k in wanted]


def _allowed(forms: list[Format], names: str) -> Floats:
    """Forms x places x signs: 0 where a form lets a sign stand, else NEVER."""
    out = np.full((len(forms), max(len(form.signs) for form in forms), len(names)), NEVER, np.float32)
    for k, form in enumerate(forms):
        for place, signs in enumerate(form.signs):
            out[k, place, [at for at, name in enumerate(names) if name in signs]] = 0
    return out


def _trace(k: int, place: int, names: str, blank: Floats, sign: Floats, back: _Back) -> Path:
    """Back along the best path of form `k` from the last step."""
    now = int(sign[k, place].argmax())
    log_p = float(max(blank[k, place + 1], sign[k, place, now]))
    in_blank = bool(blank[k, place + 1] >= sign[k, place, now])
    text, spans = [""] * (place + 1), [(0, 0)] * (place + 1)
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


def aligned(steps: Floats, text: str) -> Path | None:
    """The best path of this very text; None where it has none."""
    found = best_paths(steps, [Format("", "", tuple(text), (), 0)])
    return found[0] if found else None


def probabilities(views: Sequence[Floats], texts: Sequence[str]) -> Doubles:
    """Views x texts: CTC's probability of each text in each view, the sum over all its paths."""
    longest = max(len(text) for text in texts)
    labels = np.zeros((len(texts), 2 * longest + 1), np.intp)
    for row, text in zip(labels, texts, strict=True):
        row[1 : 2 * len(text) : 2] = [ALPHABET.index(sign) + 1 for sign in text]
    skips = np.zeros(labels.shape, bool)  # from sign to sign without a blank: only between different ones
    skips[:, 2:] = (labels[:, 2:] != 0) & (labels[:, 2:] != labels[:, :-2])
    chances = np.exp(_stacked(views))[:, :, labels]
    now = np.zeros((len(views), *labels.shape))
    now[..., :2] = chances[:, 0, :, :2]
    for row in chances.swapaxes(0, 1)[1:]:
        moved = now.copy()
        moved[..., 1:] += now[..., :-1]
        moved[..., 2:] += now[..., :-2] * skips[:, 2:]
        now = moved * row
    ends = np.array([2 * len(text) for text in texts])
    at = np.arange(len(texts))
    return np.asarray(now[:, at, ends] + np.where(ends > 0, now[:, at, ends - 1], 0.0), np.float64)


def _stacked(views: Sequence[Floats]) -> Doubles:
    """Views x steps x signs, the shorter ones drawn out by blanks, which change no text."""
    out = np.full((len(views), max(len(view) for view in views), views[0].shape[1]), -np.inf)
    out[:, :, 0] = 0.0
    for row, view in zip(out, views, strict=True):
        row[: len(view)] = view
    return out
