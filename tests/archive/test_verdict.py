"""A copy is told from the same scene seen again, whatever stands around it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import cv2
import numpy as np
import pytest

from provcheck.archive import Entry, create_archive, open_archive
from provcheck.archive.entry import NO_PRINTS
from provcheck.archive.frame import goes_on
from provcheck.archive.kept import FORM, is_sound, pack, unpack
from provcheck.archive.lists import write_hashes
from provcheck.domain.archive import Relation, Shared
from provcheck.domain.errors import ArchiveError, IntegrityError
from provcheck.readers.features import ARCHIVED, SUBMITTED
from tests.archive.archives import prints
from tests.archive.test_parts import Rgb, _features, _scene

CANVAS = _scene(11, 1200, 900)


def _searched(tmp_path: Path, archived: Rgb, query: Rgb) -> tuple[Shared, ...]:
    create_archive(tmp_path / "one")
    height, width = archived.shape[:2]
    with open_archive(tmp_path / "one", writable=True) as one:
        one.add([Entry("0" * 64, "one", width, height, NO_PRINTS, features=_features(archived, ARCHIVED))])
        return one.search_parts(_features(query, SUBMITTED))


def _verdict(tmp_path: Path, archived: Rgb, query: Rgb) -> Relation:
    (match,) = _searched(tmp_path, archived, query)
    return match.verdict


def _recompressed(rgb: Rgb, quality: int) -> Rgb:
    _, file = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(file, cv2.IMREAD_COLOR), dtype=np.uint8)


@pytest.mark.parametrize("shift", [150, 350])
def test_two_frames_of_a_camera_that_turned_are_one_scene(tmp_path: Path, shift: int) -> None:
    """What both show agrees to the pixel, but the second goes on where the first ends."""
    assert _verdict(tmp_path, CANVAS[:, :800], CANVAS[:, shift : shift + 800]) is Relation.SCENE


def test_a_crop_is_a_part_and_so_is_an_archived_crop_of_what_is_submitted(tmp_path: Path) -> None:
    assert _verdict(tmp_path, CANVAS, CANVAS[150:750, 200:1000]) is Relation.PART
    (tmp_path / "one").unlink()
    assert _verdict(tmp_path, CANVAS[150:750, 200:1000], CANVAS) is Relation.PART


@pytest.mark.parametrize("colour", [0, 255])
def test_a_page_around_the_picture_does_not_make_it_a_scene(tmp_path: Path, colour: int) -> None:
    page = np.full((1000, 1000, 3), colour, np.uint8)
    page[180:780, 100:900] = CANVAS[:600, :800]
    assert _verdict(tmp_path, CANVAS[:600, :800], page) is Relation.PART


def test_a_crop_on_a_page_is_a_copy_though_the_page_covers_the_rest_of_it(tmp_path: Path) -> None:
    page = np.full((900, 900, 3), 246, np.uint8)
    page[200:680, 60:640] = CANVAS[60:540, 120:700]
    assert _verdict(tmp_path, CANVAS[:600, :800], page) is Relation.PART


def test_beyond_the_photo_on_a_page_nothing_of_it_goes_on() -> None:
    """A white sky beside a white page looks as if it went on there; the photo's own edges say that it does not."""
    blurred = cv2.GaussianBlur(np.random.default_rng(4).normal(128, 400, (192, 256)), (0, 0), 6)
    page: Rgb = np.asarray(blurred.clip(0, 255), dtype=np.uint8)
    archived: Rgb = np.asarray(cv2.resize(page[32:160, 48:208], (48, 38), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    lies = np.array([[160 / 256, 0, 48 / 256], [0, 160 / 256, 32 / 256], [0, 0, 1]])
    assert goes_on(archived, page, lies)
    assert not goes_on(archived, page, lies, np.array((48, 32, 208, 160)) / 256)


def test_one_thing_on_a_plain_table_is_found_cropped_and_recompressed(tmp_path: Path) -> None:
    y, x = np.mgrid[0:600, 0:800]
    table = np.dstack([200 - x / 40 - y / 60 + np.random.default_rng(2).normal(0, 1.5, (600, 800))] * 3).clip(0, 255)
    thing = np.ascontiguousarray(table.astype(np.uint8))
    cv2.ellipse(thing, (330, 300), (60, 35), 20, 0, 360, (60, 60, 65), 9, cv2.LINE_AA)
    cv2.line(thing, (390, 315), (600, 390), (90, 95, 100), 14, cv2.LINE_AA)
    cv2.putText(thing, "INOX 18", (430, 350), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
    for at in range(6):
        cv2.line(thing, (560 + 14 * at, 330 + 6 * at), (600 + 12 * at, 250 + 9 * at), (120 - 9 * at, 110, 100), 5, cv2.LINE_AA)
        cv2.circle(thing, (300 + 18 * at, 330 - 12 * at), 4 + at, (50 + 12 * at, 60, 70), 2, cv2.LINE_AA)
    assert _verdict(tmp_path, thing, _recompressed(thing[100:520, 150:720], 60)) is Relation.PART


def test_a_picture_as_small_as_a_plate_is_called_no_copy_by_its_features(tmp_path: Path) -> None:
    """Two number plates of one print, cropped closely, agree like copies; whole copies are found by their hash."""
    strip = np.asarray(cv2.resize(CANVAS[:250], (330, 76), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    assert _verdict(tmp_path, strip, _recompressed(strip, 80)) is Relation.SCENE
    (tmp_path / "one").unlink()
    larger = np.asarray(cv2.resize(CANVAS[:300], (440, 110), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    assert _verdict(tmp_path, larger, _recompressed(larger, 80)) is Relation.SAME


def test_the_form_before_gray_pictures_were_kept_is_still_read() -> None:
    new = unpack(pack(_features(CANVAS, ARCHIVED)))
    data = pack(_features(CANVAS, ARCHIVED))[FORM.itemsize : (1 + len(new.words)) * FORM.itemsize]
    old = unpack(data)
    assert (old.words == new.words).all()
    assert (old.places == new.places).all()
    assert new.gray.shape == (36, 48)
    assert old.gray.size == 0


def test_a_photo_without_a_fingerprint_is_found_by_its_parts_alone(tmp_path: Path) -> None:
    create_archive(tmp_path / "one")
    with open_archive(tmp_path / "one", writable=True) as one:
        one.add([Entry("0" * 64, "flat", 1200, 900, NO_PRINTS, features=_features(CANVAS, ARCHIVED))])
        assert [match.name for match in one.search_parts(_features(CANVAS, SUBMITTED))] == ["flat"]
        assert one.search(prints(1)) == ()
        assert len(list(write_hashes(one))) == 1


def test_features_that_were_damaged_are_never_searched_as_if_they_were_sound(tmp_path: Path) -> None:
    create_archive(tmp_path / "one")
    features = _features(CANVAS, ARCHIVED)
    with open_archive(tmp_path / "one", writable=True) as one:
        one.add([Entry("0" * 64, "one", 1200, 900, prints(1), features=features)])
        one.verify()
    sound = pack(features)
    rng = np.random.default_rng(6)
    for at in rng.integers(0, len(sound), 60):
        spoilt = bytearray(sound)
        spoilt[at] ^= 1 << int(rng.integers(8))
        assert not is_sound(bytes(spoilt))
    with sqlite3.connect(tmp_path / "one") as connection:
        connection.execute("UPDATE feature SET data = ?", (bytes(spoilt),))
    connection.close()
    with open_archive(tmp_path / "one") as one:
        with pytest.raises(IntegrityError, match="features of 1 photos"):
            one.verify()
        with pytest.raises(ArchiveError, match="is damaged"):
            one.search_parts(_features(CANVAS, SUBMITTED))


def test_features_kept_before_there_was_a_checksum_are_sound() -> None:
    blob = bytearray(pack(_features(CANVAS, ARCHIVED)))
    blob[6:10] = bytes(4)
    assert is_sound(bytes(blob))
    assert is_sound(bytes(blob[FORM.itemsize : 20 * FORM.itemsize]))
