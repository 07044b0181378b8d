"""YAML becomes plain values with places, or problems; never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scormkit.content.loader import load
from scormkit.content.wording import Plain
from scormkit.content.yaml_source import parse
from tests.content.hygiene import hygiene
from tests.content.mistakes import mistakes

GOOD = mistakes()["the good session"].content("")


def value_of(text: str) -> Plain:
    document, problems = parse(f"key: {text}\n", "file.yaml")
    assert document is not None, problems
    assert problems == []
    return document.data["key"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("5", 5),
        ("-5", -5),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ('"5"', "5"),
        ("'true'", "true"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("True", "True"),
        ("2012-07-18", "2012-07-18"),
        ("10:30", "10:30"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1.2.3", "1.2.3"),
        ("+", "+"),
        ("9" * 5000, "9" * 5000),
        ("[a, 1, true]", ["a", 1, True]),
        ("{a: {b: c}}", {"a": {"b": "c"}}),
        (">-\n  folded\n  text", "folded text"),
        ("|\n  line\n  line", "line\nline\n"),
    ],
)
def test_only_true_false_null_and_numbers_are_not_text(written: str, value: Plain) -> None:
    found = value_of(written)
    assert found == value
    assert type(found) is type(value)


def test_places_are_those_that_an_editor_shows() -> None:
    text = '\ufeffid: a\r\ntexts:\r\n  - é: "é"\r\n    list: [x, {y: z}]\r\n'
    document, problems = parse(text.removeprefix("\ufeff"), "file.yaml")
    assert document is not None
    assert problems == []
    assert document.at(("id",)) == (1, 5)
    assert document.at(("texts",)) == (3, 3)
    assert document.at_key(("texts",)) == (2, 1)
    assert document.at_key(("texts", 0, "é")) == (3, 5)
    assert document.at(("texts", 0, "é")) == (3, 8)
    assert document.at(("texts", 0, "list", 1, "y")) == (4, 19)
    assert document.at(("texts", 0, "list", 1, "missing")) == (4, 15)
    assert document.at_text(("texts", 0, "list"), "z") == (4, 19)


SEEN = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
JSON_TEXT = st.text(SEEN)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | JSON_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JSON_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(JSON_TEXT, JSON, min_size=1, max_size=4))
def test_json_is_read_as_json(data: dict[str, Plain]) -> None:
    document, problems = parse(json.dumps(data, ensure_ascii=False), "file.yaml")
    assert document is not None, problems
    assert document.data == data


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hygiene(tmp_path_factory.mktemp("course"))


def told(session: Path, content: bytes) -> None:
    """Whatever the bytes are, the loader gives a course or problems in sentences."""
    (session / "session.yaml").write_bytes(content)
    loaded = load([session])
    assert loaded.courses or loaded.problems
    for problem in loaded.problems:
        assert problem.message[-1] in ".?!…"
        assert "Input should" not in problem.message
        assert "\n" not in str(problem)


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(content=st.binary(max_size=200))
@example(content=b"\xff\xfea\x00")
@example(content=b"\x00")
@example(content=b"a: !<\x0a")
@example(content=b'a: "\\ud800"\n')
@example(content=b"? ? ? a\n")
@example(content=b"*a: *b\n")
@example(content=b"--- &a\n")
@example(content=b"%TAG ! x\n--- !y z\n")
def test_no_bytes_make_the_loader_raise(session: Path, content: bytes) -> None:
    told(session, content)


@FUZZ
@given(content=st.text(alphabet="ab:-#'\"[]{}|>&*!%@`?,~ \n\t\\0159.", max_size=60))
def test_no_yaml_makes_the_loader_raise(session: Path, content: str) -> None:
    told(session, content.encode())


@FUZZ
@given(
    start=st.integers(0, len(GOOD)),
    length=st.integers(0, 40),
    new=st.one_of(st.text(alphabet="ab:-#'\"[]{}|>&*!\n 05<>()/", max_size=12), st.text(max_size=5)),
)
def test_no_change_of_a_good_session_makes_the_loader_raise(session: Path, start: int, length: int, new: str) -> None:
    told(session, GOOD[:start] + new.encode("utf-8", "replace") + GOOD[start + length :])


VALUES = ["null", "true", "5", "-1.5", "[]", "{}", "[null]", "{a: 1}", '""', '"' + "x" * 300 + '"', "[[[a]]]", "text"]


@pytest.mark.parametrize("value", VALUES)
def test_no_value_in_the_wrong_place_makes_the_loader_raise(session: Path, value: str) -> None:
    for number in range(len(GOOD.decode().splitlines())):
        lines = GOOD.decode().splitlines()
        key, colon, _ = lines[number].partition(": ")
        lines[number] = f"{key}{colon or ' '}{value}"
        told(session, "\n".join(lines).encode())
