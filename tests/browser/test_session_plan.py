"""The session plan in a browser: readable for everybody, on a phone and in the dark, and a page a sheet on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import Site
from tests.browser.test_everybody import violations
from tests.packages import ROOT

COURSES = {"customer-care": ROOT / "content/customer-care", "arabic": ROOT / "tests/courses/arabic"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for name, folder in COURSES.items():
        result = build([folder], [targets()["web"]], tmp_path_factory.mktemp("dist"))
        made[name] = result.packages[0].plans[0]
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("course", COURSES)
def test_axe_finds_nothing_in_a_plan_and_nothing_scrolls_sideways(
    browser: Browser, site: Site, pages: dict[str, Path], course: str, width: int, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(pages[course].as_uri())
    assert violations(page.main_frame, site) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not complaints
    context.close()


def test_on_paper_each_sheet_begins_a_page_in_black_on_white(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(pages["customer-care"].as_uri())
    page.emulate_media(media="print")
    sheets = page.locator(".sheet")
    assert sheets.count() == 4
    breaks = sheets.evaluate_all("all => all.map(one => getComputedStyle(one).breakBefore)")
    assert set(breaks) == {"page"}
    colours = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    context.close()
