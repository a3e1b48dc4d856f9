"""What a phone does to light: exposure, glare, tone, noise and its removal, sharpening."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Phone:
    """`exposure` in stops about the automatic one; `warmth` shifts red against blue; `grain` is the sensor's noise."""

    exposure: float = 0.0
    warmth: float = 0.0
    contrast: float = 1.0
    saturation: float = 0.94
    grain: float = 0.012
    sharpen: float = 0.6
    soft: float = 0.0
    vignette: float = 0.16
    glare: float = 0.05
    seed: int = 3


def develop(light: Floats, phone: Phone, size: tuple[int, int]) -> Image:
    """From linear light at any larger size to an sRGB picture of `size`."""
    image = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
    width, height = size
    luma = image @ np.array([0.25, 0.65, 0.10], np.float32)
    image = image * np.float32(0.19 * 2**phone.exposure / np.exp(np.log(luma + 1e-3).mean()))
    veil = cv2.GaussianBlur(np.minimum(image, 4), (0, 0), width / 40)
    image = image * (1 - phone.glare) + veil * phone.glare
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-height / width, height / width, height))
    image = image * (1 - phone.vignette * (x * x + y * y))[..., None].astype(np.float32)
    image = image * np.array([1 + phone.warmth, 1, 1 - phone.warmth], np.float32)
    if phone.soft:
        image = cv2.GaussianBlur(image, (0, 0), phone.soft)
    rng = np.random.default_rng(phone.seed)
    noise = rng.standard_normal((height, width, 3)).astype(np.float32)
    noise = (
        cv2.GaussianBlur(noise, (0, 0), 0.7) * 1.6
        + cv2.GaussianBlur(rng.standard_normal((height, width, 1)).astype(np.float32), (0, 0), 0.6)[..., None]
    )
    image = image + noise * phone.grain * np.sqrt(np.maximum(image, 0) * 0.25 + 0.002)
    image = _tone(np.maximum(image, 0), phone)
    blurred = cv2.GaussianBlur(image, (0, 0), 1.1)
    image = image + phone.sharpen * np.clip(image - blurred, -0.08, 0.08)
    return np.asarray(np.clip(image * 255 + 0.5, 0, 255), np.uint8)


def _tone(image: Floats, phone: Phone) -> Floats:
    """A shoulder for the highlights, a little toe, then gamma, with local lifting of shadows as phones do."""
    luma = (image @ np.array([0.25, 0.65, 0.10], np.float32))[..., None]
    broad = cv2.GaussianBlur(np.log2(luma + 0.01), (0, 0), image.shape[1] / 60)[..., None]
    image = image * np.exp2(np.clip(-0.12 * (broad - np.log2(0.2)), -0.35, 0.5))
    image = _curve(image)
    grey = (image @ np.array([0.25, 0.65, 0.10], np.float32))[..., None]
    image = np.clip(grey + (image - grey) * phone.saturation, 0, 1)
    encoded = np.where(image <= 0.0031308, 12.92 * image, 1.055 * np.maximum(image, 1e-8) ** (1 / 2.4) - 0.055)
    bent = encoded * encoded * (3 - 2 * encoded)
    return np.asarray(np.clip(encoded + (bent - encoded) * (0.38 * phone.contrast), 0, 1), np.float32)


def _curve(x: Floats) -> Floats:
    """Linear below, rolling off to 1 above (Hable-like, with unit slope at the origin)."""
    shoulder = 0.55
    over = np.maximum(x - shoulder, 0)
    return np.asarray(np.where(x < shoulder, x, shoulder + (1 - shoulder) * (1 - np.exp(-over / (1 - shoulder)))), np.float32)
