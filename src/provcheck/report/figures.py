"""Numbers, months and plurals as a language writes them, by CLDR's tables in Babel. Nothing asks the machine's own locale."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

GROUPED = 10_000  # whole numbers from here on get separators; years and pixels stay as they are
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DIGITS = 18  # of the longest number that a record can mean; a longer one is shown as it stands


def plural(lang: str, count: int) -> str:
    """CLDR's category of a whole number: one, few, many, other."""
    return str(_locale(lang).plural_form(count))


def whole(lang: str, number: int) -> str:
    """412,903 in English, 412.903 in German."""
    return _written(lang, Decimal(number)) if GROUPED <= abs(number) < 10**DIGITS else str(number)


def decimal(lang: str, number: str) -> str | None:
    """A decimal in a string, its digits kept: 89.8 in English, 89,8 in German. None where it is no such number."""
    return _written(lang, Decimal(number)) if NUMBER.fullmatch(number) and len(number) <= DIGITS else None


def month(lang: str, number: int) -> str:
    """The month's name, from 1, in the form that stands beside a day."""
    return str(_locale(lang).months["format"]["wide"][number])


def _written(lang: str, value: Decimal) -> str:
    from babel.numbers import format_decimal

    places = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, format=pattern, locale=_locale(lang)))


@cache
def _locale(lang: str) -> Locale:
    from babel import Locale  # only where something is written: --help does without

    return Locale.parse(lang)
