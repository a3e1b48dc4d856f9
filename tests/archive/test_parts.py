"""Parts of an archived picture are found wherever they went; another picture is not."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from provcheck.archive import Archive, Entry, create_archive, open_archive, words
from provcheck.archive.connection import connect
from provcheck.archive.schema import MIGRATIONS, migrate
from provcheck.domain.archive import Relation, Shared
from provcheck.domain.fingerprint import Features
from provcheck.domain.reading import Found, Unreadable
from provcheck.readers.features import ARCHIVED, SUBMITTED, Budget, read_features
from tests.archive.archives import entry, flipped, prints

Rgb = npt.NDArray[np.uint8]


def _scene(seed: int, width: int = 800, height: int = 600) -> Rgb:
    """Overlapping discs and boxes of many sizes: as rich in features as a street."""
    rng = np.random.default_rng(seed)
    image = np.full((height, width, 3), 128, dtype=np.uint8)
    for _ in range(500):
        x, y, size = int(rng.integers(0, width)), int(rng.integers(0, height)), int(4 + 60 * rng.random() ** 3)
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        if rng.random() < 0.5:
            cv2.circle(image, (x, y), size, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(image, (x, y), (x + 2 * size, y + size), colour, -1)
    return image


def _shrunk(rgb: Rgb, scale: float) -> Rgb:
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _features(rgb: Rgb, budget: Budget) -> Features:
    reading = read_features(np.ascontiguousarray(rgb), budget)
    assert isinstance(reading, Found)
    return reading.value


def _entry(seed: int) -> Entry:
    rgb = _scene(seed)
    return Entry(
        hashlib.sha256(rgb.tobytes()).hexdigest(), f"scene-{seed}", 800, 600, prints(seed), features=_features(rgb, ARCHIVED)
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("parts") / "seen"
    create_archive(path)
    with open_archive(path, writable=True) as opened:
        opened.add(_entry(seed) for seed in range(8))
        yield opened


def _only(archive: Archive, rgb: Rgb) -> Shared:
    (match,) = archive.search_parts(_features(rgb, SUBMITTED))
    return match


def test_the_same_picture_is_the_same(archive: Archive) -> None:
    match = _only(archive, _shrunk(_scene(3), 0.8))
    assert (match.name, match.verdict, match.mirrored, match.rotation) == ("scene-3", Relation.SAME, False, 0)


def test_a_crop_is_a_part_and_its_place_is_known(archive: Archive) -> None:
    match = _only(archive, _scene(3)[200:520, 300:740])
    assert (match.name, match.verdict) == ("scene-3", Relation.PART)
    (x0, y0), _, (x1, y1), _ = match.quad_in_archived
    assert 290 <= x0 <= 360
    assert 190 <= y0 <= 260
    assert 680 <= x1 <= 750
    assert 460 <= y1 <= 530
    assert np.allclose(np.array(match.quad_in_query), np.array(match.quad_in_archived) - np.array([300, 200]), atol=4)


def test_a_mirrored_part_is_found_where_it_lies(archive: Archive) -> None:
    match = _only(archive, _scene(5)[100:500, 100:600][:, ::-1])
    assert (match.name, match.verdict, match.mirrored, match.rotation) == ("scene-5", Relation.PART, True, 0)
    query, archived = np.array(match.quad_in_query), np.array(match.quad_in_archived)
    assert np.allclose(500 - query[:, 0] + 100, archived[:, 0], atol=4)


def test_a_turned_copy_tells_its_turn(archive: Archive) -> None:
    match = _only(archive, np.rot90(_scene(2), -1))
    assert (match.name, match.mirrored, match.rotation) == ("scene-2", False, 90)


def test_both_pictures_of_a_pair_are_found(archive: Archive) -> None:
    pair = np.hstack((_scene(1), np.full((600, 20, 3), 255, np.uint8), _scene(7)))
    found = archive.search_parts(_features(_shrunk(pair, 0.6), SUBMITTED))
    assert {(match.name, match.verdict) for match in found} == {("scene-1", Relation.PART), ("scene-7", Relation.PART)}


def test_a_hash_that_is_near_puts_a_photo_forward_whatever_its_words_say(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.parts.SHORTLIST", 0)
    query = _features(_shrunk(_scene(3), 0.8), SUBMITTED)
    far = replace(prints(3), pdq=tuple(flipped(pdq, *range(60)) for pdq in prints(3).pdq))
    assert archive.search(far) == ()
    assert archive.search_parts(query) == ()
    assert [match.name for match in archive.search_parts(query, far)] == ["scene-3"]


def test_a_hash_that_is_near_makes_no_copy_by_itself(archive: Archive) -> None:
    near = replace(prints(3), pdq=tuple(flipped(pdq, *range(40)) for pdq in prints(3).pdq))
    assert archive.search_parts(_features(_scene(41), SUBMITTED), near) == ()


def test_another_picture_is_not_found(archive: Archive) -> None:
    for seed in range(40, 44):
        assert archive.search_parts(_features(_scene(seed), SUBMITTED)) == ()


def test_a_scene_with_its_things_moved_is_no_copy(tmp_path: Path) -> None:
    near = np.array([[1, 0.06, 0], [-0.02, 1.05, 0]], dtype=np.float32)
    rng = np.random.default_rng(1)
    canvas = _scene(3)
    later = canvas.copy()
    for y in range(0, 600, 75):
        for x in range(0, 800, 80):
            by = near.copy()
            by[:, 2] = rng.uniform(-7, 7, 2)  # parallax: every thing moves by itself
            moved = cv2.warpAffine(canvas, by, (800, 600), borderMode=cv2.BORDER_REFLECT)
            later[y : y + 75, x : x + 80] = moved[y : y + 75, x : x + 80]
    create_archive(tmp_path / "one")
    with open_archive(tmp_path / "one", writable=True) as one:
        one.add([_entry(3)])
        assert all(match.verdict is Relation.SCENE for match in one.search_parts(_features(later, SUBMITTED)))


def test_a_picture_without_detail_has_no_features() -> None:
    assert isinstance(read_features(np.full((300, 400, 3), 90, dtype=np.uint8), SUBMITTED), Unreadable)


def test_photos_without_features_are_counted_apart(tmp_path: Path) -> None:
    create_archive(tmp_path / "mixed")
    with open_archive(tmp_path / "mixed", writable=True) as mixed:
        mixed.add([entry(1), _entry(2)])
        assert mixed.info().photos == 2
        assert mixed.searchable_parts == 1


def test_an_archive_of_the_first_schema_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "first"
    first = sqlite3.connect(path, isolation_level=None)
    migrate(first, to=1)
    first.close()
    with open_archive(path) as reader:
        assert reader.search_parts(_features(_scene(1), SUBMITTED)) == ()
        assert connect(path, writable=False)[1] == 1
    with open_archive(path, writable=True) as writer:
        writer.add([_entry(2)])
        assert writer.searchable_parts == 1
    assert connect(path, writable=False)[1] == len(MIGRATIONS)


def test_the_code_book_is_the_one_that_archives_were_made_with() -> None:
    """Another book makes every kept feature meaningless: it needs a migration that drops them."""
    with np.load(Path(words.__file__).with_name("words.npz")) as book:
        content = b"".join(book[name].tobytes() for name in sorted(book.files))
    assert hashlib.sha256(content).hexdigest() == "09b5758fc4894cc2c054cd48d1fb4c391da1df7a6d4d1ec411bb7b2632a8925f"
