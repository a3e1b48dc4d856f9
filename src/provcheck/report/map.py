"""An outline map around the position in a file: borders, the claimed places, how far apart they are, scale and north.

Drawn flat: east is shortened by the latitude of the middle, so the scale holds there. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, hypot, radians, sin

from provcheck.domain.claim import Claim, Place
from provcheck.domain.place import Position, distance_km, distance_to_line_km
from provcheck.report.outline import UNITS, Kind, Line, outline

WIDTH, HEIGHT = 720, 420  # units of the drawing, as wide as the page's column in pixels
LEAST_KM = 160.0  # from the middle to the left edge: a coarse outline shows nothing finer
ROOM = 1.35  # times what has to be seen
KM_PER_DEGREE = 111.195
WORLD = 85.0  # degrees of latitude at most shown; beyond, a flat map is all stretch
FINE = 1.8  # units; nearer points of a line are left out
SPECK = 4.0  # units; smaller islands are left out
MIN_LABEL = 60.0  # units of visible border that two country codes need
MAX_LABELS = 6
AWAY = 13.0  # units from a border to its label
NAME, LINE = 8.0, 16.0  # units from a place to its words; height of a line of them
SCALES = (20, 50, 100, 200, 500, 1000, 2000, 5000)  # km
CLASSES = {Kind.COAST: "coast", Kind.BORDER: "border", Kind.DISPUTED: "disputed"}

Dot = tuple[float, float]  # in units of the drawing


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of the outline: what it is, and its points as SVG wants them."""

    kind: str
    points: str


@dataclass(frozen=True, slots=True)
class Label:
    """A country's code beside a border."""

    x: str
    y: str
    code: str


@dataclass(frozen=True, slots=True)
class Target:
    """A claimed place: a circle around a point, or a road. `x` and `y` are where the line from the file's position ends."""

    claim: str
    x: str
    y: str
    radius: str
    road: str
    km: str
    name_x: str  # where the claim's letter and the distance stand: on the side that has room
    name_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Map:
    """Everything that the template draws, in units of the drawing."""

    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    x: str
    y: str
    error: str  # radius of the position's own error
    targets: tuple[Target, ...]
    scale_km: int
    scale: str
    source: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """A flat frame: its middle in degrees, and units a kilometre."""

    longitude: float
    latitude: float
    per_km: float

    def dots(self, degrees: Iterable[tuple[float, float]]) -> list[Dot]:
        """Pairs of longitude and latitude as they are drawn."""
        tall = KM_PER_DEGREE * self.per_km
        wide, west = tall * cos(radians(self.latitude)), 180 - self.longitude
        return [
            (WIDTH / 2 + ((longitude + west) % 360 - 180) * wide, HEIGHT / 2 - (latitude - self.latitude) * tall)
            for longitude, latitude in degrees
        ]

    def place(self, position: Position) -> Dot:
        return self.dots([(float(position.longitude), float(position.latitude))])[0]


@lru_cache(maxsize=64)  # each view and language of a report draws the same maps
def chart(position: Position, claims: tuple[Claim, ...]) -> Map:
    """The map for a file's position under the claims about it; places without a position are not on it."""
    placed = [(claim.id, claim.place) for claim in claims if claim.place and claim.place.middle]
    frame = _frame(position, [place for _, place in placed])
    lines = tuple(_visible(frame))
    x, y = frame.place(position)
    return Map(
        strokes=tuple(Stroke(CLASSES[line.kind], _points(run)) for line, run in lines),
        labels=tuple(_labels(lines)),
        x=_n(x),
        y=_n(y),
        error=_n((position.error_m or 0) / 1000 * frame.per_km),
        targets=tuple(_target(id_, place, position, frame, row) for row, (id_, place) in enumerate(placed)),
        scale_km=_scale(frame),
        scale=_n(_scale(frame) * frame.per_km),
        source=outline().source,
    )


def _frame(position: Position, places: list[Place]) -> _Frame:
    """Wide enough for the position and every claimed place with its radius."""
    lat, lon = float(position.latitude), float(position.longitude)
    souths, norths, wests, easts = [lat], [lat], [0.0], [0.0]
    for place in places:
        for point in place.line or ((place.middle,) if place.middle else ()):
            margin = place.radius_km / KM_PER_DEGREE
            east = (float(point.longitude) - lon + 180) % 360 - 180
            souths.append(float(point.latitude) - margin)
            norths.append(float(point.latitude) + margin)
            wests.append(east - margin)
            easts.append(east + margin)
    middle = max(-WORLD, min(WORLD, (min(souths) + max(norths)) / 2))
    across = (max(easts) - min(wests)) * KM_PER_DEGREE * cos(radians(middle)) / 2 * ROOM
    upright = (max(norths) - min(souths)) * KM_PER_DEGREE / 2 * ROOM * WIDTH / HEIGHT
    return _Frame(lon + (min(wests) + max(easts)) / 2, middle, WIDTH / 2 / max(LEAST_KM, across, upright))


def _visible(frame: _Frame) -> Iterator[tuple[Line, list[Dot]]]:
    """The runs of the outline's lines that cross the drawing, thinned to what the eye can tell apart."""
    half_lat = HEIGHT / 2 / frame.per_km / KM_PER_DEGREE
    half_lon = WIDTH / 2 / frame.per_km / KM_PER_DEGREE / max(0.05, cos(radians(frame.latitude)))
    for (west, south, east, north), line in outline().lines:
        if north / UNITS < frame.latitude - half_lat or south / UNITS > frame.latitude + half_lat:
            continue
        off = ((west + east) / 2 / UNITS - frame.longitude + 180) % 360 - 180
        if abs(off) - (east - west) / 2 / UNITS > half_lon:
            continue
        for run in _runs(frame.dots((lon / UNITS, lat / UNITS) for lon, lat in line.points)):
            if len(thin := _thinned(run)) > 1:
                yield line, thin


def _runs(dots: list[Dot]) -> Iterator[list[Dot]]:
    """Pieces of a line that are in the drawing, each with the points just outside it; a leap over the map's edge ends one."""
    run: list[Dot] = []
    for a, b in pairwise(dots):
        (ax, ay), (bx, by) = a, b
        seen = (ax >= 0 or bx >= 0) and (ax <= WIDTH or bx <= WIDTH) and (ay >= 0 or by >= 0) and (ay <= HEIGHT or by <= HEIGHT)
        if not seen or abs(bx - ax) > WIDTH:
            if len(run) > 1:
                yield run
            run = []
            continue
        run = run or [a]
        run.append(b)
    if len(run) > 1:
        yield run


def _thinned(run: list[Dot]) -> list[Dot]:
    """Without points nearer than FINE to the last; none for what is smaller than SPECK altogether."""
    xs, ys = [x for x, _ in run], [y for _, y in run]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < SPECK:
        return []
    kept = [run[0]]
    for dot in run[1:-1]:
        if hypot(dot[0] - kept[-1][0], dot[1] - kept[-1][1]) >= FINE:
            kept.append(dot)
    return [*kept, run[-1]]


def _labels(lines: Iterable[tuple[Line, list[Dot]]]) -> Iterator[Label]:
    """Both countries' codes at the middle of the longest visible borders."""
    borders = [(line, run) for line, run in lines if line.left and line.right and line.kind is not Kind.COAST]
    longest: dict[frozenset[str], tuple[float, Line, list[Dot]]] = {}
    for line, run in borders:
        length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run) if _inside(a) and _inside(b))
        pair = frozenset((line.left, line.right))
        if length >= MIN_LABEL and length > longest.get(pair, (0.0, line, run))[0]:
            longest[pair] = length, line, run
    for _, line, run in sorted(longest.values(), key=lambda row: -row[0])[:MAX_LABELS]:
        yield from _both(line, run)


def _both(line: Line, run: list[Dot]) -> Iterator[Label]:
    inside = [i for i, dot in enumerate(run[1:], 1) if _inside(dot)]
    at = inside[len(inside) // 2] if inside else 1
    (ax, ay), (bx, by) = run[at - 1], run[at]
    # a few points on either side give the border's direction there
    (px, py), (qx, qy) = run[max(0, at - 4)], run[min(len(run) - 1, at + 4)]
    angle = atan2(qy - py, qx - px)
    x, y = (ax + bx) / 2, (ay + by) / 2
    for code, turn in ((line.left, -90), (line.right, 90)):
        way = angle + radians(turn)  # the drawing's y runs down, so a left turn is negative
        yield Label(_n(x + AWAY * cos(way)), _n(y + AWAY * sin(way)), code)


def _inside(dot: Dot) -> bool:
    return 0 <= dot[0] <= WIDTH and 0 <= dot[1] <= HEIGHT


def _target(claim: str, place: Place, position: Position, frame: _Frame, row: int) -> Target:
    if place.line:
        (x, y), km = _nearest(position, place.line, frame), distance_to_line_km(position, place.line)
        road, radius, beside = _points([frame.place(point) for point in place.line]), 0.0, frame.place(place.line[-1])
    else:
        middle = place.middle or position
        (x, y), km = frame.place(middle), distance_km(position, middle)
        road, radius, beside = "", place.radius_km * frame.per_km, (x, y)
    right = beside[0] < WIDTH / 2  # words go towards the side that has room
    name_x = beside[0] + (NAME if right else -NAME)
    name_y = max(LINE, min(HEIGHT - LINE, beside[1] - LINE / 2 + row * LINE))
    anchor = "start" if right else "end"
    return Target(claim, _n(x), _n(y), _n(radius), road, _km(km), _n(name_x), _n(name_y), anchor)


def _nearest(position: Position, line: tuple[Position, ...], frame: _Frame) -> Dot:
    """The point of the road, as drawn, that is nearest to the file's position."""
    x, y = frame.place(position)
    found = []
    for (ax, ay), (bx, by) in pairwise([frame.place(point) for point in line]):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
        found.append((ax + (bx - ax) * along, ay + (by - ay) * along))
    return min(found, key=lambda dot: hypot(dot[0] - x, dot[1] - y))


def _scale(frame: _Frame) -> int:
    """The longest round number of kilometres that takes less than a quarter of the width."""
    return max((km for km in SCALES if km * frame.per_km <= WIDTH / 4), default=SCALES[0])


def _km(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _points(dots: list[Dot]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in dots)


def _n(value: float) -> str:
    """A coordinate to a tenth of a unit."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
