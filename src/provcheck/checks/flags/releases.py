"""The day a model was announced, by its maker's own word: a photo of an earlier day names the wrong camera, or its clock is wrong.

Telephones that people carry, and cameras that agencies use; no list is complete. A model that is not here raises nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

LENT = timedelta(days=183)  # makers lend agencies cameras before they are announced: the Z 9 and the R3 were at the games of 2021
TELEPHONES: tuple[tuple[str, date], ...] = (
    (r"iPhone 17", date(2025, 9, 9)),
    (r"iPhone 16", date(2024, 9, 9)),
    (r"iPhone 15", date(2023, 9, 12)),
    (r"iPhone 14", date(2022, 9, 7)),
    (r"iPhone 13", date(2021, 9, 14)),
    (r"iPhone 12", date(2020, 10, 13)),
    (r"iPhone 11", date(2019, 9, 10)),
    (r"iPhone X[SR]", date(2018, 9, 12)),
    (r"iPhone X$", date(2017, 9, 12)),
    (r"iPhone 8", date(2017, 9, 12)),
    (r"iPhone 7", date(2016, 9, 7)),
    (r"iPhone 6s", date(2015, 9, 9)),
    (r"iPhone 6", date(2014, 9, 9)),
    (r"iPhone 5[sc]", date(2013, 9, 10)),
    (r"iPhone 5", date(2012, 9, 12)),
    (r"iPhone 4[sS]", date(2011, 10, 4)),
    (r"iPhone 4", date(2010, 6, 7)),
    (r"iPhone 3GS", date(2009, 6, 8)),
    (r"Pixel 10", date(2025, 8, 20)),
    (r"Pixel 9", date(2024, 8, 13)),
    (r"Pixel 8", date(2023, 10, 4)),
    (r"Pixel 7", date(2022, 10, 6)),
    (r"Pixel 6", date(2021, 10, 19)),
    (r"SM-S93[168]", date(2025, 1, 22)),  # Galaxy S25
    (r"SM-S92[168]", date(2024, 1, 17)),
    (r"SM-S91[168]", date(2023, 2, 1)),
    (r"SM-S90[168]", date(2022, 2, 9)),
    (r"SM-G99[168]", date(2021, 1, 14)),  # Galaxy S21
    (r"SM-G98[01568]", date(2020, 2, 11)),
    (r"SM-G97[0357]", date(2019, 2, 20)),
    (r"SM-G96[05]", date(2018, 2, 25)),
    (r"SM-G95[05]", date(2017, 3, 29)),
    (r"SM-G93[05]", date(2016, 2, 21)),
)
CAMERAS: tuple[tuple[str, date], ...] = (
    (r"Canon EOS R1$|Canon EOS R5m2$", date(2024, 7, 17)),
    (r"Canon EOS R6m2$", date(2022, 11, 2)),
    (r"Canon EOS R(7|10)$", date(2022, 5, 24)),
    (r"Canon EOS R3$", date(2021, 9, 14)),
    (r"Canon EOS R[56]$", date(2020, 7, 9)),
    (r"Canon EOS-1D X Mark III$", date(2020, 1, 6)),
    (r"Canon EOS R$", date(2018, 9, 5)),
    (r"Canon EOS 5D Mark IV$", date(2016, 8, 25)),
    (r"NIKON Z 8$", date(2023, 5, 10)),
    (r"NIKON Z 9$", date(2021, 10, 28)),
    (r"NIKON Z [67]_2$", date(2020, 10, 14)),
    (r"NIKON D6$", date(2020, 2, 12)),
    (r"NIKON Z [67]$", date(2018, 8, 23)),
    (r"NIKON D850$", date(2017, 8, 24)),
    (r"NIKON D5(00)?$", date(2016, 1, 5)),
    (r"ILCE-9M3$", date(2023, 11, 7)),
    (r"ILCE-7RM5$", date(2022, 10, 26)),
    (r"ILCE-7M4$", date(2021, 10, 21)),
    (r"ILCE-1$", date(2021, 1, 26)),
    (r"ILCE-7SM3$", date(2020, 7, 28)),
    (r"ILCE-9M2$", date(2019, 10, 3)),
    (r"ILCE-7M3$", date(2018, 2, 26)),
    (r"ILCE-9$", date(2017, 4, 19)),
)


def earliest(model: str) -> date | None:
    """The first day of which a photo by this model is to be expected; None for models that are not in the lists."""
    told = next((day for pattern, day in TELEPHONES if re.match(pattern, model)), None)
    announced = next((day for pattern, day in CAMERAS if re.match(pattern, model)), None)
    return told or (announced - LENT if announced else None)
