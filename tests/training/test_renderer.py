"""The renderer writes what the grammars read, and puts the quad where the plate is."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from provcheck.readers.plates import geometry
from provcheck.readers.plates.formats import fits, formats

russian: Any = pytest.importorskip("training.russian")
foreign: Any = pytest.importorskip("training.foreign")
crops: Any = pytest.importorskip("training.crops")
scenes: Any = pytest.importorskip("training.scenes")
world: Any = pytest.importorskip("training.world")
weather: Any = pytest.importorskip("training.weather")
camera: Any = pytest.importorskip("training.camera")
glyphs: Any = pytest.importorskip("training.glyphs")

needs_fonts = pytest.mark.skipif(not Path(glyphs.FONTS / glyphs.FACES[0]).exists(), reason="Debian's fonts are not on this machine")


@pytest.mark.parametrize("name", sorted(russian.RUSSIAN))
def test_every_russian_kind_has_its_form_colour_and_rows(name: str) -> None:
    for seed in range(40):
        plan = russian.RUSSIAN[name][1](random.Random(seed))
        matching = [
            form
            for form in formats()
            if form.country == "RU" and plan.field in form.fields and form.rows in (0, plan.rows) and fits(plan.text, form)
        ]
        zeros = plan.lines[-1].text in ("00", "000") or any(line.text == "00" for line in plan.lines)
        assert matching or zeros, plan.text


def test_no_foreign_plate_has_a_russian_form_that_stands_alone() -> None:
    """In its own colour; what clashes must be marked so, or be told apart by colour."""
    rng = random.Random(7)
    for _ in range(4000):
        plan = foreign.foreign(rng)
        text = plan.text.replace("-", "")
        if plan.format == "??":
            continue
        russian = [
            form
            for form in formats()
            if form.country == "RU"
            and form.alone
            and plan.field in form.fields
            and form.rows in (0, plan.rows)
            and fits(text, form)
        ]
        others = [form for form in formats() if form.country != "RU" and fits(text, form)]
        assert not russian or others or plan.field != "white", (plan.format, text)


@needs_fonts
def test_a_scene_is_the_same_for_the_same_seed() -> None:
    backgrounds = world.Backgrounds(None)
    first, second = (crops.scene(random.Random(3), backgrounds) for _ in range(2))
    assert (first[0] == second[0]).all()
    assert first[1] == pytest.approx(second[1])


@needs_fonts
def test_the_quad_holds_the_plate() -> None:
    """A large clean white plate is brighter inside its quad than the dark ground around it."""
    rng = random.Random(1)
    plan = russian.RUSSIAN["1"][1](rng)
    draw: Any = pytest.importorskip("training.draw")
    board, inner = weather.framed(rng, draw.draw(rng, plan))
    canvas = np.zeros((300, 600, 3), np.float32)
    corners = geometry.box_quad(100, 100, board.shape[1], board.shape[0])
    camera.paste(canvas, board, corners)
    flat = geometry.rectify(canvas.astype(np.uint8), inner + 100, geometry.STRIP)
    assert flat.mean() > 120
    assert flat[:, :4].mean() > 100


@needs_fonts
def test_a_street_scene_names_its_plates() -> None:
    backgrounds = world.Backgrounds(None)
    rng = random.Random(2)
    made = [scenes.scene(rng, backgrounds) for _ in range(12)]
    assert all(picture.shape == (scenes.SIDE, scenes.SIDE, 3) for picture, _, _ in made)
    assert any(whole.any() for _, _, whole in made)
    assert all(not np.isnan(quads[whole]).any() for _, quads, whole in made)


@needs_fonts
def test_a_frame_without_a_plate_has_the_corner_finders_size() -> None:
    assert crops.no_plate(random.Random(1), world.Backgrounds(None)).shape == (48, 144, 3)
