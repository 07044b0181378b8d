"""Any text in, the same text out, at any limit, and both languages do the same."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scormkit.responses.moodle_escapes import decoded
from scormkit.responses.texts import goes_on, joined
from tests.packages import ROOT
from tests.responses.slots import cleaned, slotted

TRICKY = st.sampled_from(
    [
        *(
            "/",
            "//",
            " / ",
            "\n",
            "\r\n",
            "~",
            "~~",
            " ~",
            "[",
            "]",
            ",",
            "[,]",
            "[ ,]",
            "[.]",
            "{",
            "}",
            "=",
            "+",
            "-",
            "@",
        ),
        *(
            " ",
            "  ",
            "\t",
            "😀",
            "👩\u200d🔧",
            "\u0627",
            "\u2028",
            "\u0085",
            "\ufeff",
            "\u00a0",
            "&amp;",
            "<b>",
            "'",
            '"',
        ),
        "\\",
    ]
)
TEXTS = st.lists(TRICKY | st.text(max_size=8), max_size=60).map("".join)
SIZES = st.integers(min_value=4, max_value=300)

Browser = Callable[[str, int], dict[str, Any]]

_NODE = """
const { cleaned, slotted, joined } = require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [text, size] = JSON.parse(line);
  const slots = slotted(text, size);
  console.log(JSON.stringify({ cleaned: cleaned(text), slots, joined: joined(slots) }));
});
"""


@pytest.fixture(scope="module")
def browser_side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """``runtime/text.ts`` in Node, asked line by line."""
    module = tmp_path_factory.mktemp("text") / "text.cjs"
    source = ROOT / "src/scormkit/runtime/text.ts"
    esbuild: Path = ROOT / "node_modules/.bin/esbuild"
    subprocess.run([esbuild, source, "--format=cjs", f"--outfile={module}", "--log-level=error"], check=True)
    with subprocess.Popen(
        ["node", "-e", _NODE, module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as node:
        assert node.stdin
        assert node.stdout
        reader, writer = node.stdout, node.stdin

        def ask(text: str, size: int) -> dict[str, Any]:
            writer.write(json.dumps([text, size]) + "\n")
            writer.flush()
            reply: dict[str, Any] = json.loads(reader.readline())
            return reply

        yield ask
        writer.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, size=SIZES)
def test_what_the_browser_cuts_is_joined_here_as_it_was_typed(browser_side: Browser, text: str, size: int) -> None:
    there = browser_side(text, size)
    assert joined(there["slots"]) == there["cleaned"]
    assert there["joined"] == there["cleaned"]
    assert slotted(text, size) == there["slots"]
    assert cleaned(text) == there["cleaned"]


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, size=SIZES)
def test_any_text_at_any_limit_comes_back_whole(text: str, size: int) -> None:
    slots = slotted(text, size)
    assert joined(slots) == cleaned(text)
    assert joined([*slots, "", "left over from a longer text"]) == cleaned(text)
    assert all(len(slot.encode("utf-16-le")) // 2 <= size for slot in slots)


@given(text=st.text(alphabet=st.characters(exclude_characters="~"), min_size=600, max_size=900))
def test_a_text_whose_end_is_missing_is_noticed(text: str) -> None:
    slots = slotted(text, 255)
    if len(slots) > 1:
        assert goes_on(slots[:-1])
    assert not goes_on(slots)


def moodle_escaped(text: str) -> str:
    """As Moodle's s() does it: numeric entities that were typed stay."""
    return re.sub(r"&amp;(#\d+|#x[0-9a-fA-F]+);", r"&\1;", html.escape(text).replace("&#x27;", "&#039;"))


@given(text=TEXTS)
def test_what_moodle_escaped_is_decoded_and_nothing_else(text: str) -> None:
    # One thing cannot be told apart: an apostrophe, and the very five characters that Moodle makes of it.
    assert decoded(moodle_escaped(text)) == text.replace("&#039;", "'")
    assert decoded(moodle_escaped(f"{text}&#233;&amp;lt;")).endswith("&#233;&amp;lt;")
