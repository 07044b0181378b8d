"""Any zip is judged: what is wrong, where, and nothing that it holds does harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from scormkit.check import checked
from tests.packages import ROOT, packages_of, zip_of

GOOD_NAME = Path("course.zip")


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    """The files of a package without problems."""
    content = zip_of(packages_of(ROOT / "content/customer-care", "scorm2004-4th")[0], "scorm2004-4th")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rules(files: dict[str, bytes]) -> set[str]:
    return {problem.rule for problem in checked(GOOD_NAME, zipped(files))}


def with_manifest(files: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    manifest = files["imsmanifest.xml"].decode()
    assert old in manifest
    return {**files, "imsmanifest.xml": manifest.replace(old, new).encode()}


def test_a_good_package_has_no_problem(good: dict[str, bytes]) -> None:
    assert rules(good) == set()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("S04-001", "<title>", "<titel>"),
        ("S04-001", "deliveryControls ", "deliveryControl "),
        ("S04-002", 'default="ORG-', 'default="OTHER-'),
        ("S04-005", ' identifierref="RES-who-are-our-customers"', ""),
        ("S04-006", 'identifierref="RES-', 'identifierref="NONE-'),
        ("S04-007", 'href="index.html">', 'href="start.html">'),
        ("S04-008", '<file href="files/', '<file href="Files/'),
        ("S04-010", "<schema>ADL SCORM<", "<schema>SCORM<"),
        ("S04-011", ' flow="true"', ""),
        ("S04-013", ' completionSetByContent="true"', ""),
        ("PKG-005", "2004 4th Edition", "2004 5th Edition"),
        ("PKG-004", "</manifest>", "</manifesto>"),
    ],
)
def test_a_manifest_with_one_fault_is_told_by_its_rule(good: dict[str, bytes], rule: str, old: str, new: str) -> None:
    text = good["imsmanifest.xml"].decode()
    if old == "<title>":
        old, new = "<title>", "<titel>"
        text = text.replace("</title>", "</titel>")
    files = with_manifest({**good, "imsmanifest.xml": text.encode()}, old, new)
    assert rule in rules(files)


def test_an_undeclared_file_is_a_warning(good: dict[str, bytes]) -> None:
    (problem,) = checked(GOOD_NAME, zipped({**good, "notes.txt": b"x"}))
    assert (problem.rule, problem.severity) == ("S04-009", "warning")


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../evil.html", "PKG-006"),
        ("/etc/x", "PKG-006"),
        ("INDEX.HTML", "PKG-007"),
        ("run.php", "PKG-008"),
        (".htaccess", "PKG-008"),
    ],
)
def test_a_name_that_does_harm_or_is_refused_is_told(good: dict[str, bytes], name: str, rule: str) -> None:
    assert rule in rules({**good, name: b"x"})


def test_a_manifest_in_a_folder_says_where_it_is_and_how_to_zip(good: dict[str, bytes]) -> None:
    (problem,) = checked(GOOD_NAME, zipped({f"course/{name}": content for name, content in good.items()}))
    assert "course/imsmanifest.xml" in problem.message
    assert "not the folder" in problem.hint


@pytest.mark.parametrize(
    "manifest",
    [
        b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><manifest>&b;</manifest>',
        b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>',
        b"",
        b"\x00\xff",
        b"<a>" * 100_000,
    ],
)
def test_hostile_xml_is_refused_and_reads_nothing(good: dict[str, bytes], manifest: bytes) -> None:
    (problem,) = checked(GOOD_NAME, zipped({**good, "imsmanifest.xml": manifest}))
    assert problem.rule == "PKG-004"
    assert "root:" not in problem.message


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 100])
def test_what_is_no_zip_is_told(content: bytes) -> None:
    (problem,) = checked(GOOD_NAME, content)
    assert problem.rule == "PKG-001"


def test_a_zip_that_was_cut_is_told(good: dict[str, bytes]) -> None:
    assert checked(GOOD_NAME, zipped(good)[:-200])[0].rule == "PKG-001"


def test_a_bomb_is_not_unpacked(good: dict[str, bytes]) -> None:
    bomb = zipped({**good, "imsmanifest.xml": b" " * 50_000_000})
    (problem,) = checked(GOOD_NAME, bomb)
    assert problem.rule == "PKG-003"
