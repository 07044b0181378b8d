"""Where answers stand in the LMS's list."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scormkit.compiled.numbering import slots_of

ROOT = Path(__file__).parents[2]
SIZES = (20, 250, 255, 4000)


@given(st.integers(1, 4000), st.sampled_from([250, 255, 4000]))
def test_the_slots_hold_any_text_of_the_limit_even_with_every_cut_moved(limit: int, size: int) -> None:
    slots = slots_of(limit, size)
    marks_and_moved_cuts = 3 * (slots - 1)
    assert slots * size - marks_and_moved_cuts >= limit
    assert slots == 1 or (slots - 1) * size - 3 * (slots - 2) < limit


def test_what_fits_one_record_takes_one() -> None:
    assert slots_of(255, 255) == 1
    assert slots_of(256, 255) == 2


def test_the_browser_cuts_every_text_into_no_more_slots_than_were_reserved_and_joins_it_whole(tmp_path: Path) -> None:
    script = tmp_path / "text.mjs"
    bundle = ("--bundle", "--format=esm", "--platform=node", f"--outfile={script}", "--log-level=error")
    subprocess.run([ROOT / "node_modules/.bin/esbuild", ROOT / "src/scormkit/runtime/text.ts", *bundle], check=True)
    source = random.Random(2004)  # noqa: S311 - example texts, the same in every run
    pieces = ["a", " ", "\n", "/", " / ", "~", "[,]", "[ .]", "{", "=", "@", "é", "ع", "客", "🙂", "\t", "word"]
    texts = ["".join(source.choices(pieces, k=source.randrange(1, 700))) for _ in range(600)]
    code = (
        f"import {{ cleaned, joined, lengthSent, slotted }} from {json.dumps(script.as_uri())};"
        f"const texts = {json.dumps(texts)}, sizes = {json.dumps(SIZES)};"
        "const told = (text) => ({ length: lengthSent(text), slots: sizes.map((size) => slotted(text, size).length),"
        " whole: sizes.every((size) => joined(slotted(text, size)) === cleaned(text)) });"
        "console.log(JSON.stringify(texts.map(told)));"
    )
    command = ["node", "--input-type=module", "-"]
    run = subprocess.run(command, input=code, check=True, capture_output=True, encoding="utf-8")
    for text, told in zip(texts, json.loads(run.stdout), strict=True):
        assert told["whole"], text
        for size, slots in zip(SIZES, told["slots"], strict=True):
            # A field's limit is what it takes as it is sent, so this is the fullest text that the field lets through.
            assert slots <= slots_of(max(1, told["length"]), size), (size, text)
