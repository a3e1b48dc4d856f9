"""Fingerprints: PDQ against Meta's reference, ImageHash's own strings, and what cannot be fingerprinted."""

from __future__ import annotations

import importlib.util
import json
import zlib
from pathlib import Path
from types import ModuleType

import imagehash
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from provcheck.domain.fingerprint import Fingerprints, Turn, hamming
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.pdq import luma, pdq

Rgb = npt.NDArray[np.uint8]
ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests/golden/pdq_vectors.json").read_text())["vectors"]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pdq_vectors", ROOT / "scripts/make_pdq_vectors.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


def _drawn(kind: str, width: int, height: int, seed: int = 1) -> Rgb:
    return np.asarray(SCRIPT.picture(kind, width, height, seed), dtype=np.uint8)


def _found(rgb: Rgb) -> Fingerprints:
    reading = read_fingerprints(rgb)
    assert isinstance(reading, Found)
    return reading.value


def test_pdq_agrees_with_the_reference_in_all_eight_orientations() -> None:
    wrong = dict.fromkeys(Turn, 0)
    detailed = [vector for vector in VECTORS if vector["quality"] >= 50]
    for vector in detailed:
        rgb = _drawn(vector["kind"], vector["width"], vector["height"], vector["seed"])
        assert zlib.crc32(rgb.tobytes()) == vector["crc32"], "this NumPy draws other pictures from the same seed"
        ours, quality = pdq(luma(rgb))
        assert quality == vector["quality"]
        for turn, mine, theirs in zip(Turn, ours, vector["pdq"], strict=True):
            wrong[turn] += hamming(mine, theirs)
    assert len(detailed) >= 80
    for turn, bits in wrong.items():
        assert bits <= 0.001 * 256 * len(detailed), turn


def test_the_vectors_cover_every_picture_the_script_describes() -> None:
    assert [(v["kind"], v["width"], v["height"], v["seed"]) for v in VECTORS] == SCRIPT.specs()
    assert tuple(Turn) == SCRIPT.TURNS


@pytest.mark.parametrize("turn", Turn)
def test_a_turned_picture_has_the_hash_of_that_turn(turn: Turn) -> None:
    rgb = _drawn("discs", 800, 600)
    turned = rgb[:, ::-1] if turn.mirrored else rgb
    turned = np.rot90(turned, -turn.rotation // 90)  # numpy counts counterclockwise
    expected = _found(rgb).pdq[list(Turn).index(turn)]
    assert hamming(_found(np.ascontiguousarray(turned)).pdq[0], expected) <= 16  # PDQ's even windows lean half a pixel


def test_phash_and_dhash_are_what_imagehash_prints() -> None:
    rgb = _drawn("blocks", 300, 200)
    found = _found(rgb)
    assert found.phash == str(imagehash.phash(Image.fromarray(rgb)))
    assert found.dhash == str(imagehash.dhash(Image.fromarray(rgb)))
    assert len(found.phash) == len(found.dhash) == 16


def test_a_flat_picture_has_no_fingerprint() -> None:
    assert read_fingerprints(_drawn("flat", 640, 480)) == Unreadable(say("reuse.too-flat", quality=0, least=50))


def test_a_faint_gradient_has_no_fingerprint() -> None:
    ramp = np.repeat(np.linspace(0, 255, 640).astype(np.uint8)[None, :, None], 480, axis=0).repeat(3, axis=2)
    assert isinstance(read_fingerprints(ramp), Unreadable)


def test_a_tiny_picture_has_no_fingerprint() -> None:
    expected = Unreadable(say("reuse.too-small", width=400, height=31, least=32))
    assert read_fingerprints(_drawn("blocks", 400, 31)) == expected


@pytest.mark.parametrize("size", [(32, 32), (32, 1024), (1024, 33), (127, 129)])
def test_odd_sizes_are_fingerprinted(size: tuple[int, int]) -> None:
    assert len(_found(_drawn("noise", *size)).pdq) == 8


def test_a_shrunk_copy_stays_within_the_search_radius() -> None:
    rgb = _drawn("discs", 1000, 700)
    small = np.asarray(Image.fromarray(rgb).resize((320, 224), Image.Resampling.LANCZOS))
    assert hamming(_found(rgb).pdq[0], _found(small).pdq[0]) <= 31
