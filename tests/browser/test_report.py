"""The page in a browser: nothing leaves it, nothing complains, and everybody can read it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="the driver needs POSIX pipes")

from provcheck.report import render_html
from provcheck.report.catalogue import LANGUAGES
from tests.browser.chromium import Chromium
from tests.browser.newest import of_a_batch, of_a_case, of_a_thousand, of_the_public
from tests.report import cases
from tests.report.hostile import HOSTILE, hostile

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("PROVCHECK_AXE", "axe.min.js is not installed"))
RULES = """axe.run(document, {
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag2aaa', 'wcag22aa', 'best-practice']},
  rules: {'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}},
}).then(result => result.violations.map(v => [v.id, v.nodes.map(n => n.target + ' ' + n.failureSummary).slice(0, 3)]))"""
REPORTS = {
    "rich": cases.rich(),
    "empty": cases.empty(),
    "without_claims": cases.without_claims(),
    "one_claim": cases.one_claim(),
    "long": hostile("x" * 10_000),
    "markup": hostile(HOSTILE[0]),
    "bidi": hostile(HOSTILE[7]),
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine"),
]
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="PROVCHECK_AXE does not point to axe.min.js")


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium(str(PROGRAM)) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    files = {name: folder / f"{name}.html" for name in REPORTS}
    for name, file in files.items():
        file.write_text(render_html(REPORTS[name]), encoding="utf-8")
    for lang in LANGUAGES:
        files[lang] = folder / f"rich-{lang}.html"
        files[lang].write_text(render_html(REPORTS["rich"], lang), encoding="utf-8")
        newest = {"case": render_html(of_a_case(), lang), "public": of_the_public(lang), "batch": of_a_batch(lang)}
        for name, text in newest.items():
            files[f"{name}-{lang}"] = folder / f"{name}-{lang}.html"
            files[f"{name}-{lang}"].write_text(text, encoding="utf-8")
    return files


@pytest.mark.parametrize("name", REPORTS)
def test_an_open_report_asks_for_nothing_runs_nothing_and_raises_no_complaint(
    browser: Chromium, pages: dict[str, Path], name: str
) -> None:
    with browser.page(pages[name]) as page:
        asked = {event["request"]["url"].partition(",")[0] for event in page.events("Network.requestWillBeSent")}
        assert {url for url in asked if not url.startswith("data:image/")} == {pages[name].as_uri()}
        complaints = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
        assert page.events(*complaints) == []
        assert page.run("document.scripts.length") == 0


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["rich", "empty", "without_claims", "long"])
def test_axe_finds_no_violation(browser: Chromium, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    with browser.page(pages[name], width=width, scheme=scheme) as page:
        page.run("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert page.run(RULES) == []


@needs_axe
@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_no_violation_in_any_language(
    browser: Chromium, pages: dict[str, Path], lang: str, scheme: str, medium: str
) -> None:
    with browser.page(pages[lang], scheme=scheme, medium=medium) as page:
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert page.run(RULES) == []
        asked = [event["request"]["url"] for event in page.events("Network.requestWillBeSent")]
        assert [url for url in asked if not url.startswith("data:image/")] == [pages[lang].as_uri()]


@needs_axe
@pytest.mark.parametrize(("medium", "scheme"), [("screen", "light"), ("screen", "dark"), ("print", "light")])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["case", "public", "batch"])
def test_axe_finds_no_violation_in_a_case_its_public_edition_and_a_batch(
    browser: Chromium, pages: dict[str, Path], name: str, lang: str, medium: str, scheme: str
) -> None:
    with browser.page(pages[f"{name}-{lang}"], scheme=scheme, medium=medium) as page:
        page.run("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert page.run(RULES) == []
        assert page.run("document.scripts.length") == 0


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_a_thousand_rows_is_as_readable_as_a_short_one(browser: Chromium, tmp_path: Path, scheme: str) -> None:
    """Each group holds more photos than it shows. It opens within a second; the limit is for a busy machine."""
    page_of_all = tmp_path / "summary.html"
    page_of_all.write_text(of_a_thousand(), encoding="utf-8")
    assert page_of_all.stat().st_size < 4_000_000
    with browser.page(page_of_all, scheme=scheme) as page:
        assert page.run("performance.getEntriesByType('navigation')[0].loadEventEnd") < 20_000
        assert page.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert page.run(RULES) == []


@needs_axe
@pytest.mark.parametrize("way", [2, 3])
def test_axe_finds_no_violation_with_an_overlay_shown(browser: Chromium, pages: dict[str, Path], way: int) -> None:
    with browser.page(pages["rich"]) as page:
        page.run(f"document.querySelectorAll('.laid > input:nth-of-type({way})').forEach(one => one.checked = true)")
        assert page.run("document.querySelectorAll('.laid').length") > 0
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert page.run(RULES) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["", "case-", "public-", "batch-"])
def test_in_no_language_anybody_scrolls_sideways_at_400_percent(
    browser: Chromium, pages: dict[str, Path], name: str, lang: str
) -> None:
    """The scroll bar at the side takes room of its own."""
    with browser.page(pages[name + lang], width=1280, height=1024, zoom=4) as page:
        assert page.run("document.documentElement.scrollWidth") <= page.run("document.documentElement.clientWidth") <= 320


@needs_axe
def test_axe_would_see_a_fault(browser: Chromium, pages: dict[str, Path]) -> None:
    """Text paler than 7:1 and a picture without words, planted: both are named, so silence above means something."""
    with browser.page(pages["rich"]) as page:
        page.run("document.querySelector('svg.photo').removeAttribute('aria-label')")
        page.run("document.querySelector('.tally').style.color = '#666'")
        page.run(AXE.read_text(encoding="utf-8") + "; 1")
        assert {"svg-img-alt", "color-contrast-enhanced"} <= {rule for rule, _ in page.run(RULES)}


@pytest.mark.parametrize("name", REPORTS)
def test_at_400_percent_nobody_scrolls_sideways(browser: Chromium, pages: dict[str, Path], name: str) -> None:
    with browser.page(pages[name], width=1280, height=1024, zoom=4) as page:
        assert page.run("document.documentElement.scrollWidth") <= page.run("innerWidth") == 320


def test_the_first_key_reaches_the_skip_link_and_it_is_seen(browser: Chromium, pages: dict[str, Path]) -> None:
    with browser.page(pages["rich"]) as page:
        page.press("Tab")
        assert page.run("document.activeElement.className") == "skip"
        assert page.run("document.activeElement.getBoundingClientRect().left") >= 0
        page.press("Enter")
        assert page.run("location.hash") == "#findings"


def test_everything_that_can_be_used_is_reached_by_keyboard_in_reading_order(browser: Chromium, pages: dict[str, Path]) -> None:
    with browser.page(pages["rich"]) as page:
        chosen = "document.querySelectorAll('a[href], summary, input:checked')"  # the keyboard enters a group where it is checked
        usable = page.run(f"{chosen}.length")
        tops = []
        for _ in range(usable):
            page.press("Tab")
            tops.append(page.run(f"[...{chosen}].indexOf(document.activeElement)"))
        assert tops == list(range(usable))


def test_it_prints_to_a4_with_page_numbers(browser: Chromium, pages: dict[str, Path]) -> None:
    with browser.page(pages["rich"]) as page:
        paper = page.pdf()
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", paper)}
    assert all(abs(box[2] - 595.3) < 1 and abs(box[3] - 841.9) < 1 for box in boxes)  # A4 in points
    assert boxes
