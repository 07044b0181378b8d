"""A session in two languages: which page a launch opens, and a switch that loses nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scormkit.build import build
from scormkit.compiled.messages import catalogue
from scormkit.targets import targets
from tests.browser.conftest import TARGETS, Platform, Site, standard_of
from tests.browser.hands import Hands
from tests.browser.learner import NOTHING_WAITS, Learner
from tests.browser.lms_platform import Enrolment, LmsLearner, LmsPlatform
from tests.browser.test_everybody import violations
from tests.browser.test_play import ALL_FIELDS
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5 import terms, tincan
from tests.fakes.cmi5.course_structure import AssignableUnit, Course, imported
from tests.fakes.cmi5.documents import Conditions
from tests.fakes.cmi5.lms import Launch, canonical
from tests.fakes.cmi5.server import Server

COURSE = Path(__file__).parents[1] / "courses/two-languages"
NAME = "two-languages-complaints"
LANGUAGE = "document.documentElement.lang"
TITLES = {"en": "Hear a complaint to its end", "de": "Eine Beschwerde zu Ende anhören"}


@pytest.fixture(scope="module")
def built(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Puts the course beside the other packages; and once more with a third language."""
    folder = tmp_path_factory.mktemp("translations")
    more = folder / "more"
    shutil.copytree(COURSE, more)
    about = more / "course.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("id: two", "id: three"), encoding="utf-8")
    shutil.copy(more / "complaints/session.yaml", more / "complaints/session.it.yaml")
    made = [
        *build([COURSE], list(targets().values()), folder / "dist").packages,
        *build([more], [targets()["scorm12"]], folder / "dist").packages,
    ]
    for one in made:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(site.folder / one.path.stem)
        shutil.copy(one.path, site.folder / one.path.name)
    return site


def opened(page: Page, site: Site, target: str, name: str = NAME, **options: str) -> Learner:
    return Platform(page, site).play_at(f"/{name}-{target}/index.html", target, **options)


def switch(learner: Learner, language: str) -> None:
    """Choose a language, and wait until its page can be used."""
    learner.unit.locator(f"[data-language={language}]").click()
    arrive(learner, language)


def arrive(learner: Learner, language: str) -> None:
    learner.unit.locator(f"html[lang={language}][data-activities=ready]").wait_for(state="attached")
    expect(learner.unit.locator("h1")).to_have_text(TITLES[language])


def answer_step(page: Page, learner: Learner) -> None:
    """Do everything on this step; where the learner of other tests knows a kind, as they do."""
    hands = Hands(page, learner.frame)
    for activity in learner.step.locator("[data-key]").all():
        kind = activity.evaluate("element => element.localName").removeprefix("scormkit-").replace("-", "_")
        if hasattr(learner, f"_{kind}"):
            learner.answer(activity)
        else:
            hands.answer(activity)


def fields(learner: Learner) -> list[Any]:
    found: list[Any] = learner.frame.evaluate(ALL_FIELDS)
    return found


def initialized(learner: Learner) -> int:
    """How often the platform was told that a run begins."""
    counts: dict[str, int] = learner.tab.evaluate("lms.counts")
    return counts.get("LMSInitialize", 0) + counts.get("Initialize", 0)


def status_of(learner: Learner, target: str) -> str | None:
    return learner.stored("cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status")


# --- SCORM ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_a_switch_keeps_every_answer_and_the_step_in_one_run(built: Site, platform: Platform, target: str) -> None:
    page = platform.page
    learner = opened(page, built, target)
    learner.go_next()
    answer_step(page, learner)
    learner.go_next()
    answer_step(page, learner)
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    assert learner.step.get_attribute("data-step") == "plan"
    learner.go_next()
    answer_step(page, learner)
    learner.go_next()
    learner.wait_until_stored()
    assert status_of(learner, target) == "completed"
    assert initialized(learner) == 1, "the second page goes on with the run of the first"
    assert learner.refused == []
    all_of_it = fields(learner)
    learner.unit.locator("#exit").click()
    learner.unit.locator("#closing h2").wait_for()
    assert learner.refused == []

    learner.come_back()
    arrive(learner, "de")
    assert fields(learner) == all_of_it
    assert initialized(learner) == 2
    assert learner.refused == []


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_what_was_typed_a_moment_before_is_there_after_the_switch(built: Site, platform: Platform, target: str) -> None:
    learner = opened(platform.page, built, target)
    learner.go_to("plan")
    learner.step.locator("textarea").fill("I will listen. Immer.")
    switch(learner, "de")
    expect(learner.step.locator("textarea")).to_have_value("I will listen. Immer.")
    switch(learner, "en")
    expect(learner.step.locator("textarea")).to_have_value("I will listen. Immer.")
    assert initialized(learner) == 1
    assert learner.refused == []


def test_a_platform_that_tells_nothing_loses_nothing_by_a_switch(built: Site, platform: Platform) -> None:
    page = platform.page
    learner = opened(page, built, "scorm12", fake="mute")
    learner.go_next()
    answer_step(page, learner)
    learner.wait_until_stored()
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    assert learner.step.get_attribute("data-step") == "collect"
    expect(learner.unit.locator("#notices")).to_be_empty()
    learner.wait_until_stored()


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_a_switch_on_moodle_s_player_keeps_everything(built: Site, platform: Platform, target: str) -> None:
    page = platform.page
    learner = opened(page, built, target, fake="moodle", limits="moodle")
    learner.go_to("plan")
    answer_step(page, learner)
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    learner.go_to("check")
    answer_step(page, learner)
    learner.wait_until_stored()
    before = fields(learner)
    learner.come_back()
    arrive(learner, "de")
    assert fields(learner) == before
    assert learner.refused == []


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_a_switch_on_scorm_again_is_refused_nothing(built: Site, page: Page, target: str) -> None:
    page.goto(f"/scorm-again.html?standard={standard_of(target)['standard']}")
    page.evaluate("address => play(address)", f"/{NAME}-{target}/index.html")
    learner = Learner(page)
    learner.wait_until_ready()
    learner.go_to("plan")
    answer_step(page, learner)
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    learner.go_to("check")
    answer_step(page, learner)
    learner.wait_until_stored()
    assert page.evaluate("refused") == []


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_a_platform_that_ends_the_run_with_its_page_is_begun_with_anew(
    built: Site, platform: Platform, target: str
) -> None:
    page = platform.page
    learner = opened(page, built, target)
    learner.go_to("plan")
    answer_step(page, learner)
    before = fields(learner)
    # Between the two pages the platform ends the run and is ready for the next one.
    page.evaluate(
        """() => document.querySelector("iframe").contentWindow.addEventListener("pagehide", () => {
            lms.api[lms.api.LMSFinish ? "LMSFinish" : "Terminate"]("");
            lms.launch();
            lms.install(window);
        })"""
    )
    switch(learner, "de")
    assert fields(learner) == before
    assert initialized(learner) == 2
    refused = [call["method"] for call in learner.refused]
    assert len(refused) == 1, "the question whether the run goes on"
    assert refused[0].endswith("GetValue")
    learner.go_to("check")
    answer_step(page, learner)
    learner.wait_until_stored()


def test_what_the_browser_has_no_room_for_comes_from_the_platform(built: Site, platform: Platform) -> None:
    page = platform.page
    page.add_init_script(
        """const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (name, text) {
            const much = name.startsWith("scormkit:language") && text.includes("handed");
            if (much) throw new DOMException("full", "QuotaExceededError");
            return set.call(this, name, text);
        };"""
    )
    learner = opened(page, built, "scorm12")
    learner.go_to("plan")
    answer_step(page, learner)
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    assert initialized(learner) == 1
    assert learner.refused == []


def test_the_time_of_both_pages_counts(built: Site, platform: Platform) -> None:
    page = platform.page
    page.clock.install()
    learner = opened(page, built, "scorm12")
    page.clock.run_for(90_000)
    learner.unit.locator("[data-language=de]").click()
    page.clock.run_for(3000)
    arrive(learner, "de")
    page.clock.run_for(3000)
    learner.unit.locator("#exit").click()
    page.clock.run_for(3000)
    learner.unit.locator("#closing h2").wait_for()
    hours, minutes, seconds = (learner.stored("cmi.core.session_time") or "").split(":")
    assert (hours, minutes) == ("0000", "01")
    assert float(seconds) >= 30


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_the_platform_s_preference_opens_its_language(built: Site, platform: Platform, target: str) -> None:
    name = "cmi.student_preference.language" if target == "scorm12" else "cmi.learner_preference.language"
    prefix = "LMS" if target == "scorm12" else ""
    learner = opened(platform.page, built, target)
    learner.tab.evaluate(f"name => {{ lms.api.{prefix}SetValue(name, 'de-AT'); lms.api.{prefix}Commit('') }}", name)
    before = initialized(learner)
    learner.tab.evaluate("lms.relaunch({})")
    arrive(learner, "de")
    assert initialized(learner) == before + 1
    assert learner.refused == []
    # What the learner chooses counts from then on.
    switch(learner, "en")
    learner.wait_until_stored()
    learner.come_back()
    arrive(learner, "en")
    assert learner.refused == []


def test_one_call_more_is_made_at_the_start(built: Site, platform: Platform) -> None:
    counted = "lms.calls.map(({method, element}) => `${method} ${element ?? ''}`.trim())"
    learner = opened(platform.page, built, "scorm12")
    several = learner.tab.evaluate(counted)
    assert [call for call in several if "preference" in call] == ["LMSGetValue cmi.student_preference.language"]
    other = platform.play("who-are-our-customers", "scorm12")
    assert "preference" not in " ".join(other.tab.evaluate(counted))


@pytest.mark.parametrize("failure", ["commit-refused"])
def test_where_nothing_can_be_saved_the_page_stays_and_says_so(built: Site, platform: Platform, failure: str) -> None:
    learner = opened(platform.page, built, "scorm12", failure=failure)
    learner.go_to("plan")
    learner.step.locator("textarea").fill("I will listen.")
    learner.unit.locator("[data-language=de]").click()
    expect(learner.unit.locator("#notices")).to_contain_text("as soon as your answers are saved")
    assert learner.frame.evaluate(LANGUAGE) == "en"
    expect(learner.step.locator("textarea")).to_have_value("I will listen.")
    learner.unit.locator("[data-language=de]").click()
    expect(learner.unit.locator("#notices .notice").filter(has_text="as soon as")).to_have_count(1)


@pytest.mark.parametrize("mode", ["browse", "review"])
def test_who_only_looks_can_switch_too(built: Site, platform: Platform, mode: str) -> None:
    learner = opened(platform.page, built, "scorm2004-4th", mode=mode)
    learner.go_to("plan")
    switch(learner, "de")
    assert learner.step.get_attribute("data-step") == "plan"
    assert initialized(learner) == 1
    assert learner.refused == []


def test_without_a_platform_a_switch_keeps_what_the_tab_has(built: Site, page: Page) -> None:
    page.clock.install()
    page.goto(f"{built.address}/{NAME}-scorm12/index.html")
    page.clock.run_for(10_000)
    page.locator("html[data-activities=ready]").wait_for(state="attached")
    page.locator(".steps-list ol [data-go-step=plan]").click()
    page.locator(".step.current textarea").fill("Allein.")
    page.locator("[data-language=de]").click()
    for _ in range(40):
        page.clock.run_for(500)  # the platform is looked for, in vain
        if page.locator("html[lang=de] #notices .notice").count():
            break
    expect(page.locator(".step.current textarea")).to_have_value("Allein.")


def test_a_choice_made_before_the_script_is_there_is_kept(built: Site, platform: Platform) -> None:
    """On a slow line the page can be read, and its language changed, before anything of the run is loaded."""
    page = platform.page
    held: list[Any] = []
    page.route("**/activities-*.js", lambda route: held.append(route) if not held else route.continue_())
    page.goto("/player.html?standard=1.2")
    page.evaluate("address => void lms.play(address)", f"/{NAME}-scorm12/index.html")
    learner = Learner(page)
    learner.unit.locator("[data-language=de]").click()
    arrive(learner, "de")
    assert initialized(learner) == 1
    learner.wait_until_stored()
    learner.come_back()
    arrive(learner, "de")
    assert initialized(learner) == 2
    assert learner.refused == []


# --- The switch on the page -------------------------------------------------------------------------------------------


def test_the_switch_is_reached_and_used_by_keyboard_and_keeps_the_focus(built: Site, platform: Platform) -> None:
    page = platform.page
    learner = opened(page, built, "scorm12")
    link = learner.unit.get_by_role("navigation", name="Language").get_by_role("link")
    expect(link).to_have_text("Deutsch")
    assert [link.get_attribute(name) for name in ("lang", "hreflang")] == ["de", "de"]
    learner.unit.locator("body").press("Tab")
    learner.unit.locator(".skip:focus").wait_for()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    arrive(learner, "de")
    back = learner.unit.get_by_role("navigation", name="Sprache").get_by_role("link")
    expect(back).to_be_focused()
    expect(back).to_have_text("English")


def test_a_language_that_no_catalogue_names_is_called_by_its_own_name(built: Site, platform: Platform) -> None:
    learner = opened(platform.page, built, "scorm12", "three-languages-complaints")
    names = learner.unit.get_by_role("navigation", name="Language").get_by_role("link").all_inner_texts()
    assert names == ["Deutsch", "Italiano"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [320, 700, 1280])
def test_the_switch_breaks_no_rule_of_axe_and_nothing_is_cut(
    browser: Browser, built: Site, scheme: Any, wide: int
) -> None:
    context = browser.new_context(
        base_url=built.address, color_scheme=scheme, viewport={"width": wide, "height": 700}, reduced_motion="reduce"
    )
    page = context.new_page()
    learner = opened(page, built, "scorm12", "three-languages-complaints")
    assert violations(learner.frame, built) == []
    room = learner.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1]
    sizes = learner.frame.evaluate(
        "[...document.querySelectorAll('.languages a')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 24
    context.close()


def test_plain_pages_and_what_is_sent_are_there_in_each_language(built: Site, page: Page) -> None:
    for suffix, language, words in (("", "en", "Loans desk"), (".de", "de", "Ausleihverbuchung")):
        page.goto(f"{built.address}/{NAME}-scorm12/index{suffix}.html")
        links = page.evaluate("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
        assert {f"plain{suffix}.html", f"what-is-sent{suffix}.html"} <= set(links)
        page.goto(f"{built.address}/{NAME}-scorm12/plain{suffix}.html")
        assert page.evaluate(LANGUAGE) == language
        assert words in page.content()
        page.goto(f"{built.address}/{NAME}-scorm12/what-is-sent{suffix}.html")
        assert page.evaluate(LANGUAGE) == language


# --- Web pages and the browser's languages ----------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "opens"), [("de-CH", "de"), ("en-GB", "en"), ("fr", "en")])
@pytest.mark.parametrize("target", ["web", "scorm12"])
def test_the_browser_s_languages_choose_where_nobody_else_does(
    browser: Browser, built: Site, target: str, locale: str, opens: str
) -> None:
    context = browser.new_context(base_url=built.address, locale=locale)
    page = context.new_page()
    if target == "web":
        page.goto(f"/{NAME}-web/index.html?from=menu")
        page.locator(f"html[lang={opens}][data-activities=ready]").wait_for(state="attached")
        assert page.url.endswith("?from=menu"), "the query is kept"
    else:
        learner = opened(page, built, target)
        arrive(learner, opens)
        assert initialized(learner) == 1
        assert learner.refused == []
    context.close()


def test_the_platform_s_word_counts_more_than_the_browser_s(browser: Browser, built: Site) -> None:
    context = browser.new_context(base_url=built.address, locale="de")
    learner = opened(context.new_page(), built, "scorm12")
    arrive(learner, "de")
    learner.tab.evaluate("lms.api.LMSSetValue('cmi.student_preference.language', 'en'); lms.api.LMSCommit('')")
    before = initialized(learner)
    learner.tab.evaluate("lms.relaunch({})")
    arrive(learner, "en")
    assert initialized(learner) == before + 1
    assert learner.refused == []
    context.close()


def test_a_choice_on_a_web_page_is_kept(browser: Browser, built: Site) -> None:
    context = browser.new_context(base_url=built.address, locale="de")
    page = context.new_page()
    page.goto(f"/{NAME}-web/index.html")
    page.locator("html[lang=de][data-activities=ready]").wait_for(state="attached")
    page.locator("[data-language=en]").click()
    page.locator("html[lang=en][data-activities=ready]").wait_for(state="attached")
    page.locator("#save-line").filter(has_text="Kept").or_(page.locator("#save-line:not(:empty)")).first.wait_for()
    page.reload()
    page.locator("html[lang=en][data-activities=ready]").wait_for(state="attached")
    other = context.new_page()
    other.goto(f"/{NAME}-web/index.html")
    other.locator("html[lang=en][data-activities=ready]").wait_for(state="attached")
    context.close()


# --- cmi5 and xAPI ----------------------------------------------------------------------------------------------------


@pytest.fixture
def lms(lms_context: BrowserContext, built: Site, lms_server: Server) -> Iterator[LmsPlatform]:
    """The strict LMS, with a browser that may not complain."""
    platform = LmsPlatform(lms_context, built, lms_server)
    yield platform
    assert platform.complaints == []


def enrolled(lms: LmsPlatform, preference: str | None = None) -> Enrolment:
    course, breaches = imported((lms.site.folder / f"{NAME}-cmi5.zip").read_bytes())
    assert breaches == []
    enrolment = Enrolment(lms.server.lms.register(course), course.units[0], f"{lms.site.address}/{NAME}-cmi5")
    if preference:
        key = (canonical(enrolment.registration.actor), terms.PREFERENCES)
        body = json.dumps({"languagePreference": preference, "audioPreference": "on"}).encode()
        lms.server.lms.agent_profiles.kept.pop(key, None)
        lms.server.lms.agent_profiles.put(key, body, "application/json", Conditions(none_match="*"), careful=True)
    return enrolment


def saved(learner: LmsLearner) -> None:
    """Everything that was answered has arrived."""
    word = catalogue(learner.frame.evaluate(LANGUAGE), ())["save.saved"].partition("{")[0].strip()
    learner.unit.locator("#save-line").filter(has_text=word).wait_for()
    learner.platform.until(lambda: bool(learner.frame.evaluate(NOTHING_WAITS)))


def test_cmi5_opens_the_language_that_the_learner_prefers(lms: LmsPlatform) -> None:
    learner = lms.open(enrolled(lms, "de-AT,en"))
    arrive(learner, "de")
    learner.go_next()
    answer_step(learner.tab, learner)
    learner.go_next()
    answer_step(learner.tab, learner)
    saved(learner)
    said = learner.statements
    assert {one["context"]["language"] for one in said} == {"de"}, "from the first statement on"
    assert learner.verbs == ["initialized"]
    for one in learner.answered:
        definition = one["object"]["definition"]
        assert set(definition["description"]) == {"en", "de"}
        for part in ("choices", "scale", "source", "target", "steps"):
            assert all(set(choice["description"]) == {"en", "de"} for choice in definition.get(part, []))
    pages = [one["object"]["definition"]["name"] for one in said if one["verb"]["id"].endswith("experienced")]
    assert {"en": "What do people complain about?", "de": "Worüber beschwert man sich?"} in pages
    learner.exit()
    assert lms.refused == []
    assert complaints(lms.server.lms.statements.kept) == [], "a second opinion"


def test_cmi5_a_switch_goes_on_in_the_same_session(lms: LmsPlatform) -> None:
    learner = lms.open(enrolled(lms))
    arrive(learner, "en")
    learner.go_next()
    answer_step(learner.tab, learner)
    before = fields(learner)
    switch(learner, "de")
    assert fields(learner) == before
    assert learner.step.get_attribute("data-step") == "collect"
    learner.go_next()
    answer_step(learner.tab, learner)
    saved(learner)
    learner.exit()
    assert learner.verbs == ["initialized", "terminated"]
    languages = [one["context"]["language"] for one in learner.statements]
    assert set(languages) == {"en", "de"}
    assert languages == sorted(languages, reverse=True)
    assert lms.refused == []
    # The learner's choice counts more than what the platform says of them.
    key = (canonical(learner.enrolment.registration.actor), terms.PREFERENCES)
    body = b'{"languagePreference":"en","audioPreference":"on"}'
    lms.server.lms.agent_profiles.put(key, body, "application/json", Conditions(none_match="*"), careful=True)
    learner = lms.come_back(learner)
    arrive(learner, "de")
    assert learner.verbs == ["initialized"]
    assert lms.refused == []


def test_cmi5_the_same_question_is_the_same_activity_in_all_languages(lms: LmsPlatform) -> None:
    definitions = []
    for preference in ("en", "de"):
        learner = lms.open(enrolled(lms, preference), tab=lms.tab())
        arrive(learner, preference)
        for step in ("collect", "plan", "check"):
            learner.go_to(step)
            answer_step(learner.tab, learner)
        saved(learner)
        definitions.append(
            {
                one["object"]["id"].removeprefix(learner.session.activity_id): one["object"]["definition"]
                for one in learner.statements
                if "definition" in one["object"]
            }
        )
    assert definitions[0] == definitions[1]
    assert len(definitions[0]) > 8
    assert lms.refused == []


@pytest.mark.parametrize("accept", ["de-DE,de;q=0.9,en;q=0.5", "en;q=0.3, de;q=0.8"])
def test_plain_xapi_follows_the_launch_s_accept_language(lms: LmsPlatform, accept: str) -> None:
    package = tincan.imported((lms.site.folder / f"{NAME}-xapi.zip").read_bytes())
    assert package.breaches == []
    address, run = lms.server.lms.launch_plain(package, f"{lms.site.address}/{NAME}-xapi")
    unit = AssignableUnit(package.activity_id, package.launch, package.title)
    enrolment = Enrolment(
        lms.server.lms.register(Course(package.activity_id, package.title, [unit])), unit, lms.site.address
    )
    lms.server.lms.statements.kept.clear()
    learner = LmsLearner(
        tab=lms.learners_tab, platform=lms, enrolment=enrolment, launch=Launch(address, run, unit, "", "")
    )
    lms.show(learner.tab, f"{address}&Accept-Language={accept}")
    arrive(learner, "de")
    learner.go_next()
    answer_step(learner.tab, learner)
    before = fields(learner)
    switch(learner, "en")
    assert fields(learner) == before
    saved(learner)
    said = [one for one in learner.statements if one["verb"]["id"].endswith("initialized")]
    assert len(said) == 1, "one session"
    assert said[0]["context"]["language"] == "de"
    assert lms.refused == []
