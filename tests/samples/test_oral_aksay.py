"""The sample case is what its README says, and its script makes it again."""

from __future__ import annotations

import csv
import hashlib
import importlib
import sys
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pytest
from PIL import ExifTags, Image

from provcheck.domain.fingerprint import Turn, hamming
from provcheck.domain.reading import Found
from provcheck.readers.claims import read_claims
from provcheck.readers.fingerprint import read_fingerprints

CASE = Path(__file__).parents[2] / "samples" / "oral-aksay"
PHOTOS = sorted((CASE / "photos").glob("*.jpg"))
ARCHIVED = sorted((CASE / "archive").glob("*.jpg"))
CLAIMS = {claim.by: claim for claim in read_claims(CASE / "claims.toml").claims}


def _exif(name: str) -> tuple[dict[int, object], dict[int, object], dict[int, object]]:
    with Image.open(CASE / "photos" / name) as image:
        exif = image.getexif()
        return dict(exif), dict(exif.get_ifd(ExifTags.IFD.Exif)), dict(exif.get_ifd(ExifTags.IFD.GPSInfo))


def _reserved(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith((".example.org", ".example.com", ".example.net"))


def _degrees(value: object) -> float:
    assert isinstance(value, tuple)
    whole, minutes, seconds = (float(part) for part in value)
    return whole + minutes / 60 + seconds / 3600


def test_the_rival_claims_are_by_role() -> None:
    assert list(CLAIMS) == ["a journalist", "the ministry", "an unnamed channel"]
    assert all(_reserved(claim.url) for claim in CLAIMS.values())


def test_the_ministry_speaks_of_no_plates_and_no_day() -> None:
    ministry = CLAIMS["the ministry"]
    assert (ministry.plates, ministry.taken_on, ministry.credit, ministry.camera) == ("", None, "", "")


def test_every_photo_is_somebodys() -> None:
    for path in PHOTOS:
        assert any(fnmatchcase(path.name, pattern) for claim in CLAIMS.values() for pattern in claim.photos)


def test_every_archived_photo_has_its_row_with_source_date_and_licence() -> None:
    with (CASE / "archive" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["path", "url", "publisher", "published", "credit", "licence"]
    assert sorted(row["path"] for row in rows) == [path.name for path in ARCHIVED]
    for row in rows:
        assert _reserved(row["url"])
        assert date.fromisoformat(row["published"]) < date(2023, 7, 1)
        assert row["licence"] == "CC0-1.0"
        assert row["credit"]


def test_the_first_photo_has_time_zone_and_position() -> None:
    main, details, gps = _exif("journalist-1-roadside.jpg")
    assert (details[0x9003], details[0x9011]) == ("2023:07:29 09:52:14", "+05:00")
    assert main[0x010F] == "samsung"
    assert [_degrees(gps[2]), _degrees(gps[4])] == pytest.approx([51.204, 52.217], abs=1e-5)
    assert gps[29] == "2023:07:29"


def test_the_second_photo_has_a_time_and_no_position() -> None:
    _, details, gps = _exif("journalist-2-layby.jpg")
    assert details[0x9003] == "2023:07:29 10:14:41"
    assert not gps


@pytest.mark.parametrize("name", ["journalist-3-column.jpg", "channel-1-mirrored.jpg"])
def test_photos_from_messengers_hold_no_metadata(name: str) -> None:
    assert not any(_exif(name))


def test_the_channels_camera_clock_stands_in_2021() -> None:
    assert _exif("channel-2-clock.jpg")[1][0x9003] == "2021:09:04 16:30:05"


def _pdq(path: Path) -> tuple[str, ...]:
    with Image.open(path) as image:
        fingerprints = read_fingerprints(np.asarray(image.convert("RGB").resize((1000, 667)), np.uint8))
    assert isinstance(fingerprints, Found)
    return fingerprints.value.pdq


def test_the_mirrored_copy_lies_within_the_search_radius_of_its_source_and_only_when_turned_back() -> None:
    source = _pdq(CASE / "archive" / "2022-05-convoy.jpg")[0]
    distances = {
        turn: hamming(source, pdq) for turn, pdq in zip(Turn, _pdq(CASE / "photos" / "channel-1-mirrored.jpg"), strict=True)
    }
    assert [turn for turn, distance in distances.items() if distance <= 31] == [Turn.MIRROR]


def test_no_other_photo_is_near_an_archived_one() -> None:
    archived = [_pdq(path)[0] for path in ARCHIVED]
    for path in PHOTOS:
        if path.name != "channel-1-mirrored.jpg":
            assert min(hamming(here, there) for here in _pdq(path) for there in archived) > 60


def test_the_samples_stay_small() -> None:
    sizes = [path.stat().st_size for path in (*PHOTOS, *ARCHIVED)]
    assert len(PHOTOS) == 5
    assert len(ARCHIVED) == 8
    assert max(sizes) <= 480_000
    assert sum(sizes) <= 4_300_000


def _thumbnail(picture: Image.Image) -> npt.NDArray[np.float64]:
    """Small enough that supersampling and JPEG leave no trace; without the stamp's rows."""
    small = np.asarray(picture.convert("RGB").resize((96, 64), Image.Resampling.BOX), np.float64)
    return small[:58]


def test_the_script_draws_a_committed_picture_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CASE))
    make = importlib.import_module("make")
    drawn = _thumbnail(Image.fromarray(make.picture("2022-09-side", samples=1, size=(480, 320))))
    with (
        Image.open(CASE / "archive" / "2022-09-side.jpg") as committed,
        Image.open(CASE / "archive" / "2021-10-rain.jpg") as another,
    ):
        same, other = (float(np.abs(drawn - _thumbnail(picture)).mean()) for picture in (committed, another))
    for name in [name for name in sys.modules if name == "make" or name.split(".")[0] == "render"]:
        del sys.modules[name]
    assert same < 4, "a fifth of the samples a pixel: grass and edges may differ by a few levels"
    assert other > 12


def test_the_committed_archive_holds_the_pictures_that_lie_beside_it(root: Path) -> None:
    """After the pictures are drawn again the archive must be made again, too."""
    from provcheck.archive import open_archive

    case = root / "samples" / "oral-aksay"
    with open_archive(case / "oral-aksay.pvx") as archive:
        held = {(one.name, one.sha256) for one in archive.hashes()}
    beside = {(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in (case / "archive").glob("*.jpg")}
    assert held == beside
