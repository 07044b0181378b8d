"""The codebook says what every reported id means, in the package and beside it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from pydantic import ValidationError

from scormkit.build import build
from scormkit.manifest_xml import parsed
from scormkit.targets import targets
from scormkit.targets.codebook import Codebook, Question
from tests.packages import ROOT, course_in

TARGETS = tuple(targets())


def built(folder: Path, *names: str) -> list[tuple[Path, Codebook]]:
    """The packages of the sample course with their codebooks."""
    made = build([ROOT / "content"], [targets()[name] for name in names or TARGETS], folder)
    return [(one.path, Codebook.model_validate_json(one.codebook.read_bytes())) for one in made.packages]


def questions(codebook: Codebook) -> list[Question]:
    """All of them, in order."""
    return [one for unit in codebook.units for activity in unit.activities for one in activity.questions]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Codebook]]:
    return built(tmp_path_factory.mktemp("dist"))


def test_the_same_codebook_lies_in_the_package_and_beside_it(packages: list[tuple[Path, Codebook]]) -> None:
    for path, _ in packages:
        beside = path.with_name(f"{path.stem}.codebook.json")
        with zipfile.ZipFile(path) as archive:
            assert archive.read("codebook.json") == beside.read_bytes()


def test_the_manifest_names_it(packages: list[tuple[Path, Codebook]]) -> None:
    for path, _ in packages:
        with zipfile.ZipFile(path) as archive:
            if "imsmanifest.xml" not in archive.namelist():
                continue  # other standards' manifests name no files
            root = parsed(archive.read("imsmanifest.xml"))
        assert "codebook.json" in {file.get("href") for file in root.iter("{*}file")}


def test_it_names_every_record_that_the_page_can_write_with_its_place(packages: list[tuple[Path, Codebook]]) -> None:
    for path, codebook in packages:
        with zipfile.ZipFile(path) as archive:
            page = archive.read("index.html").decode()
        start = page.index("var scormkitPage={unit:") + len("var scormkitPage={unit:")
        unit = json.JSONDecoder().raw_decode(page[start:])[0]
        written = [(one["id"], one["index"], one["slots"], one["type"]) for one in unit["interactions"]]
        assert [(one.id, one.index, one.slots, one.type) for one in questions(codebook)] == written
        for one, page_one in zip(questions(codebook), unit["interactions"], strict=True):
            patterns = page_one.get("patterns", [])
            assert patterns == list(one.correct[: len(patterns)])
            # SCORM 2004 RTE 4.2.9.1: five patterns of a fill-in, ten of a choice; SCORM 1.2 has no such limit
            most = 10 if one.type == "choice" else 5
            assert len(patterns) >= min(len(one.correct), most)


def test_a_question_keeps_its_whole_text_and_every_option_its_words_and_code(
    packages: list[tuple[Path, Codebook]],
) -> None:
    for _, codebook in packages:
        for one in questions(codebook):
            assert one.text
            assert not one.text.endswith("…")
            codes = [option.spelled for option in one.options]
            assert len(set(codes)) == len(codes)
            assert one.nothing not in codes
            assert all(option.text for option in (*one.options, *one.targets))
    scored = {one.type for _, codebook in packages for one in questions(codebook) if one.graded}
    assert "choice" in scored


def test_the_action_plan_is_known_with_the_day_it_is_due_and_when_it_is_asked_about(
    packages: list[tuple[Path, Codebook]],
) -> None:
    cared_for = [codebook for path, codebook in packages if path.name.startswith("customer-care-")]
    assert cared_for
    for codebook in cared_for:
        (unit,) = codebook.units
        assert [follow_up.after for follow_up in unit.follow_ups] in ([14], [21])
        (plan,) = [activity for activity in unit.activities if activity.role == "plan"]
        formats = {one.key: one.format for one in plan.questions}
        assert formats["by"] == "due"
        assert formats["date"] == "date"


def test_its_hash_changes_with_a_question_and_with_nothing_else(tmp_path: Path) -> None:
    def content(name: str, was: str, now: str) -> str:
        folder = course_in(tmp_path / name, lambda text: text.replace(was, now))
        (made,) = build([folder], [targets()["scorm12"]], tmp_path / f"{name}-dist").packages
        return Codebook.model_validate_json(made.codebook.read_bytes()).content

    assert content("same", "", "") == content("teacher", "Let them think.", "Let them wonder.")
    assert content("same", "", "") != content("other", "What do you think?", "What did you think?")


def test_a_codebook_of_a_later_form_is_refused_and_further_fields_are_not(
    packages: list[tuple[Path, Codebook]],
) -> None:
    said = json.loads(packages[0][1].as_json())
    Codebook.model_validate({**said, "further": 1})
    with pytest.raises(ValidationError):
        Codebook.model_validate({**said, "codebook": 2})


def test_several_sessions_in_one_package_stay_apart(tmp_path: Path) -> None:
    folder = tmp_path / "joined"
    shutil.copytree(ROOT / "content/customer-care", folder)
    about = folder / "course.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("one-per-session", "one-for-all"), encoding="utf-8")
    made = build([folder], [targets()["scorm12"], targets()["scorm2004-4th"]], tmp_path / "dist").packages
    several, menu = (Codebook.model_validate_json(one.codebook.read_bytes()) for one in made)
    assert [unit.id for unit in several.units] == ["who-are-our-customers", "customer-pathways"]
    assert [follow_up.session for follow_up in menu.units[0].follow_ups] == [unit.id for unit in several.units]
    assert {activity.session for activity in menu.units[0].activities} == {unit.id for unit in several.units}
