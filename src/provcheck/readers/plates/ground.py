"""The colour of a plate's ground: what the network thinks, held against what the pixels measure."""

from __future__ import annotations

import cv2
import numpy as np

from provcheck.readers.plates import geometry
from provcheck.readers.plates.refine import FIELDS

SPAN = (0.03, 0.12, 0.97, 0.88)  # inside the edge line and the frame
SIZE = (96, 20)
TRAINED = (0.8, 0.06, 0.09, 0.03, 0.02)  # how often each colour was shown to the network: its priors, not the world's
FLATTEN = 0.7  # the priors are taken out to this power: colours that are rare on roads stay a little rarer
AGAINST = 0.03  # what is left of a colour that the pixels speak against; never nothing, lamps lie
GRAY = 0.22  # saturation below which a ground has no hue of its own
VIVID = 0.42  # and above which it is not white or black paint


def ground(rgb: geometry.Image, quad: geometry.Corners, fields: tuple[float, ...]) -> tuple[float, ...]:
    """The network's probabilities of FIELDS, freed of its priors, times what polarity, saturation and hue leave of each."""
    against = _against(geometry.rectify(rgb, quad, SIZE, SPAN))
    shares = zip(FIELDS, fields, TRAINED, strict=True)
    weighed = [p / share**FLATTEN * (AGAINST if name in against else 1.0) for name, p, share in shares]
    return tuple(p / sum(weighed) for p in weighed)


def _against(flat: geometry.Image) -> set[str]:
    """Colours that the pixels speak against."""
    gray = np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY), np.uint8)
    cut, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = gray <= cut
    if dark.all() or not dark.any():
        return set()  # a plain patch has no ground and no signs
    field = dark if dark.mean() > 0.5 else ~dark  # signs cover less than half of every plate
    paint, ink = (np.median(flat[mask].astype(np.float32), 0) + 1 for mask in (field, ~field))
    red, green, blue = (float(part) for part in paint)
    # A dark ground's own brightness says nothing: its colour is measured against the light signs on it.
    reference = max(red, green, blue) if dark.mean() <= 0.5 else float(ink.max())
    saturation = (max(red, green, blue) - min(red, green, blue)) / reference
    found = {"white", "yellow"} if dark.mean() > 0.5 else {"black", "blue", "red"}
    if saturation < GRAY:
        found |= {"yellow", "blue", "red"}
    if saturation > VIVID:
        found |= {"white", "black"}
    if not (red >= green * 0.9 > blue):
        found.add("yellow")
    if not (blue > red and blue > green):
        found.add("blue")
    if not (red > green * 1.2 and red > blue * 1.2):
        found.add("red")
    return found
