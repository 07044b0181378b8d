"""The rows of the benchmark that need a browser."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from benchmarks.aims import Figure
from benchmarks.learner import visit
from benchmarks.site import Site
from benchmarks.view import View, chromium, first_view, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from benchmarks.learner import Visit
    from benchmarks.package import Package

Details = dict[tuple[str, str], list[str]]
"""Lines by what they are about and whose they are."""


def measure(packages: dict[str, Package], rounds: int) -> tuple[dict[str, Figure], Details, list[str]]:
    """Open and play the packages "floor" and, where it exists, "own".

    Returns the figures by row, details by what and whose they are, and what went wrong.
    """
    views: dict[tuple[str, bool], list[View]] = {}
    visits: dict[str, Visit] = {}
    trouble: list[str] = []
    try:
        with Site(packages) as site, chromium() as browser:
            for number in range(rounds):
                for slow in (False, True):
                    for name in list(packages) if number % 2 else reversed(packages):
                        view = first_view(browser, site.address(name), slow=slow)
                        views.setdefault((name, slow), []).append(view)
            for name in packages:
                visits[name] = whole_visit(browser, site.address(name))
                trouble += [f"{name}: {problem}" for problem in visits[name].trouble]
    except (Error, TimeoutError, LookupError) as problem:
        trouble.append(f"in the browser: {str(problem).splitlines()[0]}")
    figures = {**viewed(views, rounds), **visited(visits)}
    details: Details = {("LMS calls by answer", name): told(visits[name]) for name in visits}
    return figures, details, trouble


def whole_visit(browser: Browser, address: str) -> Visit:
    """Answer everything and leave."""
    with opened(browser, address) as (page, _):
        frame = page.frame("content")
        if frame is None:
            raise LookupError("the content has left its frame")
        return visit(frame)


def viewed(views: dict[tuple[str, bool], list[View]], rounds: int) -> dict[str, Figure]:
    """Medians of the first views."""

    def figure(of: str, *, slow: bool = False, unit: float = 1, note: str = "") -> Figure:
        def typical(name: str) -> float | None:
            seen = views.get((name, slow), [])
            return median(getattr(view, of) for view in seen) / unit if seen else None

        return Figure(typical("own"), typical("floor"), note)

    own = [view.usable for view in views.get(("own", True), [])]
    answering = f"activities can be answered after {median(own):.0f} ms" if own else ""
    return {
        "requests": figure("requests", note="pictures apart"),
        "loaded": figure("size", unit=1000, note="pictures apart, not compressed"),
        "paint": figure("paint", slow=True, note=f"{rounds} runs, processor slowed 4 times, Slow 4G"),
        "interactive": figure("interactive", slow=True, note=answering),
        "blocking": figure("blocking", slow=True),
        "heap": figure("heap", unit=1e6, note="the LMS's page included"),
        "start": figure("calls"),
    }


def visited(visits: dict[str, Visit]) -> dict[str, Figure]:
    """The worst of a whole visit."""

    def most(name: str, of: str) -> float | None:
        if name not in visits or not visits[name].answers:
            return None
        heard = visits[name].answers.values()
        if of == "calls":
            return max(answer.calls / max(1, answer.records) for answer in heard)
        return max(answer.commits for answer in heard)

    def whole(of: str, unit: float = 1) -> Figure:
        own, floor = (getattr(visits[name], of) / unit if name in visits else None for name in ("own", "floor"))
        return Figure(own, floor, "everything answered once")

    def leaving(name: str) -> float | None:
        finish = visits[name].finish if name in visits else None
        return finish.calls if finish else None

    return {
        "answer": Figure(most("own", "calls"), most("floor", "calls"), "a form divided by its fields"),
        "commits": Figure(most("own", "commits"), most("floor", "commits")),
        "finish": Figure(leaving("own"), leaving("floor")),
        "visit-commits": whole("commits"),
        "visit-bytes": whole("sent", 1000),
    }


def told(done: Visit) -> list[str]:
    """Every answer of a visit and its end, a line each."""
    events = {**done.answers, **({"exit": done.finish} if done.finish else {})}
    return [
        f"{name}: {heard.calls} calls, commits: {heard.commits}, responses: {heard.records}"
        for name, heard in events.items()
    ]
