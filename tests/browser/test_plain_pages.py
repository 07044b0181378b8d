"""The pages that need no script: the plain version and the sheet of what is sent, of every sample course."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import ROOT, Site, bundled
from tests.browser.test_everybody import violations

COURSES = [*sorted(path.parent for path in ROOT.glob("content/*/course.yaml")), ROOT / "tests/courses/arabic"]
SHEETS = ("web", "scorm12", "cmi5")
"""Targets whose sheets say different things: nobody, a platform, a record store."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Every course unpacked: ``COURSE/TARGET`` holds its packages."""
    folder = tmp_path_factory.mktemp("plain")
    for course in COURSES:
        wanted = SHEETS if course.name == "customer-care" else ("web",)
        for target in wanted:
            for one in build([course], [targets()[target]], folder / "dist").packages:
                with zipfile.ZipFile(one.path) as archive:
                    archive.extractall(folder / course.name / target / one.path.stem)
    bundled(ROOT / "tests/browser/wcag.ts", folder / "wcag.js", "wcag")
    shutil.copy(ROOT / "node_modules/axe-core/axe.min.js", folder / "axe.js")
    return Site(folder, "", "")


@pytest.fixture(scope="module")
def tab(browser: Browser, pages: Site) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(path=pages.folder / "wcag.js")
    yield context.new_page()
    context.close()


def read(tab: Page, pages: Site, pattern: str) -> dict[str, Any]:
    """What is wrong with each page, in light and dark, wide and narrow, with text spaced."""
    found: dict[str, Any] = {}
    files = sorted(pages.folder.glob(pattern))
    assert files
    for file in files:
        name = file.parent.name
        tab.set_viewport_size({"width": 1280, "height": 720})
        tab.goto(file.as_uri())
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found[f"{name}, {scheme}"] = violations(tab.main_frame, pages)
        tab.emulate_media(color_scheme="light")
        found[f"{name}, cut"] = tab.evaluate("wcag.cut()")
        tab.set_viewport_size({"width": 320, "height": 256})
        found[f"{name}, 320"] = tab.evaluate("[...wcag.cut(), ...wcag.wide(), ...wcag.small()]")
        tab.evaluate("wcag.space(true)")
        found[f"{name}, spaced"] = tab.evaluate("[...wcag.cut(), ...wcag.wide()]")
    return {what: complaints for what, complaints in found.items() if complaints}


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_the_plain_version_is_for_everybody(tab: Page, pages: Site, course: Path) -> None:
    assert read(tab, pages, f"{course.name}/web/*/**/plain.html") == {}


@pytest.mark.parametrize("target", SHEETS)
def test_the_sheet_of_what_is_sent_is_for_everybody(tab: Page, pages: Site, target: str) -> None:
    assert read(tab, pages, f"customer-care/{target}/*/**/what-is-sent.html") == {}


ON_PAPER = """
() => {
    const of = element => getComputedStyle(element);
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const level = heading => Number(heading.localName[1]);
    const empty = headings.filter((heading, index) => {
        const next = headings[index + 1];
        const range = document.createRange();
        range.setStartAfter(heading);
        if (next) range.setEndBefore(next); else range.setEndAfter(document.body.lastElementChild);
        const words = range.toString().trim() || range.cloneContents().querySelector("img, .line, .lines, .box");
        return !words && (!next || level(next) <= level(heading));
    });
    return {
        "headings that a page may end with": headings.filter(one => of(one).breakAfter !== "avoid").length,
        "headings of nothing": empty.map(one => one.outerHTML),
        "parts that a page may cut": [...document.querySelectorAll("li, tr, figure, .lines")]
            .filter(one => of(one).breakInside !== "avoid").length,
        "controls": document.querySelectorAll("button, input, select, textarea, summary, [tabindex], script").length,
        "ink on the whole page": of(document.documentElement).backgroundColor !== "rgb(255, 255, 255)",
    };
}
"""


def test_they_are_printed_like_handouts_and_need_no_script(browser: Browser, pages: Site) -> None:
    """By dark settings too."""
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    tab = context.new_page()
    tab.emulate_media(media="print", color_scheme="dark")
    found: dict[str, Any] = {}
    for file in sorted((*pages.folder.glob("**/plain.html"), *pages.folder.glob("**/what-is-sent.html"))):
        tab.goto(file.as_uri())
        for what, wrong in tab.evaluate(ON_PAPER).items():
            if wrong:
                found[f"{file.parent.name}/{file.name}: {what}"] = wrong
    context.close()
    assert found == {}
