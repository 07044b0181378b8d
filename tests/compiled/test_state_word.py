"""The stored state in Python: what the browser wrote is read here, and the other way round."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from scormkit.compiled import state_word

ROOT = Path(__file__).parents[2]
STATES: list[JsonValue] = [
    {"c": 1},
    {"r": {"plan": [3, 1, None, {"texts": {"action": "Ring back within a day. " * 40}}]}},
    {"r": {"plan": [3, 1, 0.5, {"texts": {"": 'عميل 客户 🙂 "quoted" \\ </script>\n'}}]}},
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_any_state_comes_back(state: JsonValue) -> None:
    word = state_word.encode(state)
    assert state_word.decode(word) == state
    assert word.isascii()
    assert not set(word) & set("\"'\\<>& \n")


@given(json_values)
def test_no_word_is_longer_than_the_bound_that_the_build_works_with(state: JsonValue) -> None:
    assert len(state_word.encode(state)) == state_word.length(state) <= state_word.longest(state)


texts = st.text(st.characters(codec="utf-8"), max_size=400)


@given(st.dictionaries(st.text("abc-", min_size=1, max_size=8), texts, max_size=6), st.integers(0, 2000))
def test_a_word_is_whole_or_refused_never_something_else(written: dict[str, str], cut: int) -> None:
    state: JsonValue = {"c": 1, "r": {key: [1, 1, None, {"texts": {"": text}}] for key, text in written.items()}}
    word = state_word.encode(state)
    if cut >= len(word):
        assert state_word.decode(word) == state
        return
    with pytest.raises(ValueError, match=r"cut or altered|no stored state|cannot be read"):
        state_word.decode(word[:cut])


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_a_word_that_was_cut_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=r"cut or altered|no stored state|cannot be read"):
        state_word.decode(state_word.encode(STATES[1])[:length])


def test_the_browser_and_python_read_each_other(tmp_path: Path) -> None:
    script = tmp_path / "codec.mjs"
    subprocess.run(
        [
            ROOT / "node_modules/.bin/esbuild",
            ROOT / "src/scormkit/runtime/codec.ts",
            "--bundle",
            "--format=esm",
            "--platform=node",
            f"--outfile={script}",
            "--log-level=error",
        ],
        check=True,
    )
    words = [state_word.encode(state) for state in STATES]
    code = (
        f"import {{ encode, decode }} from {json.dumps(script.as_uri())};"
        f"const states = {json.dumps(STATES)}, words = {json.dumps(words)};"
        "console.log(JSON.stringify({ words: states.map(encode), states: words.map(decode) }));"
    )
    run = subprocess.run(["node", "--input-type=module", "-e", code], check=True, capture_output=True, encoding="utf-8")
    answer = json.loads(run.stdout)
    assert answer["states"] == STATES
    assert [state_word.decode(word) for word in answer["words"]] == STATES
    for theirs, ours in zip(answer["words"], words, strict=True):
        assert len(theirs) <= len(ours) * 1.03 + 4
