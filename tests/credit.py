"""The table of partial credit in docs/scoring.md, made from what the kinds' modules say of themselves.

``python -m tests.credit`` writes it anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scormkit.activities import KINDS
from scormkit.model.scoring import Graded

PAGE = Path(__file__).parents[1] / "docs" / "scoring.md"
_SAID = re.compile(r"``S``\s+where\s+it\s+is\s+scored[:.]\s+(?:Partial\s+credit:\s+)?(.*?)(?:\n\n|\Z)", re.DOTALL)
_PLACE = re.compile(r"(<!-- Made from .*? -->\n\n).*?(<!-- end -->)", re.DOTALL)


def credits_told() -> dict[str, str]:
    """Kind → how its partial credit is counted; "" where a kind that can be scored does not say."""
    found = {}
    for name in KINDS.names():
        model = KINDS(name)
        if model is None or not issubclass(model, Graded) or isinstance(vars(model).get("has_right_answer"), bool):
            continue
        said = _SAID.search(sys.modules[model.__module__].__doc__ or "")
        words = " ".join(said[1].split()) if said else ""
        found[name] = words[:1].upper() + words[1:]
    return found


def page() -> str:
    """docs/scoring.md as it should be."""
    rows = [f"| `{name}` | {words} |\n" for name, words in credits_told().items()]
    table = "".join(["| kind | how much of it is right |\n|---|---|\n", *rows, "\n"])
    return _PLACE.sub(lambda match: match[1] + table + match[2], PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
