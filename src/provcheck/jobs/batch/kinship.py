"""Photos of one `case_id`, held against each other when all are done: copies, parts and cameras, as `check` does with a set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from provcheck.domain.archive import Copy
from provcheck.domain.case import NOT_SEARCHED, Exhibit
from provcheck.domain.reading import Absent, Found
from provcheck.jobs.batch.desk import Desk
from provcheck.jobs.batch.job import Brought
from provcheck.jobs.batch.ledger import Leased
from provcheck.jobs.batch.records import records
from provcheck.jobs.batch.results import SCHEMA_VERSION
from provcheck.jobs.examine import AHEAD, in_order
from provcheck.jobs.kin import Kin, marked
from provcheck.pipeline import digest, judge
from provcheck.report.rows import set_rows

AGAIN: Final = ""  # in place of a key: what was compared in part is compared again by the next run
LIGHT: Final = Absent()  # in place of pictures, which no check of a set looks at: a case may hold thousands


@dataclass(frozen=True, slots=True)
class Kinship:
    """Compares the photos of each case, and keeps a line of results for it in the ledger, by the key of what it was made from."""

    desk: Desk
    stop: Callable[[], bool]

    def compare(self) -> bool:
        """All cases of two photos or more, unless it was stopped. What has not changed since it was compared is kept."""
        cases = dict(_cases(self.desk))
        ledger = self.desk.ledger
        ledger.drop_kin(set(ledger.kin_keys()) - set(cases))
        before = ledger.kin_keys()
        for case, numbers in cases.items():
            members = ledger.done(numbers)
            key = self._key(members)
            if before.get(case) != key:
                if (made := self._line(case, members)) is None:
                    return False
                complete, line = made
                ledger.enter_kin(case, key if complete else AGAIN, line)
        return True

    def _key(self, members: tuple[Leased, ...]) -> str:
        methods = self.desk.methods
        return digest((methods.judges, methods.versions.search, tuple((one.row.number, one.before.report) for one in members)))

    def _line(self, case: str, members: tuple[Leased, ...]) -> tuple[bool, str] | None:
        """Whether every photo's file was still there as it was examined, and the line of results. None where it was stopped."""
        threads = self.desk.examiner.threads
        with Kin() as kin, ThreadPoolExecutor(threads) as pool:
            exhibits: list[Exhibit] = []
            copies: list[Copy] = []
            complete = True
            for exhibit, brought in in_order(pool, self._photo, members, threads * AHEAD):
                if self.stop():
                    pool.shutdown(cancel_futures=True)
                    return None
                copies += kin.join(exhibit, brought.features, brought.kept)
                exhibits.append(marked(exhibit, brought.features))
                complete &= bool(brought.sha256)
        methods = self.desk.methods
        together = judge(
            tuple(exhibits), methods.claims, as_of=methods.as_of, settings=methods.settings, copies=Found(tuple(copies))
        )
        alone = [
            answered
            for exhibit in exhibits
            for answered in judge((exhibit,), methods.claims, as_of=methods.as_of, settings=methods.settings).answers
        ]
        numbers = [one.row.number for one in members]
        head = {"schema_version": SCHEMA_VERSION, "event": "case", "case_id": case, "photos": numbers}
        return complete, json.dumps({**head, "answers": list(set_rows(together, alone, methods.lang, texts=True))})

    def _photo(self, one: Leased) -> tuple[Exhibit, Brought]:
        """A photo as its report has it, under its number in the manifest, and what it is searched by."""
        exhibit = self.desk.exhibit(one.row.number, one.before)
        brought = self.desk.features(one.row, one.before.sha256)
        if exhibit.evidence is not None:
            exhibit = replace(exhibit, evidence=replace(exhibit.evidence, view=LIGHT, plates=LIGHT))
        light = replace(exhibit, number=one.row.number, reuse=NOT_SEARCHED, parts=NOT_SEARCHED, overlays=())
        return light, brought


def _cases(desk: Desk) -> Iterator[tuple[str, list[int]]]:
    """The cases with two pictures or more that were looked into, in the manifest's order."""
    cases: dict[str, list[int]] = defaultdict(list)
    for record in records(desk.ledger):
        if record["case_id"] and record["picture"] and record["outcome"] != "refused":
            cases[record["case_id"]].append(record["number"])
    return ((case, numbers) for case, numbers in cases.items() if len(numbers) > 1)
