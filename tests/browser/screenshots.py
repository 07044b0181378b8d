"""Pictures of every kind's examples in light, dark, narrow and right to left: ``python -m tests.browser.screenshots``.

Kinds are found by looking; each is photographed as it opens and once it is answered. ``index.html`` shows them all.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from html import escape
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from scormkit.activities import KINDS
from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import launched
from tests.browser.hands import Hands
from tests.browser.test_kinds import write_session

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "320": {"viewport": {"width": 320, "height": 640}},
    "rtl": {"viewport": {"width": 1280, "height": 900}},
}


def main(out: Path) -> None:
    """Make them all."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launched(playwright)
        rows = [row(browser, kind, _built(kind, Path(folder)), out) for kind in KINDS.names()]
        browser.close()
    style = "body{font:1rem system-ui;margin:2rem}img{border:1px solid #888;max-inline-size:22%;vertical-align:top}"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Kinds</title><style>{style}</style>'
    (out / "index.html").write_text(page + "\n".join(rows), encoding="utf-8")
    sys.stdout.write(f"{out / 'index.html'}: {len(rows)} kinds\n")


def _built(kind: str, folder: Path) -> dict[str, Path]:
    """The launch page of the kind's examples, in English and with the words of an Arabic page."""
    found = {}
    for language in ("en", "ar"):
        source = write_session(kind, folder / language / kind)
        file = source / "session.yaml"
        about = yaml.safe_load(file.read_text(encoding="utf-8")) | {"language": language}
        file.write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
        (made,) = build([source], [targets()["scorm12"]], folder / "dist").packages
        found[language] = folder / language / f"{kind}-page"
        with zipfile.ZipFile(made.path) as archive:
            archive.extractall(found[language])
    return found


def row(browser: Browser, kind: str, built: dict[str, Path], out: Path) -> str:
    """The pictures of one kind, and the line of the index that shows them."""
    names = []
    for look, settings in LOOKS.items():
        page = browser.new_page(**settings, reduced_motion="reduce")
        page.goto((built["ar" if look == "rtl" else "en"] / "index.html").as_uri())
        page.locator("html[data-activities=ready]").wait_for(state="attached")
        page.evaluate("document.querySelector('.steps-list [data-go-step=try]').click()")
        step = page.locator(".step.current[data-step=try]")
        step.wait_for()
        names.append(f"{kind}-{look}.png")
        page.screenshot(path=out / names[-1], full_page=True)
        for activity in step.locator("[data-key]").all():
            Hands(page, page.main_frame).answer(activity)
        page.evaluate("scrollTo(0, 0)")
        names.append(f"{kind}-{look}-answered.png")
        page.screenshot(path=out / names[-1], full_page=True)
        page.close()
    pictures = " ".join(
        f'<a href="{escape(name)}"><img src="{escape(name)}" alt="{escape(name)}" loading="lazy"></a>' for name in names
    )
    return f"<h2>{escape(kind)}</h2><p>{pictures}</p>"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist/screenshots"))
