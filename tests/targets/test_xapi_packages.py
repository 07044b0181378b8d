"""What cmi5, xAPI and web packages hold: manifests, ids, and what the browser is told of questions and forms."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from scormkit.check import checked
from scormkit.compiled.capacity import capacity
from scormkit.manifest_xml import Element, parsed
from scormkit.model.interactions import Interaction, InteractionType, Option, Response
from scormkit.targets import targets
from scormkit.targets.xapi_target import components, part_ids, pattern
from tests.packages import ROOT, course_in, packages_of, zip_of
from tests.targets.test_manifests import copied

TARGETS = ("cmi5", "xapi", "web")
XSD = ROOT.parent / "shared/schemas/cmi5/CourseStructure.xsd"


def read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def manifest_of(content: bytes, target: str) -> Element:
    return parsed(read(content, targets()[target].manifest_name))


def unit_data(content: bytes, page: str = "index.html") -> dict[str, Any]:
    """What the page's own script holds."""
    text = read(content, page).decode()
    found = re.search(r"var scormkitPage=\{unit:(.*?),driver:null\};", text)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def sample(target: str, folder: Path = ROOT / "content/customer-care") -> bytes:
    return zip_of(packages_of(folder, target)[0], target)


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """The sample course with all sessions in one package."""
    return copied(tmp_path, lambda text: text.replace("one-per-session", "one-for-all"))


@pytest.mark.parametrize("target", TARGETS)
def test_the_written_zip_has_no_problem(target: str, joined: Path) -> None:
    assert checked(Path("x.zip"), sample(target)) == []
    assert checked(Path("x.zip"), sample(target, joined)) == []


@pytest.mark.skipif(not XSD.is_file(), reason="the official schema is not at hand and may not be shipped")
def test_cmi5_xml_is_valid_against_the_official_schema(joined: Path) -> None:
    schema = etree.XMLSchema(etree.parse(XSD))
    for content in (sample("cmi5"), sample("cmi5", joined)):
        assert schema.validate(manifest_of(content, "cmi5")), schema.error_log


def test_several_sessions_are_several_units_launched_from_one_page(joined: Path) -> None:
    content = sample("cmi5", joined)
    urls = [url.text for url in manifest_of(content, "cmi5").iter("{*}url")]
    assert urls == ["index.html?au=who-are-our-customers", "index.html?au=customer-pathways"]
    entry = read(content, "index.html").decode()
    for name in ("who-are-our-customers.html", "customer-pathways.html"):
        assert read(content, name)
        assert f'href="{name}"' in entry, "for a person who opens it"


def test_of_a_tincan_xml_one_activity_can_be_launched_whatever_the_sessions_are(joined: Path) -> None:
    manifest = manifest_of(sample("xapi", joined), "xapi")
    assert [launch.text for launch in manifest.iter("{*}launch")] == ["index.html"]
    assert len(list(manifest.iter("{*}activity"))) == 3


def test_move_on_and_the_pass_mark_are_those_of_the_session() -> None:
    manifest = manifest_of(sample("cmi5"), "cmi5")
    (au,) = manifest.iter("{*}au")
    assert au.get("moveOn") == "Completed"
    assert au.get("masteryScore") == "0.6"


def test_ids_are_below_the_address_that_the_author_states_and_stay_when_texts_change(tmp_path: Path) -> None:
    def ids(text: str) -> list[str | None]:
        folder = copied(
            tmp_path / text, lambda course: f"{course}\niri: https://example.org/care\n".replace("ten", text)
        )
        return [
            element.get("id") for element in manifest_of(sample("cmi5", folder), "cmi5").iter() if element.get("id")
        ]

    assert ids("ten") == ids("nine")
    assert ids("ten")[1] == "https://example.org/care/who-are-our-customers"


def test_two_packages_of_a_course_are_two_courses_for_a_platform() -> None:
    packages = packages_of(ROOT / "content/customer-care", "cmi5")
    ids = [manifest_of(zip_of(one, "cmi5"), "cmi5")[0].get("id") for one in packages]
    assert len(set(ids)) == len(packages)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_in_the_page_s_policy_keeps_it_from_a_record_store(target: str) -> None:
    page = read(sample(target), "index.html").decode()
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    assert not re.search(r"connect-src|default-src", found[1])
    assert ('name="referrer" content="no-referrer"' in page) == (target != "web")


def test_web_pages_say_before_anything_is_typed_that_nothing_is_sent() -> None:
    words = "Nothing you write here is sent anywhere"
    page = read(sample("web"), "index.html").decode()
    assert words in page
    promised = re.findall(r"data-promise>([^<]*)<", page)
    assert promised
    assert all("sent nowhere" in one for one in promised)
    for target in ("cmi5", "xapi", "scorm12"):
        page = read(sample(target), "index.html").decode()
        assert words not in page
        assert "can read them" in page
        assert "data-promise>This goes to the people who run your training.<" in page


def test_every_interaction_has_an_id_of_its_own() -> None:
    for package in packages_of(ROOT / "content/customer-care", "cmi5"):
        parts = [part for _, part in part_ids(package.units[0])]
        assert len(set(parts)) == len(parts)
        assert all(re.fullmatch(r"/(test|form)/[\w./-]+", part) for part in parts)


def test_a_question_that_asks_for_something_else_is_another_activity(tmp_path: Path) -> None:
    def part(name: str, old: str, new: str) -> str:
        package = packages_of(course_in(tmp_path / name, lambda text: text.replace(old, new)), "cmi5")[0]
        return dict(part_ids(package.units[0]))["question"]

    before = part("one", "-", "-")
    assert part("two", "Which one?", "Which of them?") == before, "other words, the same question"
    assert part("three", "correct: this", "correct: that") != before


def test_a_field_s_record_says_what_leaves_the_page(tmp_path: Path) -> None:
    def change(text: str) -> str:
        digest = "label: I am going to, record: digest,"
        return text.replace("label: I am going to,", digest).replace(
            "label: By when?}", "label: By when?, record: none}"
        )

    folder = course_in(tmp_path / "small", change)
    data = unit_data(sample("cmi5", folder))
    asked = {one["key"]: one for one in data["interactions"]}
    assert asked["action-plan.action"]["digest"] is True
    assert "action-plan.by" not in asked
    assert data["activities"]["action-plan"]["data"]["withheld"] == ["action", "by"]
    scorm = {one["key"] for one in unit_data(sample("scorm12", folder))["interactions"]}
    assert not {"action-plan.action", "action-plan.by"} & scorm, "SCORM has no place for a digest"


def test_a_form_is_sent_as_a_whole_and_a_report_back_knows_its_plan(tmp_path: Path) -> None:
    report = """
      - activity: form
        id: report
        purpose: report-back
        fields: [{id: how, type: long-text, label: How did it go?}]
completion:"""
    folder = course_in(tmp_path / "small", lambda text: text.replace("\ncompletion:", report))
    data = unit_data(sample("xapi", folder))
    plan, back = data["forms"]
    assert (plan["key"], plan["form"], plan["part"]) == ("action-plan", "plan", "/form/action-plan")
    assert (back["form"], back["refersTo"]) == ("report", "action-plan")
    assert next(one for one in data["interactions"] if one["key"] == "report.how")["refersTo"] == "action-plan"


OPTIONS = (Option("a", "One"), Option("b", "Two"))


@pytest.mark.parametrize(
    ("kind", "response", "spelled", "lists"),
    [
        ("true-false", True, "true", ()),
        ("choice", ("a", "b"), "a[,]b", ("choices",)),
        ("sequencing", ("b", "a"), "b[,]a", ("choices",)),
        ("likert", ("a",), "a", ("scale",)),
        ("matching", (("a", "b"), ("b", "a")), "a[.]b[,]b[.]a", ("source", "target")),
        ("performance", (("a", "blue"),), "a[.]blue", ("steps",)),
        ("numeric", 3.5, "3.5", ()),
        ("fill-in", "Paris", "Paris", ()),
        ("long-fill-in", "{a} [,] b", " {a} [ ,] b", ()),
        ("other", "anything", "anything", ()),
    ],
)
def test_each_type_is_described_as_xapi_spells_it(
    kind: InteractionType, response: Response, spelled: str, lists: tuple[str, ...]
) -> None:
    assert pattern(response) == spelled
    asked = Interaction("x", kind, "Which?", options=OPTIONS, targets=OPTIONS, correct_responses=(response,))
    assert tuple(components(asked)) == lists


def test_the_stored_state_of_a_full_session_fits_what_outlives_its_page() -> None:
    for package in packages_of(ROOT / "content/customer-care", "cmi5"):
        room = capacity(package.units[0], targets()["cmi5"].suspend_data_limit)
        assert room.limit == 64_000
        assert not room.sheds, "whatever is typed, nothing is left out"


def test_a_zip_with_two_manifests_is_told_to_be_ambiguous() -> None:
    content = sample("cmi5")
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("tincan.xml", read(sample("xapi"), "tincan.xml"))
    (problem,) = checked(Path("x.zip"), buffer.getvalue())
    assert problem.rule == "PKG-010"
    assert "cmi5.xml and tincan.xml" in problem.message
