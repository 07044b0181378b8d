"""Packages of sessions in several languages: the same records in each, and manifests that name all pages."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from scormkit.build import build
from scormkit.compiled.compiler import compiled
from scormkit.compiled.course import Package
from scormkit.content.loader import load
from scormkit.targets import targets
from tests.packages import ROOT, SMALL, packages_of, zip_of

COURSE = ROOT / "tests/courses/two-languages"
CMI5 = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
LANG = "lang"


def files_of(package: Package, target: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zip_of(package, target))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unit_of(page: bytes) -> dict[str, Any]:
    """What the page tells its scripts."""
    text = page.decode()
    start = text.index("var scormkitPage={unit:") + len("var scormkitPage={unit:")
    unit: dict[str, Any] = json.JSONDecoder().raw_decode(text, start)[0]
    return unit


def two_sessions(folder: Path) -> Path:
    """A course in one package; only its first session has a translation."""
    shutil.copytree(COURSE, folder)
    with (folder / "course.yaml").open("a", encoding="utf-8") as about:
        about.write("packages: one-for-all\n")
    text = (folder / "course.yaml").read_text(encoding="utf-8")
    (folder / "course.yaml").write_text(text.replace("[complaints]", "[complaints, small]"), encoding="utf-8")
    (folder / "small").mkdir()
    (folder / "small/session.yaml").write_text(SMALL, encoding="utf-8")
    return folder


@pytest.mark.parametrize("target", targets())
def test_every_language_has_the_same_records_in_the_same_places(target: str) -> None:
    (package,) = packages_of(COURSE, target)
    files = files_of(package, target)
    english, german = (unit_of(files[name]) for name in ("index.html", "index.de.html"))
    assert [english["language"], german["language"]] == ["en", "de"]
    assert english["pages"] == german["pages"] == {"en": "index.html", "de": "index.de.html"}
    same = ("id", "steps", "completion", "masteryScore", "followUps", "shedOrder", "suspendDataLimit")
    assert [english[name] for name in same] == [german[name] for name in same]
    said = {"description", "inAll"}
    records = [
        [{k: v for k, v in one.items() if k not in said} for one in unit["interactions"]] for unit in (english, german)
    ]
    assert records[0] == records[1]
    assert len(records[0]) > 5
    pages = (files[name].decode() for name in ("index.html", "index.de.html"))
    scripts = {name for page in pages for name in re.findall(r'scormkitOpen\("(.*?)"\)', page)}
    assert len(scripts) == 1, "both share it"
    assert scripts <= set(files)


def test_a_choice_that_is_longer_in_one_language_takes_the_same_places_in_both(tmp_path: Path) -> None:
    field = "          - {id: by, type: date, label: By when?}\n"
    choice = "          - {id: who, type: choice, label: Who?, options: [{id: a, text: %s}, {id: b, text: B}]}\n"
    tmp_path.joinpath("session.yaml").write_text(SMALL.replace(field, choice % "A" + field), encoding="utf-8")
    long = '"' + "[ " * 120 + '"'
    tmp_path.joinpath("session.de.yaml").write_text(SMALL.replace(field, choice % long + field), encoding="utf-8")
    (package,) = packages_of(tmp_path, "scorm12")
    files = files_of(package, "scorm12")
    places = [
        [(one["key"], one["index"], one["slots"]) for one in unit_of(files[name])["interactions"]]
        for name in ("index.html", "index.de.html")
    ]
    assert places[0] == places[1]
    assert {key: slots for key, _, slots in places[0]}["action-plan.who"] > 1


def test_right_answers_that_are_texts_are_those_of_all_languages() -> None:
    (package,) = packages_of(COURSE, "cmi5")
    files = files_of(package, "cmi5")
    for name in ("index.html", "index.de.html"):
        (gap,) = (one for one in unit_of(files[name])["interactions"] if one["key"] == "gap.word")
        assert set(gap["patterns"]) >= {"chance", "Gelegenheit"}
    book = json.loads(files["codebook.json"])
    (asked,) = (
        question
        for activity in book["units"][0]["activities"]
        for question in activity["questions"]
        if activity["id"] == "gap"
    )
    assert "Gelegenheit" in asked["correct"]
    assert "chance" in asked["correct"]


def test_cmi5_has_titles_in_every_language_its_own_first() -> None:
    (package,) = packages_of(COURSE, "cmi5")
    root = etree.fromstring(files_of(package, "cmi5")["cmi5.xml"])
    for name in ("course", "au"):
        for part in ("title", "description"):
            texts = root.find(f"{CMI5}{name}/{CMI5}{part}")
            assert texts is not None
            assert [one.get(LANG) for one in texts] == ["en", "de"]
            assert len({one.text for one in texts}) == 2


def test_a_menu_shows_what_is_translated_in_its_language_and_the_rest_as_it_is(tmp_path: Path) -> None:
    folder = two_sessions(tmp_path / "course")
    (package,) = packages_of(folder, "scorm2004-4th")
    files = files_of(package, "scorm2004-4th")
    page = files["index.de.html"].decode()
    assert '<html lang="de"' in page
    assert "Worüber beschwert man sich?" in page
    assert re.search(r'<h2 [^>]*lang="en"[^>]*>Think</h2>', page)
    assert "Worüber beschwert man sich?" in files["plain.de.html"].decode()
    assert 'lang="en"' in files["plain.de.html"].decode()


def test_several_units_in_one_package_have_their_own_languages(tmp_path: Path) -> None:
    folder = two_sessions(tmp_path / "course")
    (package,) = packages_of(folder, "scorm12")
    files = files_of(package, "scorm12")
    assert {"complaints.html", "complaints.de.html", "small.html"} <= set(files)
    assert "small.de.html" not in files
    assert unit_of(files["complaints.de.html"])["pages"]["en"] == "complaints.html"
    assert "pages" not in unit_of(files["small.html"])
    for mark in (b"data-language", b".languages", b"scormkit:language"):
        assert mark in files["complaints.html"]
        assert mark not in files["small.html"], "a unit in one language carries nothing of it"


@pytest.mark.parametrize("packages", ["one-per-session", "one-for-all"])
def test_all_targets_are_built_and_found_right(tmp_path: Path, packages: str) -> None:
    folder = two_sessions(tmp_path / "course")
    about = folder / "course.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("one-for-all", packages), encoding="utf-8")
    made = build([folder], list(targets().values()), tmp_path / "dist")
    assert made.warnings == ()
    again = build([folder], list(targets().values()), tmp_path / "again")
    for one, other in zip(made.packages, again.packages, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes()


def test_a_follow_up_in_a_package_of_its_own_has_all_languages(tmp_path: Path) -> None:
    report = (
        "forms:\n  - id: report\n    title: %s\n    purpose: report-back\n"
        "    fields: [{id: how, type: long-text, label: How?}]\n"
        "follow_up: {after: 1 week, form: report, delivery: separate}\n"
    )
    for name, title in (("session.yaml", "Looking back"), ("session.de.yaml", "Rückblick")):
        tmp_path.joinpath(name).write_text(SMALL + report % title, encoding="utf-8")
    (course,) = load([tmp_path]).courses
    _, package = compiled(course, several_units=True)
    files = files_of(package, "scorm12")
    assert "Looking back" in files["index.html"].decode()
    assert "Rückblick" in files["index.de.html"].decode()


def test_a_session_in_one_language_carries_nothing_of_this(tmp_path: Path) -> None:
    tmp_path.joinpath("session.yaml").write_text(SMALL, encoding="utf-8")
    (package,) = packages_of(tmp_path, "web")
    files = files_of(package, "web")
    everything = b"".join(files.values())
    assert b"data-language" not in everything
    assert b"scormkit:language" not in everything
    assert not [name for name in files if name.count(".") > 1]
