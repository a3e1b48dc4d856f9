"""What stands on a straightened plate: log probabilities of every sign at every step, for the decoder."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.network import Floats, run

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # sign i is column i + 1; column 0 is CTC's blank
FEW = 4  # signs; a strip with fewer is no reading
CLOSE = 2.0  # nats: readings of two quads nearer than this in sureness must be the same
SIGN_BONUS = 1.0  # nats a sign
WIDER = 0.04  # of the width, at each end
ROUGH_WIDER = 0.08  # the detector's quads are some 5 % too narrow: what regresses offsets to a mean does
SLACK = 4.0  # gray levels added to the deviation: a flat strip is not blown up to noise


def standardised(strips: npt.NDArray[np.uint8]) -> Floats:
    """N x 32 x 160 gray to N x 1 x 32 x 160 of zero mean and unit deviation."""
    gray = strips.astype(np.float32)
    mean, deviation = gray.mean((1, 2), keepdims=True), gray.std((1, 2), keepdims=True)
    return np.asarray((gray - mean) / (deviation + SLACK), np.float32)[:, None]


@dataclass(frozen=True, slots=True)
class Look:
    """The steps that read most surely of several quads of one plate.

    `agreed` is False where another quad read other signs nearly as surely.
    """

    logs: Floats
    quad: geometry.Corners
    agreed: bool


def clearest(net: cv2.dnn.Net, gray: geometry.Image, quads: list[geometry.Corners], two_rows: bool) -> Look:
    """Corners are never exact, so a plate is read from several quads: the finest comes first, the detector's rough one last."""
    rough = [widened(quads[-1], ROUGH_WIDER)] if len(quads) > 1 else []
    tries = [*quads[: max(1, len(quads) - 1)], widened(quads[0], WIDER), *rough]
    seen = steps(net, [geometry.strip(gray, quad, two_rows) for quad in tries])
    texts, sure = zip(*(_greedy(logs) for logs in seen), strict=True)
    best = max(range(len(tries)), key=sure.__getitem__)
    rivals = {text for text, value in zip(texts, sure, strict=True) if value > sure[best] - CLOSE}
    return Look(seen[best], tries[best], rivals == {texts[best]})


def widened(quad: geometry.Corners, by: float) -> geometry.Corners:
    """The quad with more room at both ends: a code's last digit is the first thing that a tight quad loses."""
    more = np.array([[-by, 0], [1 + by, 0], [1 + by, 1], [-by, 1]], np.float32)
    return geometry.mapped(more, geometry.UNIT, quad)


def _greedy(logs: Floats) -> tuple[str, float]:
    """The likeliest path's text, O as 0, and how sure it is: log probability and a bonus a sign (a cut strip is sure too)."""
    best = logs.argmax(1)
    starts = (best != 0) & (best != np.concatenate([[0], best[:-1]]))
    text = "".join(ALPHABET[sign - 1] for sign in best[starts]).replace("O", "0")
    return text, float(logs.max(1).sum()) + SIGN_BONUS * len(text) - (100.0 if len(text) < FEW else 0.0)


def steps(net: cv2.dnn.Net, strips: list[geometry.Image]) -> list[Floats]:
    """For each strip, 40 steps x 37 log probabilities."""
    if not strips:
        return []
    logits = run(net, standardised(np.stack(strips))).transpose(0, 2, 1)
    peak = logits.max(2, keepdims=True)
    return list(logits - peak - np.log(np.exp(logits - peak).sum(2, keepdims=True)))
