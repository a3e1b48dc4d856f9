"""A plate's region where it may stay: it says where a plate was issued, not which plate it is."""

from __future__ import annotations

from collections.abc import Mapping

from provcheck.domain.report import Report
from provcheck.domain.text import Arg, Text
from provcheck.redact.wipe import BAR


def with_regions(text: Text, report: Report) -> Text:
    """`text` with every plate that is a whole argument of it cut to its region."""
    return _kept(text, _regions(report))


def _regions(report: Report) -> dict[str, str]:
    return {plate.text: plate.region for exhibit in report.case.exhibits for region in exhibit.regions for plate in region.readings}


def _kept(text: Text, regions: Mapping[str, str]) -> Text:
    return Text(text.id, tuple((name, _argument(argument, regions)) for name, argument in text.args))


def _argument(argument: Arg, regions: Mapping[str, str]) -> Arg:
    if isinstance(argument, Text):
        return _kept(argument, regions)
    if isinstance(argument, tuple):
        return tuple(_kept(item, regions) for item in argument)
    return f"{BAR} {regions[argument]}".strip() if isinstance(argument, str) and argument in regions else argument
