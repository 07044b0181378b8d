"""The rows of a package that sends statements: played on the tests' strict LMS, and opened where that one is slow."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING
from zipfile import ZipFile

from playwright.sync_api import Error

from benchmarks.aims import Figure
from benchmarks.learner import visit
from benchmarks.site import Site
from benchmarks.view import chromium
from tests.fakes.cmi5.course_structure import imported
from tests.fakes.cmi5.server import Server, listening

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

    from tests.fakes.cmi5.exchange import Answer, Request

DELAY = 0.5
"""Seconds that a slow record store takes for each request, preflights too."""
STAND_IN = """(() => {
  if (window === window.top) window.lms = { calls: [], latest: () => 0 };
  else new MutationObserver((_, watch) => {
    if (document.documentElement?.dataset.activities !== "ready") return;
    window.usable = performance.now();
    watch.disconnect();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-activities"] });
})();"""
"""The learner of the benchmark asks the LMS's page for SCORM calls: there are none."""


@dataclass
class Slow(Server):
    """The strict LMS behind a slow line."""

    delay: float = 0

    def answer(self, request: Request) -> Answer | None:
        """The same, later."""
        if request.resource != "frame":
            time.sleep(self.delay)
        return super().answer(request)


def measure(package: Path, rounds: int) -> tuple[dict[str, Figure], dict[str, list[str]], list[str]]:
    """Play and open a cmi5 package of one AU. Returns figures by row, details, and what went wrong."""
    trouble: list[str] = []
    figures: dict[str, Figure] = {}
    details: dict[str, list[str]] = {}
    with ZipFile(package) as opened:
        files = {f"/au/{name}": opened.read(name) for name in opened.namelist()}
    try:
        with Site({}) as site, chromium() as browser:
            site.files.update(files)
            content = site.address("au").removesuffix(".html")
            with listening(Slow()) as server:
                page, frame = launched(browser, server, package, content)
                done = visit(frame)
                trouble += done.trouble
                page.wait_for_timeout(1000)
                page.context.close()
                said, details = heard(server)
                figures |= said
                trouble += [f"refused: {one.method} {one.resource}: {one.message}" for one in server.refused]
            quick = [usable(browser, package, content, 0)[0] for _ in range(rounds)]
            slow = [usable(browser, package, content, DELAY) for _ in range(rounds)]
            note = f"{DELAY:.1f} s a request; {median(quick):.0f} ms without; {slow[0][1]} before it is usable"
            figures["lrs-launch"] = Figure(median(time for time, _ in slow), None, note)
    except (Error, TimeoutError, LookupError) as problem:
        trouble.append(f"in the browser: {str(problem).splitlines()[0]}")
    return figures, details, trouble


def launched(browser: Browser, server: Server, package: Path, content: str) -> tuple[Page, Frame]:
    """A fresh profile with the content in its frame, once activities can be answered."""
    course, breaches = imported(package.read_bytes())
    if breaches:
        raise LookupError(f"the LMS refuses the package: {breaches[0]}")
    launch = server.lms.launch(server.lms.register(course), course.units[0], content)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(STAND_IN)
    page = context.new_page()
    page.goto(f"{server.lms.base}/frame")
    page.evaluate("address => { document.getElementById('au').src = address }", launch.url)
    page.frame_locator("iframe").locator("html[data-activities=ready]").wait_for(state="attached")
    return page, page.frames[-1]


def usable(browser: Browser, package: Path, content: str, delay: float) -> tuple[float, str]:
    """Milliseconds from the launch until activities can be answered, and the requests that were made until then."""
    with listening(Slow(delay=delay)) as server:
        page, frame = launched(browser, server, package, content)
        asked = Counter("preflights" if request.method == "OPTIONS" else "requests" for request, _ in until_now(server))
        found: float = frame.evaluate("window.usable")
        page.context.close()
    return found, ", ".join(f"{count} {what}" for what, count in sorted(asked.items()))


def until_now(server: Server) -> list[tuple[Request, int]]:
    """What the record store has answered."""
    return [(one, status) for one, status in server.exchanges if one.path.startswith(("/xapi/", "/fetch/"))]


def heard(server: Server) -> tuple[dict[str, Figure], dict[str, list[str]]]:
    """What a whole session has sent."""
    (launch,) = server.lms.launches
    said = server.lms.said(launch.session)
    verbs = Counter(str(one["verb"]["id"]).rpartition("/")[2] for one in said)
    posts = {kind: server.requests(kind, "POST") for kind in ("statements", "activities/state")}
    sizes = {kind: sum(len(request.body) for request, _ in sent) for kind, sent in posts.items()}
    by_kind = [f"{kind}: {len(sent)} requests, {sizes[kind]} bytes" for kind, sent in posts.items()]
    figures = {
        "lrs-statements": Figure(len(said), None, "cmi5, everything answered once"),
        "lrs-bytes": Figure(sum(sizes.values()) / 1000, None, f"statements {sizes['statements'] / 1000:.0f} KB"),
        "lrs-requests": Figure(sum(map(len, posts.values())), None, "statements and stored state"),
    }
    return figures, {
        "statements by verb": [", ".join(f"{verb} {count}" for verb, count in sorted(verbs.items()))],
        "sent to the record store": by_kind,
    }
