"""What stands in the manifests: valid by the official schemas, and nothing that breaks a platform."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scormkit.check import checked
from scormkit.manifest_xml import Element, parsed
from scormkit.targets import targets
from tests.packages import ROOT, course_in, packages_of, zip_of

TARGETS = tuple(name for name, target in targets().items() if target.manifest_name == "imsmanifest.xml")
VERSIONS = {
    "scorm12": "1.2",
    "scorm2004-2nd": "CAM 1.3",
    "scorm2004-3rd": "2004 3rd Edition",
    "scorm2004-4th": "2004 4th Edition",
}


@pytest.fixture(params=TARGETS)
def package(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """A target and the zip of the first session of the sample course for it."""
    content = zip_of(packages_of(ROOT / "content/customer-care", request.param)[0], request.param)
    return request.param, content


def manifest_of(content: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return parsed(archive.read("imsmanifest.xml"))


def test_the_written_zip_has_no_problem(package: tuple[str, bytes]) -> None:
    assert checked(Path("x.zip"), package[1]) == []


def test_the_schema_version_is_the_exact_text_that_platforms_look_for(package: tuple[str, bytes]) -> None:
    target, content = package
    assert manifest_of(content).findtext("{*}metadata/{*}schemaversion") == VERSIONS[target]


def test_the_prefixes_are_those_that_platforms_look_for_literally(package: tuple[str, bytes]) -> None:
    target, content = package
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("imsmanifest.xml").decode()
    assert ("adlcp:scormtype=" if target == "scorm12" else "adlcp:scormType=") in text
    if target != "scorm12":
        assert "<imsss:sequencing>" in text
        assert '<imsss:controlMode choice="true" flow="true"/>' in text


@pytest.mark.parametrize(
    "word",
    [
        "masteryscore",
        "completionThreshold",
        "mapInfo",
        "adl.nav.request",
        "rollupRules",
        "primaryObjective",
        "xml:base",
    ],
)
def test_nothing_is_written_that_breaks_a_real_platform(package: tuple[str, bytes], word: str) -> None:
    with zipfile.ZipFile(io.BytesIO(package[1])) as archive:
        assert word not in archive.read("imsmanifest.xml").decode()


def test_the_first_resource_with_an_address_is_the_launch_page(package: tuple[str, bytes]) -> None:
    resources = manifest_of(package[1]).findall("{*}resources/{*}resource")
    assert resources[0].get("href") == "index.html"


def test_every_file_but_control_documents_is_declared(package: tuple[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(package[1])) as archive:
        names = {name for name in archive.namelist() if not name.endswith((".xsd", ".dtd"))}
    declared = {file.get("href") for file in manifest_of(package[1]).iter("{*}file")}
    assert names - {"imsmanifest.xml"} == declared


def test_a_name_is_portable_and_of_a_kind_that_no_platform_refuses(package: tuple[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(package[1])) as archive:
        for name in archive.namelist():
            assert name.isascii()
            assert " " not in name
            assert name.endswith((".html", ".js", ".xml", ".xsd", ".dtd", ".svg", ".json"))


def test_control_documents_lie_at_the_root_and_can_be_left_out(package: tuple[str, bytes]) -> None:
    target, content = package
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        with_them = archive.namelist()
    assert ("imscp_rootv1p1p2.xsd" if target == "scorm12" else "imsss_v1p0.xsd") in with_them
    first = packages_of(ROOT / "content/customer-care", target)[0]
    with zipfile.ZipFile(io.BytesIO(zip_of(first, target, control_documents=False))) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".xsd", ".dtd"))]


def test_identifiers_stay_the_same_when_texts_change(tmp_path: Path) -> None:
    """Moodle keeps learners' tracks by the items' identifiers when a package is replaced."""

    def identifiers(title: str) -> list[str | None]:
        folder = course_in(tmp_path / title, lambda text: text.replace("title: A small session", f"title: {title}"))
        content = zip_of(packages_of(folder, "scorm12")[0], "scorm12")
        return [element.get("identifier") for element in manifest_of(content).iter() if element.get("identifier")]

    assert identifiers("One") == identifiers("Two")


def test_several_sessions_in_one_package_are_several_scos_in_12_and_one_with_a_menu_in_2004(tmp_path: Path) -> None:
    folder = copied(tmp_path, lambda text: text.replace("one-per-session", "one-for-all"))
    for target in TARGETS:
        (package,) = packages_of(folder, target)
        content = zip_of(package, target)
        assert checked(Path("x.zip"), content) == []
        items = list(manifest_of(content).iter("{*}item"))
        assert len(items) == (2 if target == "scorm12" else 1)


def copied(to: Path, change: Callable[[str], str]) -> Path:
    """The sample course with another course.yaml."""
    source = ROOT / "content/customer-care"
    for path in source.rglob("*"):
        if path.is_file():
            target = to / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    course = to / "course.yaml"
    course.write_text(change(course.read_text(encoding="utf-8")), encoding="utf-8")
    return to


def test_titles_with_every_kind_of_character_come_out_as_they_were_written() -> None:
    title = 'Müller & Söhne: "1 < 2" «عميل»'
    package = packages_of(ROOT / "content/customer-care", "scorm12")[0]
    changed = package._replace(title=title, units=tuple(unit._replace(title=title) for unit in package.units))
    for target in TARGETS:
        manifest = manifest_of(zip_of(changed, target))
        assert {element.text for element in manifest.iter("{*}title")} == {title}


@pytest.mark.parametrize("edition", ["scorm12", "scorm2004-2nd", "scorm2004-3rd", "scorm2004-4th"])
@pytest.mark.parametrize("size", ["single", "multi"])
def test_valid_manifests_of_others_are_accepted(edition: str, size: str) -> None:
    sample = ROOT.parent / "shared/reference/scorm-manifests" / f"{edition}-{size}.xml"
    if not sample.is_file():
        pytest.skip("the sample manifests are not at hand")
    manifest = parsed(sample.read_bytes())
    names = {"imsmanifest.xml"}
    for file in manifest.iter("{*}file"):
        names.add(file.get("href") or "")
    target = targets()[edition]
    assert target.recognises(manifest)
    found = [problem for problem in target.check(manifest, names, "m") if problem.severity == "error"]
    assert found == []
