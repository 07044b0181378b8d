"""A session that runs from right to left and a German one, played in every target: words, direction, numerals."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scormkit.activities import KINDS, PARTS
from scormkit.build import build
from scormkit.compiled.messages import catalogue
from scormkit.targets import targets
from tests.browser.conftest import TARGETS, Platform, Site
from tests.browser.hands import Hands
from tests.browser.learner import Learner
from tests.browser.test_everybody import COLOURS, RULES, violations

COURSES = Path(__file__).parents[1] / "courses"
SESSIONS = {"ar": "arabic-listening", "de": "german-zuhoeren"}


@pytest.fixture(scope="module")
def built(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Puts both courses beside the other packages, and the Arabic one in one package with a session in English."""
    folder = tmp_path_factory.mktemp("languages")
    mixed = folder / "mixed"
    shutil.copytree(COURSES / "arabic", mixed)
    with (mixed / "course.yaml").open("a", encoding="utf-8") as about:
        about.write("packages: one-for-all\n")
    made = [
        *build([COURSES], list(targets().values()), folder / "dist").packages,
        *build([mixed], [targets()["scorm2004-4th"]], folder / "dist").packages,
    ]
    for one in made:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(site.folder / one.path.stem)
    return site


def opened(page: Page, site: Site, name: str, target: str) -> Learner:
    return Platform(page, site).play_at(f"/{name}-{target}/index.html", target)


def play(page: Page, learner: Learner, target: str) -> None:
    """Do everything on every step, and the report that comes back; by pointer in one target, as all have one page."""
    hands = Hands(page, learner.frame)
    answer = hands.answer if target == TARGETS[0] else hands.answer_at_once
    while True:
        for activity in learner.step.locator("[data-key]").all():
            answer(activity)
        if not learner.step.locator("[data-next]").count():
            break
        learner.go_next()
    learner.wait_until_stored()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("language", SESSIONS)
def test_a_whole_session_is_played_and_stored_in_its_language(
    built: Site, platform: Platform, language: str, target: str
) -> None:
    page = platform.page
    learner = opened(page, built, SESSIONS[language], target)
    play(page, learner, target)
    assert learner.refused == []
    assert learner.stored("cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status") == "completed"
    fields = "[...document.querySelectorAll('textarea, input[type=text]')].map(one => one.value)"
    before = learner.frame.evaluate(fields)
    assert any(before)
    learner.come_back()
    assert learner.frame.evaluate(fields) == before


@pytest.mark.parametrize("language", SESSIONS)
def test_the_page_says_nothing_in_english(built: Site, platform: Platform, language: str) -> None:
    """Neither what is seen nor what is only heard."""
    page = platform.page
    learner = opened(page, built, SESSIONS[language], "scorm12")
    english = {text for text in catalogue("en", (*KINDS.names(), *PARTS)).values() if len(text.split()) > 2}
    parts = "[...document.querySelectorAll('[aria-label]')].map(one => one.getAttribute('aria-label')).join('\\n')"
    said = f"document.body.innerText + '\\n' + document.body.textContent + '\\n' + {parts}"
    play(page, learner, "scorm2004-4th")
    learner.unit.locator("#exit").click()
    learner.unit.locator("#closing h2").wait_for()
    whole = learner.frame.evaluate(
        said.replace(
            "document.body.textContent",
            "[...document.querySelectorAll('body > :not(script)')].map(one => one.textContent).join()",
        )
    )
    assert [text for text in english if text in whole] == []
    assert learner.frame.evaluate("document.documentElement.lang") == language


def test_arabic_runs_from_right_to_left_and_everything_is_mirrored(built: Site, platform: Platform) -> None:
    page = platform.page
    page.set_viewport_size({"width": 1280, "height": 900})
    learner = opened(page, built, SESSIONS["ar"], "scorm12")
    frame = learner.frame
    assert frame.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    bar, main = (
        frame.evaluate(f"document.querySelector('{one}').getBoundingClientRect().x") for one in (".bar", "main")
    )
    assert bar > main, "the steps stand where reading begins"
    learner.go_to("collect")
    hands = Hands(page, frame)
    for activity in learner.step.locator("[data-key]").all():
        hands.answer(activity)
    outside = frame.evaluate(
        """[...document.querySelectorAll(".map-picture text")].filter(text => {
            const inner = text.getBoundingClientRect(), outer = text.closest("svg").getBoundingClientRect();
            return inner.left < outer.left - 1 || inner.right > outer.right + 1;
        }).map(text => text.textContent)"""
    )
    assert outside == [], "names stay within the picture"
    first, second = (
        frame.evaluate(f"document.querySelector('.map-pathway[data-node=\"{one}\"] text').getBoundingClientRect().x")
        for one in (0, 1)
    )
    assert first > second, "the first pathway comes in from where reading begins"


def test_what_learners_write_runs_in_its_own_direction(built: Site, platform: Platform) -> None:
    learner = opened(platform.page, built, SESSIONS["ar"], "scorm12")
    learner.go_to("reflect")
    area = learner.step.locator("textarea").first
    direction = "element => getComputedStyle(element).direction"
    area.fill("I listened. Then I rang back.")
    assert area.evaluate(direction) == "ltr"
    area.fill("أصغيت ثم اتصلت.")
    assert area.evaluate(direction) == "rtl"
    unmarked = learner.frame.evaluate(
        """[...document.querySelectorAll("textarea, input[type=text]:not([inputmode])")]
            .filter(field => field.dir !== "auto").length"""
    )
    assert unmarked == 0


def test_numbers_are_in_the_digits_of_the_texts_and_read_in_those_of_the_learner(
    built: Site, platform: Platform
) -> None:
    learner = opened(platform.page, built, SESSIONS["ar"], "scorm12")
    learner.go_to("check")
    learner.step.locator("scormkit-numeric input").fill("\u0667\u0660\u066b\u0665")
    learner.step.locator("scormkit-numeric button[data-answer]").click()
    learner.wait_until_stored()
    one = next(one for one in learner.data["interactions"] if one["key"] == "sum")
    assert learner.stored(f"cmi.interactions.{one['index']}.student_response") == "70.5"
    assert learner.stored(f"cmi.interactions.{one['index']}.result") == "correct"
    learner.go_to("_finish")
    shown = learner.frame.evaluate("document.body.innerText")
    # The learner's own answer is shown as it was typed; everything else has the digits of the texts.
    typed = "\u0667\u0660\u066b\u0665"
    assert typed in shown
    assert not re.search("[\u0660-\u0669]", shown.replace(typed, ""))
    assert re.search(r"\d\d:\d\d", shown)


def test_a_session_in_another_language_is_marked_within_the_page(built: Site, platform: Platform) -> None:
    learner = opened(platform.page, built, "arabic", "scorm2004-4th")
    frame = learner.frame
    assert frame.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    marked = "selector => [...document.querySelectorAll(selector)].map(one => [one.lang, one.dir])"
    foreign = ".step[data-of=short-visit] :is(h2, .activity)"
    assert set(map(tuple, frame.evaluate(marked, foreign))) == {("en", "ltr")}
    assert set(map(tuple, frame.evaluate(marked, ".step[data-of=listening] :is(h2, .activity)"))) == {("", "")}
    assert ["en", "ltr"] in frame.evaluate(marked, ".menu h3")
    button = frame.evaluate("document.querySelector('.step[data-of=short-visit] [data-answer]').textContent")
    assert button == "Save my answer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_arabic_and_nothing_is_cut_on_a_narrow_page(
    browser: Browser, built: Site, scheme: str
) -> None:
    context = browser.new_context(
        base_url=built.address,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    rules = RULES if scheme == "light" else COLOURS
    for language, name in SESSIONS.items():
        learner = opened(page, built, name, "scorm12")
        hands = Hands(page, learner.frame)
        for step in learner.steps:
            learner.go_to(step)
            for activity in learner.step.locator("[data-key]").all():
                hands.answer_at_once(activity)
            learner.frame.evaluate("scrollTo(0, 0)")  # nothing half under the bar
            assert violations(learner.frame, built, rules) == [], f"{language} {step}"
            wide, room = learner.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= room, f"{language} {step}"
    context.close()


def test_styles_of_the_page_name_no_side() -> None:
    """Start and end, never left and right: a page that runs the other way is mirrored by itself."""
    root = Path(__file__).parents[2]
    sides = re.compile(
        r"(?<![-\w])(left|right|(margin|padding|border|inset|scroll-(margin|padding))-(left|right|top|bottom)"
        r"|text-align:\s*(left|right)|float:\s*(left|right)|(min-|max-)?(width|height)\s*:)(?![-\w])"
    )
    found = {}
    for file in (
        *root.glob("templates/*.css"),
        *root.glob("src/scormkit/activities/*/*.css"),
        *root.glob("templates/*.j2"),
    ):
        text = re.sub(
            # A place on a picture (--x, --y) is counted from its left edge in every language.
            r"/\*.*?\*/|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|@media[^{]*|--right|plain\.right|\"right\"|is-right"
            r"|inset: var\(--y\) auto auto var\(--x\)",
            "",
            file.read_text(encoding="utf-8"),
            flags=re.S,
        )
        # Four values are top, right, bottom, left: the second and the fourth have to be the same.
        for four in re.finditer(r"(?:margin|padding|inset): *[^\s;]+ ([^\s;]+) [^\s;]+ ([^\s;}]+) *[;}]", text):
            if four[1] != four[2]:
                found[f"{file.name}, four values"] = [four[0]]
        if hits := [hit[0] for hit in sides.finditer(text)]:
            found[file.name] = hits
    assert found == {}
