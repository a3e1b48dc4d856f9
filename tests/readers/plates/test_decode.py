"""CTC paths under a grammar."""

from __future__ import annotations

from itertools import groupby, pairwise, product

import numpy as np
import numpy.typing as npt
import pytest

from provcheck.readers.plates.decode import best_paths, free, merged_blanks, near, probabilities
from provcheck.readers.plates.formats import Format, formats
from provcheck.readers.plates.read import ALPHABET


def logs(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    return np.asarray(weights - np.log(np.exp(weights).sum(1, keepdims=True)), np.float32)


def strip(text: str, noise: float, seed: int = 0) -> npt.NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, noise, (40, 37))
    weights[:, 0] += 8
    for at, sign in zip(np.linspace(2, 37, len(text)).astype(int), text, strict=True):
        weights[at, ALPHABET.index(sign) + 1] += 14
    return logs(weights)


def test_a_path_is_the_best_of_all_alignments() -> None:
    """Against brute force over every path of a small lattice."""
    form = Format("X", "", ("01", "01", "A"), ("white",), 1)
    columns = {0: "", 1: "0", 2: "1", 11: "A"}
    for seed in range(20):
        steps = logs(np.random.default_rng(seed).normal(0, 2, (5, 37)))
        best = max(
            (sum(float(steps[t, c]) for t, c in enumerate(path)), text)
            for path in product(columns, repeat=5)
            if len(text := "".join(columns[c] for c, _ in groupby(path))) == 3
            and text[0] in "01"
            and text[1] in "01"
            and text[2] == "A"
        )
        found = best_paths(steps, [form])[0]
        assert found.log_p == pytest.approx(best[0], abs=1e-4)
        assert found.text == best[1]


def test_equal_neighbours_need_a_blank_between_them() -> None:
    form = Format("X", "", ("7", "7"), ("white",), 1)
    steps = np.full((2, 37), -50.0, np.float32)
    steps[:, 8] = 0.0
    assert best_paths(steps, [form]) == []


def test_the_grammar_reads_a_letter_where_the_free_reading_sees_a_digit() -> None:
    steps = strip("0123BC77", 0.5)
    assert free(steps).text == "0123BC77"
    steps[:, ALPHABET.index("O") + 1] = steps[:, ALPHABET.index("0") + 1] - 2
    russian = next(form for form in formats() if form.kind == "1")
    assert best_paths(steps, [russian])[0].text == "O123BC77"


def test_merging_blanks_changes_no_text() -> None:
    steps = strip("A111AA777", 0.5)
    merged = merged_blanks(steps)
    assert len(merged) < len(steps)
    forms = near("A111AA777", False)
    assert [path.text for path in best_paths(merged, forms)] == [path.text for path in best_paths(steps, forms)]
    kept, all_ = probabilities([merged, steps], ["A111AA777"])[:, 0]
    assert kept == pytest.approx(all_, rel=0.01)


def test_a_probability_is_the_sum_over_all_alignments() -> None:
    """Against brute force: over every path of a small lattice, the texts' probabilities are those sums and add up to one."""
    columns = {0: "", 1: "0", 2: "1", 11: "A"}
    steps = np.full((5, 37), -np.inf, np.float32)
    steps[:, list(columns)] = np.log(np.random.default_rng(3).dirichlet([1, 1, 1, 1], 5))
    sums: dict[str, float] = {}
    for path in product(columns, repeat=5):
        text = "".join(columns[c] for c, _ in groupby(path))
        sums[text] = sums.get(text, 0.0) + float(np.exp(sum(steps[t, c] for t, c in enumerate(path))))
    texts = [text for text in sums if text]
    assert probabilities([steps], texts)[0] == pytest.approx([sums[text] for text in texts], abs=1e-6)


def test_a_short_and_a_long_look_are_weighed_together_as_they_are_alone() -> None:
    short, long = merged_blanks(strip("A123BC77", 0.5)), strip("A123BC77", 2.0, 1)
    texts = ["A123BC77", "A123BC7", "B123BC77"]
    together = probabilities([short, long], texts)
    assert together[0] == pytest.approx(probabilities([short], texts)[0])
    assert together[1] == pytest.approx(probabilities([long], texts)[0])


def test_only_forms_within_reach_of_the_best_are_traced() -> None:
    forms = near("A123BC77", False)
    assert len(best_paths(strip("A123BC77", 0.5), forms, within=5.0)) < len(best_paths(strip("A123BC77", 0.5), forms))


def test_each_sign_has_its_own_steps() -> None:
    form = next(form for form in formats() if form.kind == "1")
    spans = best_paths(strip("A111AA77", 0.3), [form])[0].spans
    assert all(first < end for first, end in spans)
    assert all(end <= nxt for (_, end), (nxt, _) in pairwise(spans))


def test_near_forms_are_one_slip_away() -> None:
    kinds = {(form.country, form.kind) for form in near("A123BC77", False)}
    assert ("RU", "1") in kinds
    assert ("UA", "1995") not in kinds
    assert ("RU", "1А") in {(form.country, form.kind) for form in near("A123BC77", True)}
    assert near("", False) == ()
