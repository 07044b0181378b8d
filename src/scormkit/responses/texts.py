"""Long texts out of their slots: the counterpart of ``runtime/text.ts``, which spreads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARK = "~"
"""Ends each slot that goes on and begins each that continues."""

SHORTEST_CUT = 248
"""No slot that goes on is shorter: the smallest record takes 250 units, less a character that stays whole."""

_SPACED_BRACKET = re.compile(r"\[ ( *)([,.:]\])")
_DOUBLED_SLASH = re.compile(r"(\A|[ \n])(/+)/(?=[ \n]|\Z)")


def from_one_line(line: str) -> str:
    """A text with its line breaks, its lone slashes and its brackets as they were typed."""
    text = _SPACED_BRACKET.sub(r"[\1\2", line) if "[" in line else line
    return _DOUBLED_SLASH.sub(r"\1\2", text.replace(" / ", "\n")) if "/" in text else text


def joined(slots: Sequence[str]) -> str:
    """What was typed. Slots after the end of the text are ignored."""
    line, _ = _line(slots)
    return from_one_line(line.removeprefix(" "))


def goes_on(slots: Sequence[str]) -> bool:
    """Whether the last slot that belongs to the text says that more must follow."""
    line, last = _line(slots)
    return line.endswith(MARK) and len(last.encode("utf-16-le", "surrogatepass")) // 2 >= SHORTEST_CUT


def _line(slots: Sequence[str]) -> tuple[str, str]:
    last = slots[0] if slots else ""
    parts = [last]
    for slot in slots[1:]:
        if not parts[-1].endswith(MARK) or not slot.startswith(MARK):
            break
        parts[-1] = parts[-1][: -len(MARK)]
        parts.append(slot[len(MARK) :])
        last = slot
    return "".join(parts), last
