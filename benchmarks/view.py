"""What a learner's browser needs for the first view of a package, on a fast machine and on a slow one."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

SLOWER = 4
"""The processor is held to a quarter of its speed."""
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 750e3 / 8 * 0.9,
}
"""Chrome's preset of that name: milliseconds, bytes a second."""

AFTERWARDS = 1000
"""Milliseconds for which long tasks are still counted after the page called itself ready."""

WATCH = """(() => {
  if (window === window.top || location.protocol === "about:") return;
  const seen = { ready: 0, usable: 0, calls: 0, tasks: [] };
  new PerformanceObserver(list => list.getEntries().forEach(task => seen.tasks.push(task.duration)))
    .observe({ type: "longtask", buffered: true });
  new MutationObserver((_, watch) => {
    const { scormkit, floor, activities } = document.documentElement.dataset;
    if (scormkit !== "ready" && floor !== "ready") return;
    seen.ready = seen.ready || performance.now();
    if (floor !== "ready" && activities !== "ready") return;
    seen.usable = performance.now();
    seen.calls = window.parent.lms.calls.length;
    window.parent.seen = seen;
    watch.disconnect();
  }).observe(document, { subtree: true, attributeFilter: ["data-scormkit", "data-floor", "data-activities"] });
})();"""
"""Runs in the content's frame before anything of the page: a page says that it is interactive by
``data-scormkit="ready"`` (or ``data-floor``) at its root element, and that questions can be answered by
``data-activities="ready"``. The LMS's page then knows ``seen``. Nobody
may look into the frame earlier: its empty first document would get a window that the content takes over."""

SEEN = """(() => {
  const { performance } = frames[0];
  const [page] = performance.getEntriesByType("navigation");
  const loaded = [page, ...performance.getEntriesByType("resource")].filter(entry =>
    entry.responseEnd <= seen.ready + 1 && !/\\.(png|jpe?g|webp|gif|svg|avif)$/.test(new URL(entry.name).pathname));
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    requests: loaded.length,
    size: loaded.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    calls: seen.calls,
    paint: paint.startTime,
    interactive: Math.max(paint.startTime, seen.ready),
    usable: Math.max(paint.startTime, seen.usable),
    blocking: seen.tasks.reduce((sum, task) => sum + task - 50, 0),
  };
})()"""


@dataclass(frozen=True)
class View:
    """One first view, up to the moment at which the page can be used."""

    requests: int
    """Pictures apart, as in ``size``."""
    size: int
    """Bytes of the answers' bodies, not compressed."""
    calls: int
    """Of the LMS, until ``usable``."""
    paint: float
    """Milliseconds to the first contentful paint."""
    interactive: float
    """Milliseconds until the page says that it is ready, and was painted."""
    usable: float
    """Milliseconds until the activities can be answered and the LMS was asked."""
    blocking: float
    """Milliseconds of tasks, beyond 50 each."""
    heap: int
    """Bytes of JavaScript objects after a collection, the LMS's own page included."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, or the one that playwright installed."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, address: str, *, slow: bool = False) -> Iterator[tuple[Page, CDPSession]]:
    """The LMS's page in a fresh profile, once its content is ready.

    It is driven over Chromium's own protocol: whatever a driver puts into the page would count as its heap.
    Raises ``TimeoutError`` when the content does not call itself ready within a minute.
    """
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        session = context.new_cdp_session(page)
        if slow:
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="commit")
        for _ in range(300):
            page.wait_for_timeout(200)
            if evaluate(session, "window.seen?.ready"):
                break
        else:
            raise TimeoutError("the page did not become ready within a minute")
        yield page, session


def evaluate(session: CDPSession, expression: str) -> Any:
    """The value of ``expression`` in the LMS's page."""
    answer = session.send("Runtime.evaluate", {"expression": expression, "returnByValue": True})
    return answer["result"].get("value")


def first_view(browser: Browser, address: str, *, slow: bool) -> View:
    """Open a package afresh and take its figures."""
    with opened(browser, address, slow=slow) as (page, session):
        page.wait_for_timeout(AFTERWARDS)
        seen = evaluate(session, SEEN)
        session.send("HeapProfiler.enable")
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
    return View(**seen, heap=int(heap))
