"""A check that was added in one place and forgotten in another is named here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from provcheck.checks import CHECKS
from provcheck.domain.finding import Check
from provcheck.pipeline import method_cards
from tests.checks.cases import CASES

IDS = [check.id for check in CHECKS]


def test_every_check_file_is_listed(root: Path) -> None:
    written = {
        file.stem
        for file in (root / "src" / "provcheck" / "checks").glob("*.py")
        if re.search(r"^CHECK = ", file.read_text("utf-8"), re.MULTILINE)
    }
    listed = {check.answer.__module__.rpartition(".")[2] for check in CHECKS}
    assert written == listed


def test_ids_are_unique() -> None:
    assert len(set(IDS)) == len(IDS)


def test_every_check_is_documented_and_nothing_else_is(root: Path) -> None:
    assert sorted(re.findall(r"^## (.+)$", (root / "docs" / "checks.md").read_text("utf-8"), re.MULTILINE)) == sorted(IDS)


def test_every_check_has_a_method_card() -> None:
    assert set(IDS) <= {card.id for card in method_cards()}


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_every_check_has_a_golden_with_an_answer_a_case(check: Check, root: Path) -> None:
    golden = json.loads((root / "tests" / "golden" / "checks" / f"{check.id}.json").read_text("utf-8"))
    assert len(golden) == len(CASES[check.id])


def test_a_calibrated_card_says_on_what_and_how(root: Path) -> None:
    for card in method_cards():
        if card.calibrated:
            assert re.search(r"[0-9a-f]{64}", card.data), f"{card.id}: the data set's digest"
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", card.date), f"{card.id}: the date"
            _, first, *rest = card.command.split()
            script = f"{rest[0].replace('.', '/')}.py" if first == "-m" else first
            assert (root / script).is_file(), f"{card.id}: {script}"
