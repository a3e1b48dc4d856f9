"""Which quality setting of the Independent JPEG Group's encoder lies nearest to a file's quantisation tables?"""

from __future__ import annotations

from functools import cache

# Annex K of ITU-T T.81, in zigzag order
LUMINANCE = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
    26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
    56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
    95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
)  # fmt: skip
CHROMINANCE = (
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99,
    *(99,) * 48,
)  # fmt: skip
Table = tuple[int, ...]


def scaled(table: Table, quality: int) -> Table:
    """The table at `quality` 1 to 100, by libjpeg's rule."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(min(255, max(1, (value * scale + 50) // 100)) for value in table)


@cache
def _known() -> dict[Table, int]:
    """Luminance tables to qualities; of settings that give the same table the highest counts."""
    return {scaled(LUMINANCE, quality): quality for quality in range(1, 101)}


@cache
def _sums() -> tuple[tuple[int, int], ...]:
    """The sum of each quality's luminance table, best quality first."""
    return tuple((sum(table), quality) for table, quality in sorted(_known().items(), key=lambda pair: -pair[1]))


def nearest_quality(tables: tuple[Table, ...]) -> tuple[int, bool] | None:
    """The nearest quality, and whether the tables are exactly the IJG's at it; None without tables."""
    if not tables:
        return None
    luminance = tables[0]
    exact = _known().get(luminance)
    if exact is not None:
        return exact, len(tables) == 1 or tables[1] in (scaled(CHROMINANCE, exact), luminance)
    wanted = sum(luminance)
    return min(_sums(), key=lambda pair: abs(pair[0] - wanted))[1], False
