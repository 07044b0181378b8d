"""The packages for cmi5 and xAPI, as a strict LMS imports them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.fakes.cmi5 import tincan
from tests.fakes.cmi5.course_structure import Course, imported
from tests.packages import ROOT, packages_of, zip_of
from tests.targets.test_manifests import copied

XSD = ROOT.parent / "shared/schemas/cmi5/CourseStructure.xsd"
RESERVED = ("endpoint", "fetch", "actor", "registration", "activityId", "auth", "activity_id", "returnURL")


def joined(text: str) -> str:
    return text.replace("one-per-session", "one-for-all")


@pytest.fixture(params=[str, joined], ids=["one-per-session", "one-for-all"])
def zips(request: pytest.FixtureRequest, tmp_path: Path) -> list[bytes]:
    """The sample course for cmi5: a package a session, and all sessions in one package."""
    change: Callable[[str], str] = request.param
    return [zip_of(package, "cmi5") for package in packages_of(copied(tmp_path, change), "cmi5")]


def courses(zips: list[bytes]) -> list[Course]:
    return [imported(content)[0] for content in zips]


def structure(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("cmi5.xml"))


def test_every_package_is_taken_by_a_strict_lms(zips: list[bytes]) -> None:
    assert [imported(content)[1] for content in zips] == [[] for _ in zips]
    assert sum(len(course.units) for course in courses(zips)) == 2
    for unit in (unit for course in courses(zips) for unit in course.units):
        assert unit.title
        assert unit.move_on != "NotApplicable", "that would be satisfied before anybody has opened it"


def test_every_id_of_a_course_is_absolute_and_its_own(zips: list[bytes]) -> None:
    for content in zips:
        ids = [str(element.get("id")) for element in structure(content).iter() if element.get("id")]
        assert len(set(ids)) == len(ids), "over all kinds, not only within one"
        assert all(re.match(r"[a-z][a-z0-9+.-]*:\S+$", one) for one in ids)


def test_every_address_is_a_file_of_the_zip_and_free_of_the_launch_s_words(zips: list[bytes]) -> None:
    for content in zips:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
        for element in structure(content).iter("{*}url"):
            file, _, query = (element.text or "").partition("?")
            assert file in names
            assert not [word for word in RESERVED if re.search(rf"(^|&){word}=", query, re.IGNORECASE)]
        urls = [element.text for element in structure(content).iter("{*}url")]
        assert len(set(urls)) == len(urls)


def test_the_structure_is_valid_by_the_official_schema(zips: list[bytes]) -> None:
    if not XSD.is_file():
        pytest.skip("the schema of cmi5 is not at hand")
    schema = etree.XMLSchema(etree.parse(XSD))
    for content in zips:
        assert schema.validate(structure(content)), schema.error_log


def test_moodle_s_reading_of_the_structure_finds_the_same(zips: list[bytes]) -> None:
    """Its mod_cmi5 takes the default namespace away by a pattern, and the first language of a title."""
    for content in zips:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read("cmi5.xml").decode()
        bare = etree.fromstring(re.sub(r'xmlns="[^"]*"', "", text, count=1).encode())
        assert bare.tag == "courseStructure"
        assert [element.tag for element in bare.iter("au")] != []
        assert not re.search(r"<\w+:\w+|<!DOCTYPE|<!ENTITY", text), "no prefix, no document type"
        assert text.isascii() or all(ord(sign) < 0x10000 for sign in text), "nothing that CATAPULT strips"


def test_the_ids_stay_when_titles_change(tmp_path: Path) -> None:
    def ids(folder: str, change: Callable[[str], str]) -> list[list[str]]:
        packages = packages_of(copied(tmp_path / folder, change), "cmi5")
        found = courses([zip_of(package, "cmi5") for package in packages])
        return [[course.id, *(unit.id for unit in course.units)] for course in found]

    renamed = ids("renamed", lambda text: text.replace("title: Customer care in ten minutes", "title: Care"))
    assert ids("same", str) == renamed


def test_every_package_for_plain_xapi_is_taken_by_a_strict_lms() -> None:
    found = []
    for package in packages_of(ROOT / "content/customer-care", "xapi"):
        taken = tincan.imported(zip_of(package, "xapi"))
        assert taken.breaches == []
        assert taken.title
        found.append(taken.activity_id)
    assert len(set(found)) == 2, "an id for each session"
