"""The one homography of training and inference: from a quad in a photo to the frames that the networks look at."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]  # 4 x 2, clockwise from the plate's own top left

STRIP = (160, 32)  # the reader's frame, width and height
MARGIN = (0.025, 0.09)  # air around the plate in the strip, as parts of its width and height: a quad is never exact
ROW_CUT = (0.54, 0.44)  # a two-row plate: its upper row ends and its lower row starts here; the rows may overlap
TWO_ROWS = (1.9, 3.0)  # aspects: one-row plates are 4.64, two-row ones 1.3 to 1.75; slanted views and rough corners lie between
FRAME = (144, 48)  # the corner finder's frame; the plate is expected to fill about 0.7 x 0.55 of it
UNIT: Corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
FRAME_AIR = (0.22, 0.42)  # what the frame adds on each side, as parts of the region's width and height


def sides(quad: Corners) -> tuple[float, float]:
    """Mean width and mean height of a quad, in pixels."""
    top, right = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])
    low, left = np.linalg.norm(quad[2] - quad[3]), np.linalg.norm(quad[3] - quad[0])
    return float(top + low) / 2, float(left + right) / 2


def has_two_rows(quad: Corners, guess: float) -> bool:
    """Told by proportion; between TWO_ROWS the corner finder's probability decides."""
    width, height = sides(quad)
    least, most = TWO_ROWS
    return width < least * height or (width < most * height and guess >= 0.5)


def rectify(
    image: Image, quad: Corners, size: tuple[int, int], span: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
) -> Image:
    """The part `span` (left, top, right, bottom; 0 to 1 inside the quad) of a plate, straightened to `size` (width, height)."""
    width, height = size
    left, top, right, low = span
    wanted = mapped(np.array([[left, top], [right, top], [right, low], [left, low]], np.float32), UNIT, quad)
    patch, offset, scale = _patch(image, wanted, size)
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    # Pixel centres lie at half coordinates; warpPerspective puts them at whole ones.
    matrix = cv2.getPerspectiveTransform(((wanted - offset) * scale - 0.5).astype(np.float32), frame - 0.5)
    return cv2.warpPerspective(patch, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _patch(image: Image, wanted: Corners, size: tuple[int, int]) -> tuple[Image, Corners, float]:
    """The neighbourhood of a quad, shrunk by area where it is more than twice the frame: a warp alone would alias."""
    limit = np.array([image.shape[1], image.shape[0]], np.float32)
    low = np.clip(np.floor(wanted.min(0)) - 2, 0, limit - 1).astype(int)
    high = np.clip(np.ceil(wanted.max(0)) + 2, low + 1, limit).astype(int)
    patch = image[low[1] : high[1], low[0] : high[0]]
    wide, tall = sides(wanted)
    scale = max(size[0] / max(wide, 1.0), size[1] / max(tall, 1.0)) * 1.5
    if scale >= 0.75:
        return patch, low.astype(np.float32), 1.0
    new = (max(1, round(patch.shape[1] * scale)), max(1, round(patch.shape[0] * scale)))
    return cv2.resize(patch, new, interpolation=cv2.INTER_AREA).astype(np.uint8), low.astype(np.float32), scale


def strip(gray: Image, quad: Corners, two_rows: bool) -> Image:
    """The reader's frame, 32 x 160 gray: one row as it is, two rows side by side."""
    mx, my = MARGIN
    if not two_rows:
        return rectify(gray, quad, STRIP, (-mx, -my, 1 + mx, 1 + my))
    half = (STRIP[0] // 2, STRIP[1])
    top = rectify(gray, quad, half, (-mx, -my / 2, 1 + mx, ROW_CUT[0]))
    low = rectify(gray, quad, half, (-mx, ROW_CUT[1], 1 + mx, 1 + my / 2))
    return np.hstack([top, low])


def frame_quad(quad: Corners) -> Corners:
    """The larger quad around a rough one that the corner finder looks at; its corners map to FRAME's."""
    ax, ay = FRAME_AIR
    return mapped(np.array([[-ax, -ay], [1 + ax, -ay], [1 + ax, 1 + ay], [-ax, 1 + ay]], np.float32), UNIT, quad)


def from_frame(points: Corners, outer: Corners) -> Corners:
    """Points given in FRAME as 0 to 1 parts of its sides, back in the photo; `outer` is frame_quad's result."""
    return mapped(points, UNIT, outer)


def to_frame(points: Corners, outer: Corners) -> Corners:
    """The inverse of from_frame."""
    return mapped(points, outer, UNIT)


def mapped(points: Corners, source: Corners, target: Corners) -> Corners:
    """Points under the homography that takes one quad to another."""
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    return np.asarray(cv2.perspectiveTransform(points.astype(np.float32)[None], matrix)[0], np.float32)


def box_quad(x: float, y: float, width: float, height: float) -> Corners:
    """The quad of an upright box."""
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)
