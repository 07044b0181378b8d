"""One contract for every activity kind: its examples are valid, render, and say what they report and store."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from scormkit.activities import KINDS, folder_of
from scormkit.compiled import pages
from scormkit.compiled.markdown import plain
from scormkit.compiled.messages import catalogue
from scormkit.model.blocks import Activity, Library
from scormkit.model.resources import Resource

EXAMPLES = [
    (kind, path)
    for kind in KINDS.names()
    for path in sorted((folder_of(kind) / "examples").glob("*.yaml"))
    if path.name != "resources.yaml"
]


def raw(kind: str, path: Path) -> Activity:
    model = KINDS(kind)
    assert model
    return model.model_validate({"activity": kind, **yaml.safe_load(path.read_text(encoding="utf-8"))}, context=KINDS)


def activity_in(kind: str, path: Path) -> Activity:
    """An example, with what it refers to among the kind's other examples and resources."""
    others = {one.id: one for other, file in EXAMPLES if other == kind for one in (raw(kind, file),) if one.id}
    file = path.parent / "resources.yaml"
    found: Any = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else []
    resources = {one.id: one for one in (Resource.model_validate(part) for part in found)}
    return raw(kind, path).resolved(Library(resources, {}, others))


@pytest.fixture(params=EXAMPLES, ids=[f"{kind}-{path.stem}" for kind, path in EXAMPLES])
def example(request: pytest.FixtureRequest) -> Activity:
    kind, path = request.param
    return activity_in(kind, path)


def rendered(activity: Activity) -> str:
    words = pages.Words(catalogue("en", (activity.activity,)), {})
    context = {"activity": activity, "key": "key", "dom": "a1"}
    return pages.block_html(activity.activity, None, context | words.context())


def test_every_kind_has_a_folder_with_all_that_it_needs() -> None:
    for kind in KINDS.names():
        folder = folder_of(kind)
        model = KINDS(kind)
        assert model
        # What is only read may do without a behaviour.
        for name in ("template.html.j2", "messages/en.json", *([] if model.reads_only else ["behaviour.ts"])):
            assert (folder / name).is_file(), f"{kind} has no {name}"
        assert [path for name, path in EXAMPLES if name == kind], f"{kind} has no example"


def test_an_example_has_no_problem(example: Activity) -> None:
    assert list(example.problems()) == []


def test_an_example_renders_with_names_for_all_its_fields_and_ids_that_are_there_once(example: Activity) -> None:
    page = html.fragment_fromstring(rendered(example), create_parent="main")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(identifier.startswith("a1") for identifier in ids)
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in page.xpath(f"//@{name}"):
            assert set(value.split()) <= set(ids), f"{name}={value}"
    for field in page.xpath("//textarea | //select | //input"):
        named = (
            field.get("aria-labelledby")
            or field.xpath("ancestor::label")
            or page.xpath(f"//label[@for='{field.get('id')}']")
        )
        assert named, html.tostring(field)


def test_no_message_is_missing(example: Activity) -> None:
    words = catalogue("en", (example.activity,))
    scripts = (folder_of(example.activity) / "behaviour.ts").parent.glob("*.ts")
    for script in scripts:
        if script.name.endswith((".test.ts", ".fixture.ts")):
            continue
        for key in re.findall(r"\bt\(\s*\"([a-z-]+\.[a-z-]+)\"", script.read_text(encoding="utf-8")):
            assert key in words or f"{key}_other" in words, f"{script.name}: {key}"


def test_what_it_reports_can_be_said_in_every_standard(example: Activity) -> None:
    keys = [interaction.key for interaction in example.interactions()]
    assert len(keys) == len(set(keys))
    for interaction in example.interactions():
        assert plain(interaction.description)
        assert re.fullmatch(r"[a-z0-9-]*", interaction.key)
        assert len(interaction.options) <= 36
        assert len(interaction.targets) <= 36
        if interaction.type in {"fill-in", "long-fill-in"}:
            assert interaction.max_chars > 0
        if interaction.type in {"choice", "matching", "sequencing"}:
            assert interaction.options
    if example.reads_only:
        assert keys == []


def test_feedback_on_a_session_stands_apart_from_its_assessment() -> None:
    """A form of the purpose feedback counts for nothing and has to be filled in by nobody."""
    folder = folder_of("form") / "examples"
    feedback = activity_in("form", folder / "feedback.yaml")
    assert {one.key: one.type for one in feedback.interactions()} == {
        "worked": "long-fill-in",
        "did-not-work": "long-fill-in",
        "again": "fill-in",
    }
    assert all(not one.correct_responses and not one.weighting for one in feedback.interactions())
    assert (feedback.weight(), feedback.required) == (0, False)


def test_what_is_not_graded_has_no_right_answer_among_its_records(example: Activity) -> None:
    for interaction in example.interactions():
        assert bool(interaction.weighting) <= bool(example.weight())
        if not example.weight():
            assert interaction.correct_responses == ()


def test_what_it_stores_is_plain_data_with_its_long_texts_apart(example: Activity) -> None:
    sizes: list[int] = []

    def text(length: int) -> str:
        sizes.append(length)
        return "x" * length

    state = example.fullest_state(text)
    assert json.loads(json.dumps(state)) == state
    texts = [one for one in example.interactions() if one.type == "long-fill-in"]
    if texts:
        assert isinstance(state, dict)
        kept = state.get("texts")
        assert isinstance(kept, dict)
        assert {one.key for one in texts} <= {*kept, "compare"}


def test_an_example_survives_being_hostile(example: Activity) -> None:
    """Nothing that an author writes becomes markup of its own."""
    evil = '<img src=x onerror="alert(1)">'
    texts = {
        name: type(value)(f"{value} {evil}")
        for name, value in example.__dict__.items()
        if isinstance(value, str) and name in {"prompt", "question", "text", "title", "explanation", "hint"}
    }
    page = html.fragment_fromstring(rendered(example.model_copy(update=texts)), create_parent="main")
    assert not page.xpath("//@onerror")
    assert not page.xpath("//script")
