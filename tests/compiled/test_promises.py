"""What a form says of who gets its answers is true in every package: what is recorded, stored and shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from scormkit.build import build
from scormkit.compiled.capacity import capacity
from scormkit.compiled.course import Package, Unit
from scormkit.model.forms import Record
from scormkit.problem import ProblemsFound
from scormkit.targets import targets
from scormkit.targets.sheet import sheet
from tests.packages import course_in, packages_of

FORM = "      - activity: form\n        id: action-plan\n"
TEXT = "      - activity: open-text\n        id: thoughts\n"


def with_record(record: str, *places: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        for place in places:
            assert place in text
            text = text.replace(place, f"{place}        record: {record}\n")
        return text

    return change


def unit_with(folder: Path, record: Record, target: str = "scorm12") -> Unit:
    (package,) = packages_of(course_in(folder, with_record(record, FORM, TEXT)), target)
    return package.units[0]


def recorded(unit: Unit) -> set[str]:
    return {name for name, _ in unit.interactions}


def test_what_is_submitted_is_recorded(tmp_path: Path) -> None:
    assert recorded(unit_with(tmp_path, "submitted")) == {
        "thoughts",
        "question",
        "action-plan.action",
        "action-plan.by",
    }


@pytest.mark.parametrize("record", ["kept", "private"])
def test_what_is_not_submitted_has_no_record_and_is_never_dropped_for_lack_of_room(
    tmp_path: Path, record: Record
) -> None:
    unit = unit_with(tmp_path, record)
    assert recorded(unit) == {"question"}
    assert unit.shed_order == ()
    page = targets()["scorm12"].page_data(unit)
    activities = page["activities"]
    assert isinstance(activities, dict)
    assert [one["record"] for one in activities.values() if isinstance(one, dict) and "record" in one] == [record] * 2


def test_what_is_private_takes_no_room_in_the_lms(tmp_path: Path) -> None:
    private = capacity(unit_with(tmp_path / "private", "private"), 4096)
    kept = capacity(unit_with(tmp_path / "kept", "kept"), 4096)
    assert private.worst < 700
    assert private.promised == private.skeleton
    assert kept.promised > kept.skeleton + 700


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-2nd"])
def test_a_build_fails_where_the_platform_may_have_no_room_for_what_is_promised(tmp_path: Path, target: str) -> None:
    def change(text: str) -> str:
        return with_record("kept", FORM)(text).replace("max_chars: 400", "max_chars: 2500")

    folder = course_in(tmp_path / "course", change)
    with pytest.raises(ProblemsFound) as found:
        build([folder], [targets()[target]], tmp_path / "dist")
    (problem,) = [one for one in found.value.problems if one.rule == "CNT-093"]
    assert "action-plan" in problem.message
    assert "record: submitted" in problem.hint
    assert not (tmp_path / "dist").exists()
    made = build([folder], [targets()["scorm2004-4th"]], tmp_path / "dist")
    assert made.packages, "where there is room the same promise can be kept"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("submitted", "goes to the people who run your training"),
        ("kept", "kept with your progress"),
        ("private", "stays in this browser"),
    ],
)
def test_the_page_says_who_gets_it_before_the_first_field(tmp_path: Path, record: Record, words: str) -> None:
    page = html.document_fromstring(targets()["scorm12"].page(unit_with(tmp_path, record), "script.js"))
    (form,) = page.xpath("//scormkit-form")
    text = " ".join(form.xpath("string(.//form/preceding-sibling::p[1])").split())
    assert words in text
    answer = " ".join(page.xpath("string(//scormkit-open-text)").split())
    assert (words in answer) == (record != "submitted")
    start = " ".join(page.xpath("string(//*[@data-role='start'])").split())
    assert ("stays with you" in start) == (record != "submitted")
    assert page.xpath("//*[@data-role='start']//a[@href='what-is-sent.html']")


@pytest.mark.parametrize("record", ["submitted", "kept", "private"])
def test_the_sheet_lists_every_question_and_says_which_stay(tmp_path: Path, record: Record) -> None:
    (package,) = packages_of(course_in(tmp_path, with_record(record, FORM)), "scorm12")
    page = html.document_fromstring(sheet(package, targets()["scorm12"]).decode())
    questions = page.xpath("//tbody//td[1]/text()")
    assert {"What do you think?", "Which one?"} <= set(questions)
    assert ("I am going to" in questions) == (record == "submitted")
    text = " ".join(page.text_content().split())
    assert ("With your progress only, not among the answers: “action-plan”" in text) == (record == "kept")
    assert ("in this browser, and sent nowhere: “action-plan”" in text) == (record == "private")
    for words in ("SCORM 1.2", "Who can read it", "Not tested: this session on your own learning platform"):
        assert words in text


def test_nothing_of_an_author_becomes_markup_in_the_sheet(tmp_path: Path) -> None:
    evil = '<img src=x onerror=alert(1)> & "more"'

    def change(text: str) -> str:
        return text.replace("title: A small session", f"title: '{evil}'").replace("I am going to", f"'{evil}'")

    (package,) = packages_of(course_in(tmp_path, change), "scorm12")
    page = html.document_fromstring(sheet(package, targets()["scorm12"]).decode())
    assert not page.xpath("//img")
    assert evil in (page.findtext(".//h1") or "")
    assert evil in page.xpath("//td/text()")


def sheet_words(package: Package, target: str) -> str:
    page = html.document_fromstring(sheet(package, targets()[target]).decode())
    return " ".join(" ".join(page.xpath("//body//text()")).split())


@pytest.mark.parametrize("target", ["cmi5", "xapi"])
def test_the_sheet_of_a_standard_of_statements_names_all_that_goes_to_the_record_store(
    tmp_path: Path, target: str
) -> None:
    form = f"{FORM}        record: submitted\n"
    digest = "label: I am going to, record: digest,"
    folder = course_in(tmp_path, lambda text: text.replace(FORM, form).replace("label: I am going to,", digest))
    (package,) = packages_of(folder, target)
    words = sheet_words(package, target)
    for said in (
        "learning platform\u2019s record store",
        "as a statement of its own",
        "Which parts of the session you opened",
        "When you opened the session and when you left it",
        "once more as a whole",
        "in a document of its own",
        "a key to the record store",
        "I am going to Its length and a digest of it, not the text",
    ):
        assert said in words, said
    assert ("which language you prefer" in words) == (target == "cmi5")
    assert "in the reports of your learning platform" not in words


def test_what_is_recorded_as_a_digest_is_not_sent_where_a_standard_has_no_place_for_one(tmp_path: Path) -> None:
    digest = "label: I am going to, record: digest,"
    folder = course_in(tmp_path, lambda text: text.replace("label: I am going to,", digest))
    for target in ("scorm12", "scorm2004-4th"):
        (package,) = packages_of(folder, target)
        words = sheet_words(package, target)
        assert "I am going to Nothing. It is kept with your progress only" in words
        assert "digest" not in words


def test_the_sheet_of_pages_without_a_platform_says_that_nothing_is_sent(tmp_path: Path) -> None:
    (package,) = packages_of(course_in(tmp_path), "web")
    words = sheet_words(package, "web")
    assert "Nothing is sent" in words
    assert "What stays in this browser" in words
    for untrue in (
        "learning platform with its settings",
        "What goes to",
        "Who can read it",
        "What is recorded",
        "score",
    ):
        assert untrue not in words, untrue


def test_the_sheets_of_scorm_packages_say_nothing_of_record_stores(tmp_path: Path) -> None:
    (package,) = packages_of(course_in(tmp_path), "scorm12")
    words = sheet_words(package, "scorm12")
    assert "in the reports of your learning platform" in words
    assert "statement" not in words
    assert "record store" not in words
