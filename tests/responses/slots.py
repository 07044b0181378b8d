"""The sending side in Python: a counterpart of ``runtime/text.ts`` for tests, which is proved to do the same."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\t\x0b-\x1f\x7f\ufffe\uffff]")
_SPACES = " \t\n\r\v\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def cleaned(text: str) -> str:
    """What is kept of what was typed; outer space as JavaScript trims it."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    text = re.sub("\r\n?|[\u2028\u2029\u0085\v\f]", "\n", text).replace("\t", " ")
    return re.sub(f"\\A[{_SPACES}]+|[{_SPACES}]+\\Z", "", _CONTROLS.sub("", text))


def on_one_line(text: str) -> str:
    """Line breaks as `` / ``, lone slashes doubled, separators of SCORM 2004 spaced."""
    text = re.sub(r"(\A|[ \n])(/+)(?=[ \n]|\Z)", r"\1\2/", text).replace("\n", " / ")
    return re.sub(r"\[( *)([,.:]\])", r"[ \1\2", text)


def slotted(text: str, size: int) -> list[str]:
    """The text in slots of at most ``size`` UTF-16 units."""
    line = on_one_line(cleaned(text))
    units = ((" " if re.match(r"[=+\-@{]", line) else "") + line).encode("utf-16-le")
    slots: list[str] = []
    while True:
        start = "~" if slots else ""
        if len(start) + len(units) // 2 <= size:
            return [*slots, start + units.decode("utf-16-le")]
        cut = size - len(start) - 1
        if 0xD8 <= units[cut * 2 - 1] < 0xDC:
            cut -= 1
        slots.append(f"{start}{units[: cut * 2].decode('utf-16-le')}~")
        units = units[cut * 2 :]
