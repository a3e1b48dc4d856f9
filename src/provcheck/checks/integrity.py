"""Is the file whole? About its bytes only: a whole file says nothing about what the picture shows."""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, Check, Leaning, lean
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import Text, say

ID = "integrity"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    faults = list(evidence.damage)
    if isinstance(evidence.pixels, Unreadable):
        faults.insert(0, evidence.pixels.reason)
    summaries: list[Text] = [say("integrity.fault", what=fault) for fault in faults] or [say("integrity.whole")]
    return tuple(
        lean(
            case,
            ID,
            About(exhibit.number),
            Leaning.NEUTRAL,
            summary=summary,
            because=say("integrity.because"),
            does_not_show=say("integrity.limit"),
        )
        for summary in summaries
    )


CHECK = Check(ID, say("integrity.question"), _answer)
