"""The colour of a plate's ground: what the network thinks, weighed with what the pixels measure."""

from __future__ import annotations

from math import atan2, degrees, exp, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.refine import FIELDS

SPAN = (0.03, 0.12, 0.97, 0.88)  # inside the edge line and the frame
SIZE = (96, 20)
INSIDE = (slice(2, -2), slice(3, -3))  # without what lies at the border: remains of edge line and frame
NEARBY = 6.0  # pixels of SIZE: shade and frames are wider than this, strokes are not
POLARITY = 8.0  # log odds a unit of skewness: on 1,500 rendered plates it tells 98 % of dark grounds and 95 % of light ones
VIVID, SPREAD = (
    0.27,
    0.05,
)  # saturation where paint is as likely coloured as not, and how fast that changes; 95 % of blacks lie below
HUES = {"yellow": (20, 85), "blue": (-165, -105), "red": (-30, 18)}  # degrees; nearly all rendered ones under all lamps lie inside
OTHER_HUE = 0.03  # what is left of a colour whose hue is not seen; never nothing, lamps lie
LAMP = (0.9, 0.6)  # how much of white a vivid yellow takes away, and another vivid hue: white paint looks yellow under lamps
LEAST = 0.004  # of any colour, whatever the pixels say
TRUST = 0.5  # the network's opinion counts as half as many nats: it has seen white plates far more often than others


def ground(rgb: geometry.Image, quad: geometry.Corners, fields: tuple[float, ...]) -> tuple[float, ...]:
    """The probabilities of FIELDS, by network, polarity, saturation and hue."""
    measured = seen(geometry.rectify(rgb, quad, SIZE, SPAN))
    weighed = [p**TRUST * share for p, share in zip(fields, measured, strict=True)]
    return tuple(p / sum(weighed) for p in weighed)


def seen(flat: geometry.Image) -> tuple[float, ...]:
    """How well each of FIELDS explains the pixels of a straightened plate, RGB. A plain patch tells nothing of its polarity."""
    gray = np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY), np.float32)
    relief = (gray - cv2.GaussianBlur(gray, (0, 0), NEARBY, borderType=cv2.BORDER_REFLECT))[INSIDE]
    skewness = float(((relief / (relief.std() + 2)) ** 3).mean())  # signs cover less than half of every plate
    side = relief < 0 if skewness > 0 else relief >= 0
    saturation, hue = _paint(flat[INSIDE], side, float(np.percentile(gray, 95)) if skewness > 0 else 0.0)
    dark, vivid = _odds(POLARITY * skewness), _odds((saturation - VIVID) / SPREAD)
    has = {name: 1.0 if low <= hue <= high else OTHER_HUE for name, (low, high) in HUES.items()}
    shares = {
        "white": (1 - dark) * (1 - vivid * (LAMP[0] if has["yellow"] == 1 else LAMP[1])),
        "yellow": (1 - dark) * vivid * has["yellow"],
        "black": dark * (1 - vivid),
        "blue": dark * vivid * has["blue"],
        "red": dark * vivid * has["red"],
    }
    return tuple(shares[name] + LEAST for name in FIELDS)


def _paint(flat: geometry.Image, ground_: npt.NDArray[np.bool_], light: float) -> tuple[float, float]:
    """Saturation and hue of the ground. A dark one is measured against the `light` signs on it."""
    if not ground_.any():
        return 0.0, 0.0
    red, green, blue = (float(part) + 1 for part in np.median(flat[ground_].astype(np.float32), 0))
    saturation = (max(red, green, blue) - min(red, green, blue)) / max(red, green, blue, light)
    return saturation, degrees(atan2(sqrt(3) * (green - blue), 2 * red - green - blue))


def _odds(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-5.0, min(5.0, log_odds))))
