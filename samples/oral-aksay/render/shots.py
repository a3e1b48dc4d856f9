"""The pictures of the case, each as a scene and the phone that took it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from . import ground, lens, sky, sun
from .convoy import BLUE, DARK_GREY, GREY, ORANGE, PLATES, RED_OXIDE, SAND, WHITE, YELLOW, behind, column, rig
from .material import srgb
from .mesh import merge
from .raster import Camera
from .scene import Scene
from .wayside import far, markers, poles

ORAL = timezone(timedelta(hours=5))
PLACE = (51.204, 52.217)
WIDTH, HEIGHT = 1600, 1067


@dataclass(frozen=True, slots=True)
class Shot:
    scene: Scene
    phone: lens.Phone


def _day(when: datetime, bearing: float, **changes: Any) -> sky.Day:
    elevation, azimuth = sun.elevation_and_azimuth(when, *PLACE)
    low = np.clip((elevation - 2) / 30, 0, 1)
    red, green, blue = np.array([3.3, 3.0, 2.55]) * (0.35 + 0.65 * low) * np.array([1, 0.80 + 0.20 * low, 0.55 + 0.45 * low])
    light = float(red), float(green), float(blue)
    return replace(sky.Day(sun.direction(elevation, azimuth, bearing), sunlight=light), **changes)


def _overcast(when: datetime, bearing: float, **changes: Any) -> sky.Day:
    grey = {
        "sunlight": (0.35, 0.34, 0.33),
        "zenith": (0.50, 0.54, 0.60),
        "horizon": (0.74, 0.77, 0.80),
        "cover": 0.62,
        "cloud": (0.92, 0.93, 0.95),
        "cloud_shade": (0.58, 0.61, 0.66),
        "haze": 0.35,
    }
    return _day(when, bearing, **{**grey, **changes})


def _camera(
    eye: tuple[float, float, float], at: tuple[float, float, float], focal: float, scale: float, roll: float = 0.0
) -> Camera:
    """`focal` in pixels of the finished picture (1,600 wide); `scale` is supersampling."""
    return Camera.looking(eye, at, focal * scale, (round(WIDTH * scale), round(HEIGHT * scale)), np.radians(roll))


def roadside(scale: float) -> Shot:
    land = ground.Land(seed=21)
    day = _day(datetime(2023, 7, 29, 9, 52, tzinfo=ORAL), 62, seed=4, cover=0.34)
    vehicles = (rig("covered", (0, -1.85)), *column(["carrier", "crate"], -52, 42, 0.0, 3, (ORANGE, WHITE)))
    extras = merge([poles(24, -330, 60), markers(land, 1, -100, 20)])
    camera = _camera((6.7, -5.1, 1.62), (-4.0, -0.9, 1.78), 1480, scale, 0.5)
    return Shot(
        Scene(camera, day, land, vehicles, extras, 180_000, 5, puffs=behind(vehicles, 0.25, 3), backdrop=far(5)),
        lens.Phone(exposure=0.22, seed=5),
    )


def layby(scale: float) -> Shot:
    land = ground.Land(seed=22, apron=(-17.0, 0.0), green=0.42)
    day = _day(datetime(2023, 7, 29, 10, 14, tzinfo=ORAL), 318, seed=9, cover=0.42)
    vehicles = (
        rig("carrier", (17.0, -9.6), 1.5, ORANGE, YELLOW, PLATES[1], 31),
        rig("covered", (17.8, -13.9), 2.5, WHITE, RED_OXIDE, PLATES[2], 37),
    )
    extras = merge([poles(-32, -60, 330), markers(land, 1, -20, 200)])
    camera = _camera((-5.9, -7.9, 1.60), (1.6, -10.7, 2.02), 1250, scale, -0.6)
    return Shot(Scene(camera, day, land, vehicles, extras, 140_000, 6, backdrop=far(6)), lens.Phone(exposure=0.05, seed=6))


def far_column(scale: float) -> Shot:
    land = ground.Land(seed=23, curve=-0.0009, green=0.3)
    day = _day(datetime(2023, 7, 29, 9, 47, tzinfo=ORAL), 80, seed=14, cover=0.5, haze=0.28)
    vehicles = column(["covered", "carrier", "crate", "covered 2", "carrier"], -34, 36, land.curve, 5)
    extras = merge([poles(22, -420, 40), markers(land, -1, -160, 20), markers(land, 1, -160, 20)])
    camera = _camera((-2, -14.5, 2.6), (-62, -3.1, 2.05), 2950, scale, 0.3)
    return Shot(
        Scene(camera, day, land, vehicles, extras, 180_000, 7, puffs=behind(vehicles, 0.3, 3), backdrop=far(7)),
        lens.Phone(exposure=0.42, soft=0.5, sharpen=0.9, seed=7),
    )


def channel_clock(scale: float) -> Shot:
    land = ground.Land(seed=24, green=0.2, straw=srgb(186, 164, 118))
    day = _day(datetime(2021, 9, 4, 16, 30, tzinfo=ORAL), 240, seed=21, cover=0.28, haze=0.2)
    vehicles = (
        rig("crate", (2, -1.85), 0, BLUE, DARK_GREY, PLATES[3], 41),
        *column(["covered 2"], -44, 40, 0, 2, (WHITE,)),
    )
    extras = merge([poles(-26, -300, 40), markers(land, -1, -100, 20)])
    camera = _camera((13.5, 7.4, 1.66), (-4.0, -1.0, 1.7), 1500, scale, -0.4)
    return Shot(
        Scene(camera, day, land, vehicles, extras, 160_000, 8, puffs=behind(vehicles, 0.2, 3), backdrop=far(8)),
        lens.Phone(exposure=0.3, warmth=0.05, seed=8),
    )


def archive_convoy(scale: float) -> Shot:
    """May 2022, another road: the picture that the channel mirrors."""
    land = ground.Land(seed=31, straw=srgb(148, 144, 98), sage=srgb(104, 114, 72), green=0.6, soil=srgb(132, 112, 84), lush=1.2)
    day = _day(datetime(2022, 5, 11, 11, 5, tzinfo=ORAL), 100, seed=33, cover=0.55)
    vehicles = (
        rig("carrier", (0, -1.85), 0, GREY, YELLOW, PLATES[1], 51),
        *column(["carrier", "covered"], -34, 36, 0, 1, (GREY, WHITE)),
    )
    extras = merge([poles(18, -400, 20), markers(land, 1, -150, 10)])
    camera = _camera((11.5, 6.8, 1.7), (-6.5, -1.2, 1.7), 1400, scale, 0.2)
    return Shot(
        Scene(camera, day, land, vehicles, extras, 160_000, 9, puffs=behind(vehicles, 0.3, 3), backdrop=far(9)),
        lens.Phone(exposure=0.25, seed=9),
    )


def archive_spring(scale: float) -> Shot:
    land = ground.Land(seed=32, straw=srgb(140, 142, 92), sage=srgb(98, 114, 70), green=0.75, lush=1.1)
    day = _overcast(datetime(2019, 5, 6, 15, 0, tzinfo=ORAL), 20, seed=36)
    camera = _camera((16, -9.5, 1.7), (-6, -1.0, 2.0), 1300, scale)
    return Shot(
        Scene(
            camera,
            day,
            land,
            (rig("crate", (1, -1.85), 0, WHITE, RED_OXIDE, PLATES[0], 55),),
            poles(30, -300, 60),
            140_000,
            10,
            backdrop=far(10),
        ),
        lens.Phone(exposure=0.2, contrast=1.05, seed=10),
    )


def archive_snow(scale: float) -> Shot:
    land = ground.Land(seed=33, snow=0.9, straw=srgb(150, 136, 104), green=0.1)
    day = _overcast(datetime(2020, 12, 9, 12, 0, tzinfo=ORAL), 150, seed=40, haze=1.4, horizon=(0.80, 0.82, 0.85))
    vehicles = column(["covered 2", "crate", "covered"], -14, 40, 0.0, 7, (ORANGE, WHITE, BLUE))
    camera = _camera((6, -7.0, 2.0), (-24, -1.4, 1.6), 1500, scale, 0.4)
    return Shot(
        Scene(camera, day, land, vehicles, poles(20, -300, 20), 80_000, 11, backdrop=far(11)),
        lens.Phone(exposure=1.05, saturation=0.9, warmth=-0.02, seed=11),
    )


def archive_rain(scale: float) -> Shot:
    land = ground.Land(seed=34, wet=1.0, straw=srgb(150, 132, 84), sage=srgb(96, 94, 62), green=0.4)
    day = _overcast(datetime(2021, 10, 19, 14, 0, tzinfo=ORAL), 200, seed=43, haze=0.8)
    camera = _camera((-27, 3.4, 1.75), (-8, -1.2, 1.8), 1450, scale, -0.3)
    return Shot(
        Scene(
            camera,
            day,
            land,
            (rig("covered", (0, -1.85), 0, BLUE, DARK_GREY, PLATES[3], 61),),
            markers(land, -1, -20, 200),
            120_000,
            12,
            backdrop=far(12),
        ),
        lens.Phone(exposure=0.1, seed=12),
    )


def archive_evening(scale: float) -> Shot:
    land = ground.Land(seed=35, green=0.25)
    day = _day(
        datetime(2021, 7, 16, 20, 10, tzinfo=ORAL),
        280,
        seed=47,
        cover=0.4,
        haze=0.35,
        horizon=(0.86, 0.70, 0.52),
        zenith=(0.22, 0.30, 0.50),
        cloud=(1.3, 1.0, 0.75),
        cloud_shade=(0.62, 0.52, 0.50),
    )
    vehicles = column(["carrier", "crate"], 0, 46, 0.0, 2, (SAND, WHITE))
    camera = _camera((15, 7.0, 1.7), (-8, -0.6, 2.2), 1350, scale)
    return Shot(
        Scene(camera, day, land, vehicles, poles(-22, -300, 30), 160_000, 13, backdrop=far(13)),
        lens.Phone(exposure=0.1, warmth=0.04, seed=13),
    )


def archive_side(scale: float) -> Shot:
    land = ground.Land(seed=36, green=0.15, straw=srgb(190, 166, 112))
    day = _day(datetime(2022, 9, 2, 13, 0, tzinfo=ORAL), 90, seed=52, cover=0.2)
    camera = _camera((-8.5, -24.5, 1.9), (-9.0, 0, 1.9), 1500, scale)
    return Shot(
        Scene(
            camera,
            day,
            land,
            (rig("carrier", (0, -1.85), 0, WHITE, RED_OXIDE, PLATES[2], 71),),
            poles(30, -200, 200),
            180_000,
            14,
            backdrop=far(14),
        ),
        lens.Phone(exposure=0.25, seed=14),
    )


def archive_thaw(scale: float) -> Shot:
    land = ground.Land(seed=37, snow=0.45, wet=0.7, straw=srgb(150, 134, 98), green=0.2, curve=0.0012)
    day = _day(datetime(2023, 3, 14, 12, 30, tzinfo=ORAL), 70, seed=57, cover=0.45, haze=0.3)
    vehicles = column(["crate", "covered 2", "covered"], -46, 40, land.curve, 4)
    camera = _camera((0, -8.0, 2.2), (-40, -1.5, 1.5), 2000, scale)
    return Shot(
        Scene(camera, day, land, vehicles, poles(-20, -400, -20), 120_000, 15, backdrop=far(15)),
        lens.Phone(exposure=0.45, seed=15),
    )


def archive_parked(scale: float) -> Shot:
    land = ground.Land(seed=38, apron=(0.0, 20.0), green=0.3)
    day = _day(datetime(2020, 8, 21, 18, 20, tzinfo=ORAL), 60, seed=61, cover=0.3, haze=0.22)
    vehicles = tuple(
        rig(load, (2 - 3.0 * k, 8.6 + 4.6 * k), -4, cab, bed, PLATES[k], 81 + k)
        for k, (load, cab, bed) in enumerate(
            (("covered", WHITE, YELLOW), ("covered 2", ORANGE, RED_OXIDE), ("carrier", GREY, DARK_GREY))
        )
    )
    camera = _camera((14, 2.5, 1.65), (-5, 11.5, 1.9), 1250, scale)
    return Shot(
        Scene(camera, day, land, vehicles, poles(36, -300, 60), 120_000, 16, backdrop=far(16)),
        lens.Phone(exposure=0.2, warmth=0.02, seed=16),
    )


SHOTS: dict[str, Callable[[float], Shot]] = {
    "journalist-1-roadside": roadside,
    "journalist-2-layby": layby,
    "journalist-3-column": far_column,
    "channel-2-clock": channel_clock,
    "2019-05-spring": archive_spring,
    "2020-08-parked": archive_parked,
    "2020-12-snow": archive_snow,
    "2021-07-evening": archive_evening,
    "2021-10-rain": archive_rain,
    "2022-05-convoy": archive_convoy,
    "2022-09-side": archive_side,
    "2023-03-thaw": archive_thaw,
}
