"""The import of courses: what an LMS refuses, by the requirement's name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.fakes.cmi5 import tincan
from tests.fakes.cmi5.course_structure import imported

ROOT = Path(__file__).parents[2]
XSD = ROOT.parent / "shared/schemas/cmi5/CourseStructure.xsd"

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://author.example/course">
    <title><langstring lang="en">A course</langstring></title>
    <description><langstring lang="en">About it.</langstring></description>
  </course>
  <objectives>
    <objective id="urn:x:objective">
      <title><langstring lang="en">Know</langstring></title>
      <description><langstring lang="en">Know it.</langstring></description>
    </objective>
  </objectives>
  <au id="https://author.example/au/1" moveOn="CompletedAndPassed" masteryScore="0.6">
    <title><langstring lang="en">One</langstring><langstring lang="de">Eins</langstring></title>
    <description><langstring lang="en">The first.</langstring></description>
    <objectives><objective idref="urn:x:objective"/></objectives>
    <url>index.html?au=1</url>
    <launchParameters>{"a": 1}</launchParameters>
  </au>
  <block id="urn:x:block">
    <title><langstring lang="en">A block</langstring></title>
    <description><langstring lang="en">Of one.</langstring></description>
    <au id="https://author.example/au/2" launchMethod="OwnWindow" moveOn="Completed">
      <title><langstring lang="en">Two</langstring></title>
      <description><langstring lang="en">The second.</langstring></description>
      <url>
        https://elsewhere.example/au?lang=en
      </url>
    </au>
  </block>
</courseStructure>
"""


def zipped(xml: str | None, *names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if xml is not None:
            archive.writestr("cmi5.xml", xml)
        for name in names or ("index.html",):
            archive.writestr(name, "x")
    return buffer.getvalue()


def broken(content: bytes, *, bare: bool = False) -> set[str]:
    return {breach.requirement for breach in imported(content, bare=bare)[1]}


def test_a_course_that_keeps_every_rule_is_taken() -> None:
    course, breaches = imported(zipped(GOOD))
    assert breaches == []
    first, second = course.units
    assert (first.id, first.move_on, first.mastery_score) == ("https://author.example/au/1", "CompletedAndPassed", 0.6)
    assert (first.url, first.launch_parameters, first.blocks) == ("index.html?au=1", '{"a": 1}', ())
    assert (second.url, second.launch_method) == ("https://elsewhere.example/au?lang=en", "OwnWindow")
    assert second.blocks == ("urn:x:block",)


def without(text: str) -> Callable[[str], str]:
    return lambda xml: replaced(xml, text, "")


def replaced(xml: str, old: str, new: str) -> str:
    assert old in xml
    return xml.replace(old, new, 1)


def swapped(old: str, new: str) -> Callable[[str], str]:
    return lambda xml: replaced(xml, old, new)


SCHEMA = "13.2.0.0-1 (d)"
CHANGES = {
    "an id that is no absolute IRI": (
        "3.0.0.0-1 (d)",
        swapped('course id="https://author.example/course"', 'course id="c"'),
    ),
    "an AU's id that is no absolute IRI": ("3.0.0.0-1 (d)", swapped("https://author.example/au/1", "au/1")),
    "two AUs of one id": ("13.1.4.0-1 (d)", swapped("https://author.example/au/2", "https://author.example/au/1")),
    "two objectives of one id": (
        "13.1.3.0-1 (d)",
        lambda xml: xml.replace(
            "</objectives>", xml[xml.index("<objective id") : xml.index("</objectives>")] + "</objectives>", 1
        ),
    ),
    "two blocks of one id": (
        "13.1.2.0-1 (d)",
        lambda xml: xml.replace(
            "</courseStructure>",
            xml[xml.index("<block") : xml.index("</courseStructure>")].replace("au/2", "au/3") + "</courseStructure>",
        ),
    ),
    "a parameter of the launch in the url": ("8.1.0.0-6 (d)", swapped("index.html?au=1", "index.html?registration=1")),
    "a parameter of the launch in other letters": ("8.1.0.0-6 (d)", swapped("?au=1", "?activityID=1")),
    "a space in the url": ("13.1.4.0-2 (d)", swapped("index.html?au=1", "index.html?au=one two")),
    "letters beyond ASCII in the url": ("13.1.4.0-2 (d)", swapped("elsewhere.example", "müller.example")),
    "a url without a host": ("13.1.4.0-2 (d)", swapped("https://elsewhere.example/au", "https:///au")),
    "a file that is not there": ("14.1.0.0-4 (d)", swapped("index.html?au=1", "start.html?au=1")),
    "a file named with ./": ("14.1.0.0-4 (d)", swapped("index.html?au=1", "./index.html?au=1")),
    "a fragment after the file": ("14.1.0.0-4 (d)", swapped("index.html?au=1", "index.html#1")),
    "an empty url": (SCHEMA, without("<url>index.html?au=1</url>")),
    "no title": (SCHEMA, without('<title><langstring lang="en">A course</langstring></title>')),
    "a title without langstring": (SCHEMA, swapped('<langstring lang="en">A course</langstring>', "A course")),
    "no description": (SCHEMA, without('<description><langstring lang="en">The first.</langstring></description>')),
    "a language that is no tag": (SCHEMA, swapped('lang="de"', 'lang="Deutsch!"')),
    "an unknown moveOn": (SCHEMA, swapped('moveOn="Completed"', 'moveOn="Seen"')),
    "a masteryScore beyond 1": (SCHEMA, swapped('masteryScore="0.6"', 'masteryScore="60"')),
    "a masteryScore with a comma": (SCHEMA, swapped('masteryScore="0.6"', 'masteryScore="0,6"')),
    "an unknown launchMethod": (SCHEMA, swapped("OwnWindow", "Popup")),
    "an unknown attribute": (SCHEMA, swapped("moveOn=", "moveon=")),
    "no AU at all": (SCHEMA, lambda xml: xml[: xml.index("  <au")] + "</courseStructure>"),
    "elements out of order": (
        SCHEMA,
        swapped(
            '<url>index.html?au=1</url>\n    <launchParameters>{"a": 1}</launchParameters>',
            '<launchParameters>{"a": 1}</launchParameters><url>index.html?au=1</url>',
        ),
    ),
    "an element of nobody": (SCHEMA, swapped("<launchParameters>", "<note>x</note><launchParameters>")),
    "an objective that nobody wrote": (SCHEMA, swapped('idref="urn:x:objective"', 'idref="urn:x:other"')),
    "another namespace": (SCHEMA, swapped("v1/CourseStructure.xsd", "v2/CourseStructure.xsd")),
    "no namespace": (SCHEMA, without(' xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"')),
    "an element of a vendor without an XSD": (
        "13.1.5.0-1 (d)",
        swapped("</courseStructure>", '<x:note xmlns:x="urn:vendor">x</x:note></courseStructure>'),
    ),
    "XML that is none": (SCHEMA, without("</courseStructure>")),
    "a document type": (SCHEMA, swapped("<courseStructure", "<!DOCTYPE courseStructure>\n<courseStructure")),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_course_that_breaks_a_rule_is_refused_by_its_name(case: str) -> None:
    requirement, change = CHANGES[case]
    assert requirement in broken(zipped(change(GOOD)))


BEYOND_A_SCHEMA = {"an objective that nobody wrote", "a document type", "XML that is none"}
OF_THE_SCHEMA = [case for case, (requirement, _) in CHANGES.items() if requirement == SCHEMA]


@pytest.mark.parametrize("case", [case for case in OF_THE_SCHEMA if case not in BEYOND_A_SCHEMA])
def test_the_official_schema_is_of_the_same_opinion(case: str) -> None:
    if not XSD.is_file():
        pytest.skip("the schema of cmi5 is not at hand")
    schema = etree.XMLSchema(etree.parse(XSD))
    assert schema.validate(etree.fromstring(GOOD.encode()))
    assert not schema.validate(etree.fromstring(CHANGES[case][1](GOOD).encode()))


def test_a_zip_must_be_one_with_the_structure_at_its_root() -> None:
    assert broken(b"something else") == {"14.0.0.0-1 (d)"}
    assert broken(zipped(GOOD)[:-40]) == {"14.1.0.0-1 (d)"}
    assert broken(zipped(None, "course/cmi5.xml")) == {"14.1.0.0-2 (d)"}
    assert broken(zipped(None, "CMI5.XML")) == {"14.1.0.0-2 (d)"}


def test_a_bare_structure_names_whole_addresses_only() -> None:
    assert broken(GOOD.encode(), bare=True) == {"14.2.0.0-1 (d)"}
    assert broken(GOOD.replace("index.html", "https://a.example/index.html").encode(), bare=True) == set()


TINCAN = """<?xml version="1.0" encoding="UTF-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd">
  <activities>
    <activity id="https://author.example/session" type="http://adlnet.gov/expapi/activities/course">
      <name>A session</name>
      <description lang="en">About it.</description>
      <launch lang="en">index.html</launch>
    </activity>
  </activities>
</tincan>
"""


def tincan_zip(xml: str, name: str = "tincan.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, xml)
        archive.writestr("index.html", "x")
    return buffer.getvalue()


def test_a_tincan_package_that_keeps_every_rule_is_taken() -> None:
    package = tincan.imported(tincan_zip(TINCAN))
    assert package.breaches == []
    assert (package.launch, package.activity_id) == ("index.html", "https://author.example/session")


@pytest.mark.parametrize(
    "change",
    [
        swapped("index.html", "start.html"),
        swapped("https://author.example/session", "session"),
        swapped("http://adlnet.gov/expapi/activities/course", "course"),
        swapped(' lang="en">About', ">About"),
        without('<launch lang="en">index.html</launch>'),
        without("<name>A session</name>"),
        swapped("tincan.xsd", "tincan2.xsd"),
        swapped("</activities>", TINCAN[TINCAN.index("<activity ") : TINCAN.index("</activities>")] + "</activities>"),
    ],
)
def test_a_tincan_package_that_breaks_a_rule_is_refused(change: Callable[[str], str]) -> None:
    assert tincan.imported(tincan_zip(change(TINCAN))).breaches


def test_tincan_xml_lies_at_the_root() -> None:
    assert tincan.imported(tincan_zip(TINCAN, "package/tincan.xml")).breaches
