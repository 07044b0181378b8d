"""The plain version: everything of a session on one page, for every kind, with nothing that needs a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import html

from scormkit.activities import KINDS
from scormkit.compiled import plain
from scormkit.compiled.compiler import compiled
from scormkit.content.loader import load
from scormkit.targets import targets
from tests.browser.test_kinds import examples, write_session

COURSES = Path(__file__).parents[1] / "courses"


def page_of(folder: Path, *, several_units: bool = True) -> html.HtmlElement:
    (course,) = load([folder]).courses
    package = compiled(course, several_units=several_units)[0]
    return html.document_fromstring(plain.page(package))


def words(value: object) -> set[str]:
    """All texts that an author wrote into a block, as plain lines."""
    if isinstance(value, dict):
        ids = "groups" if isinstance(value.get("groups"), list) and isinstance(value["groups"][0], str) else ""
        kept = [item for key, item in value.items() if key in READ - {ids}]
        return set().union(*map(words, kept)) if kept else set()
    if isinstance(value, list):
        return set().union(*map(words, value)) if value else set()
    return {value} if isinstance(value, str) else set()


READ = {"prompt", "question", "statement", "text", "title", "options", "items", "pairs", "groups", "gaps", "scale"} | {
    "statements", "columns", "lists", "cards", "partner", "explanation", "sections", "subjects", "feedback", "label"
}  # fmt: skip


def shown(page: html.HtmlElement) -> str:
    return " ".join(str(page.xpath("string(//body)")).split())


@pytest.mark.parametrize("kind", KINDS.names())
def test_every_text_of_every_kind_can_be_read_on_it(kind: str, tmp_path: Path) -> None:
    page = shown(page_of(write_session(kind, tmp_path / kind)))
    blocks, _ = examples(kind)
    for text in set().union(*map(words, blocks)):
        line = " ".join(re.sub(r"\*\*|[_#>]|!?\[.*?\]\(.*?\)|_{2,}", "", text).split())
        parts = [part.strip() for part in re.split(r"(?:^|\s)-\s", line) if part.strip()]
        assert [part for part in parts if part not in page] == [], kind


@pytest.mark.parametrize("kind", KINDS.names())
def test_it_has_no_controls_and_no_script(kind: str, tmp_path: Path) -> None:
    page = page_of(write_session(kind, tmp_path / kind))
    assert page.xpath("//script | //button | //input | //textarea | //select | //template | //*[@id or @hidden]") == []
    assert page.xpath("//*[starts-with(local-name(), 'scormkit-')]") == []
    assert page.xpath("//li[not(*) and not(normalize-space())]") == []
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1


def test_a_form_is_lines_to_write_on(tmp_path: Path) -> None:
    page = page_of(write_session("form", tmp_path / "form"))
    fields = [field for block in examples("form")[1] for field in block.get("fields", [])]
    labels = [field["label"] for field in fields]
    assert all(label in shown(page) for label in labels)
    assert page.xpath("//*[@class='lines']")
    assert page.xpath("//*[@class='line']")
    assert "goes to the people" not in shown(page), "what is written on paper goes nowhere"


def test_what_is_right_stands_at_the_end_and_not_before() -> None:
    page = page_of(COURSES / "german")
    (answers,) = page.xpath("//*[@class='answers']")
    said = shown(page)
    before, _, after = said.partition(answers.text_content())
    assert "Richtig: Ich höre bis zum Ende zu." in after
    assert "Richtig: 70.5" in after or "Richtig: 70,5" in after
    assert "Richtig" not in before


def test_several_sessions_stand_on_one_page_each_in_its_language(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("listening", "short-visit"):
        (folder / name).mkdir()
        source = COURSES / "arabic" / name / "session.yaml"
        (folder / name / "session.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    about = yaml.safe_load((COURSES / "arabic/course.yaml").read_text(encoding="utf-8"))
    (folder / "course.yaml").write_text(yaml.safe_dump(about | {"packages": "one-for-all"}), encoding="utf-8")
    for several_units in (True, False):
        page = page_of(folder, several_units=several_units)
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
        first, second = page.xpath("//article")
        assert (first.get("lang"), second.get("lang"), second.get("dir")) == (None, "en", "ltr")
        assert [one.xpath("string(h2)") for one in (first, second)] == [
            "كيف نُصغي إلى من يشتكي؟",
            "A visitor who speaks English",
        ]


@pytest.mark.parametrize("target", targets())
def test_it_is_in_every_package_and_in_every_list_of_files(target: str) -> None:
    (course,) = load([COURSES / "german"]).courses
    package = compiled(course, several_units=targets()[target].several_units)[0]
    files = {file.name: file.content for file in targets()[target].packaged(package)}
    assert plain.NAME in files
    manifest = files[targets()[target].manifest_name]
    assert isinstance(manifest, bytes)
    # SCORM's manifests list every file; those of the others name only what is launched.
    assert (plain.NAME.encode() in manifest) is target.startswith("scorm")
    launch = files["index.html"]
    assert isinstance(launch, bytes)
    assert launch.count(f'href="{plain.NAME}"'.encode()) >= 2, "linked in the menu, and where there is no script"
