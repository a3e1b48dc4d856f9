"""The sample case is what its README says, and its script makes it again."""

from __future__ import annotations

import csv
import sys
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import imagehash
import numpy as np
import pytest
from PIL import ExifTags, Image

CASE = Path(__file__).parents[2] / "samples" / "oral-aksay"
PHOTOS = sorted((CASE / "photos").glob("*.jpg"))
ARCHIVED = sorted((CASE / "archive").glob("*.jpg"))
PARTS = {"id", "by", "published", "url", "text", "received_at", "channel", "taken_on", "place", "plates", "credit", "camera"}
ROLES = {"a journalist", "the ministry", "an unnamed channel"}


def _exif(name: str) -> tuple[dict[int, object], dict[int, object], dict[int, object]]:
    with Image.open(CASE / "photos" / name) as image:
        exif = image.getexif()
        return dict(exif), dict(exif.get_ifd(ExifTags.IFD.Exif)), dict(exif.get_ifd(ExifTags.IFD.GPSInfo))


def test_the_rival_claims_are_by_role_and_use_only_known_keys() -> None:
    document = tomllib.loads((CASE / "claims.toml").read_text(encoding="utf-8"))
    assert set(document) == {"title", "claim"}
    assert {claim["by"] for claim in document["claim"]} == ROLES
    for claim in document["claim"]:
        assert set(claim) <= PARTS
        assert urlsplit(claim["url"]).hostname.endswith(("example.org", "example.com", "example.net"))


def test_the_ministry_does_not_speak_of_plates_or_of_the_day() -> None:
    claims = {claim["by"]: claim for claim in tomllib.loads((CASE / "claims.toml").read_text(encoding="utf-8"))["claim"]}
    assert not {"plates", "taken_on", "credit", "camera"} & set(claims["the ministry"])


def test_every_archived_photo_has_its_row_with_source_date_and_licence() -> None:
    with (CASE / "archive" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["path", "url", "publisher", "published", "credit", "licence"]
    assert sorted(row["path"] for row in rows) == [path.name for path in ARCHIVED]
    for row in rows:
        assert urlsplit(row["url"]).hostname.endswith(("example.org", "example.com", "example.net"))  # type: ignore[union-attr]
        assert date.fromisoformat(row["published"]) < date(2023, 7, 1)
        assert row["licence"] == "CC0-1.0"
        assert row["credit"]


def test_the_first_photo_has_time_zone_and_position() -> None:
    main, details, gps = _exif("journalist-1-roadside.jpg")
    assert (details[0x9003], details[0x9011]) == ("2023:07:29 09:52:14", "+05:00")
    assert main[0x010F] == "samsung"
    degrees = [float(d) + float(m) / 60 + float(s) / 3600 for d, m, s in (gps[2], gps[4])]  # type: ignore[misc, attr-defined]
    assert degrees == pytest.approx([51.204, 52.217], abs=1e-5)
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


def test_the_mirrored_copy_is_near_its_source_only_when_turned_back() -> None:
    with (
        Image.open(CASE / "archive" / "2022-05-convoy.jpg") as source,
        Image.open(CASE / "photos" / "channel-1-mirrored.jpg") as copy,
    ):
        there = imagehash.phash(source, hash_size=16)
        assert imagehash.phash(copy.transpose(Image.Transpose.FLIP_LEFT_RIGHT), hash_size=16) - there <= 31
        assert imagehash.phash(copy, hash_size=16) - there > 80


def test_the_samples_stay_small() -> None:
    sizes = [path.stat().st_size for path in (*PHOTOS, *ARCHIVED)]
    assert len(PHOTOS) == 5
    assert len(ARCHIVED) == 8
    assert max(sizes) <= 480_000
    assert sum(sizes) <= 4_300_000


def _thumbnail(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Small enough that supersampling and JPEG leave no trace; without the stamp's rows."""
    small = np.asarray(picture.convert("RGB").resize((96, 64), Image.Resampling.BOX), np.float64)
    return small[:58]


def test_the_script_draws_a_committed_picture_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CASE))
    import make  # type: ignore[import-not-found]

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
