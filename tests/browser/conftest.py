"""A real browser, a platform that plays packages, and the packages of ``content/`` in every target."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.learner import Learner
from tests.fakes.cmi5.server import Server, listening

ROOT = Path(__file__).parents[2]
TARGETS = tuple(name for name in targets() if name.startswith("scorm"))
SESSIONS = ("who-are-our-customers", "customer-pathways")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever asks for another machine than this one finds none; the fixtures below say who asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


CLOCK = """
const days = Number(globalThis.localStorage?.getItem("test:days") ?? 0);
if (days) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + days * 86400000])); }
    static now() { return Real.now() + days * 86400000; }
  };
}
"""
"""A learner's clock that is some days ahead, or behind."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the folder without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@dataclass(frozen=True)
class Site:
    """Where the packages and the platform's page are served. ``other`` is a second origin for the same files."""

    folder: Path
    address: str
    other: str

    def package(self, session: str, target: str) -> str:
        """The address of a package's launch page."""
        return f"/customer-care-{session}-{target}/index.html"


def bundled(source: Path, to: Path, name: str = "") -> None:
    """A script for the page of a test; what it exports is the global ``name``."""
    subprocess.run(
        [
            ROOT / "node_modules/.bin/esbuild",
            source,
            "--bundle",
            "--format=iife",
            "--target=es2020",
            f"--outfile={to}",
            "--log-level=error",
            *([f"--global-name={name}", f"--footer:js=globalThis.{name} = {name};"] if name else []),
        ],
        check=True,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Builds all packages once and serves them unpacked, beside the platform's page, on two ports of loopback."""
    folder = tmp_path_factory.mktemp("site")
    made = build([ROOT / "content"], list(targets().values()), folder / "dist")
    joined = folder / "joined"
    shutil.copytree(ROOT / "content/customer-care", joined)
    about = (joined / "course.yaml").read_text(encoding="utf-8")
    (joined / "course.yaml").write_text(about.replace("one-per-session", "one-for-all"), encoding="utf-8")
    both = build([joined], [targets()[name] for name in ("scorm12", "scorm2004-4th", "cmi5")], folder / "dist")
    for one in (*made.packages, *both.packages):
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(folder / one.path.stem)
    bundled(ROOT / "tests/fakes/index.ts", folder / "fakes.js")
    shutil.copy(ROOT / "tests/fakes/player.html", folder / "player.html")
    shutil.copy(ROOT / "tests/browser/scorm-again.html", folder / "scorm-again.html")
    shutil.copy(ROOT / "node_modules/scorm-again/dist/scorm-again.js", folder / "scorm-again.js")
    shutil.copy(ROOT / "node_modules/axe-core/axe.min.js", folder / "axe.js")
    servers = [
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) for _ in range(2)
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    first, second = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    yield Site(folder, first, second)
    for server in servers:
        server.shutdown()
        server.server_close()


def launched(playwright: Playwright) -> Browser:
    """Chromium as the machine has it; without its own windows, where that is there, everything takes half the time."""
    path = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
    assert path, "Chromium is not installed; `make test` installs it where it can."
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process."""
    with sync_playwright() as playwright:
        running = launched(playwright)
        yield running
        running.close()


@contextmanager
def profile(browser: Browser, site: Site, *known: str) -> Iterator[BrowserContext]:
    """A fresh profile; a request to anywhere but the site and what is ``known`` fails the test.

    A button may copy, as it may in a browser that has windows. Requests are watched, not intercepted: that would cost
    time, and the driver would answer CORS preflights itself.
    """
    fresh = browser.new_context(
        base_url=site.address, viewport={"width": 1000, "height": 800}, permissions=["clipboard-write"]
    )
    strays: list[str] = []
    allowed = (site.address, *known, "about:", "data:", "blob:")
    fresh.on("request", lambda request: None if request.url.startswith(allowed) else strays.append(request.url))
    yield fresh
    fresh.close()
    assert not strays, f"the package asked for {strays}"


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh profile with a clock that a test can move."""
    with profile(browser, site, site.other) as fresh:
        fresh.add_init_script(CLOCK)
        yield fresh


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; errors on its console fail the test."""
    tab = context.new_page()
    tab.set_default_timeout(15_000)
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "favicon" not in str(message.location)
            else None
        ),
    )
    yield tab
    assert not complaints, complaints


def standard_of(target: str) -> dict[str, str]:
    """What the platform's page must be told to play a target."""
    if target == "scorm12":
        return {"standard": "1.2"}
    return {"standard": "2004", "edition": target.removeprefix("scorm2004-")}


@dataclass(frozen=True)
class Platform:
    """Opens packages on a fake platform."""

    page: Page
    site: Site

    def play(self, session: str, target: str, **options: str) -> Learner:
        """A learner who has just opened a package."""
        return self.play_at(self.site.package(session, target), target, **options)

    def play_at(self, address: str, target: str, **options: str) -> Learner:
        """The same, for a launch page at any address."""
        query = urlencode({**standard_of(target), **options})
        self.page.goto(f"/player.html?{query}")
        learner = Learner(self.page)
        learner.open(address)
        return learner


@pytest.fixture
def platform(page: Page, site: Site) -> Platform:
    """A platform with one learner."""
    return Platform(page, site)


@pytest.fixture
def lms_server() -> Iterator[Server]:
    """A strict LMS and LRS that listens on loopback."""
    with listening(Server()) as server:
        yield server


@pytest.fixture
def lms_context(browser: Browser, site: Site, lms_server: Server) -> Iterator[BrowserContext]:
    """A fresh profile that may talk to the strict LMS."""
    with profile(browser, site, lms_server.lms.base) as fresh:
        yield fresh
