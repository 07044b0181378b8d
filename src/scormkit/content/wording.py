"""How values and choices are put into a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What a YAML file holds once it is read."""

_LONGEST_VALUE = 40
_LONGEST_SENTENCE = 300


def shortened(text: str, limit: int = _LONGEST_VALUE) -> str:
    """At most ``limit`` characters of ``text``, in one line, with what cannot be seen written as a code."""
    seen = text[: limit + 1]
    line = "".join(char if char.isprintable() else _code(char) for char in seen[:limit])
    return f"{line}…" if len(seen) > limit else line


def _code(char: str) -> str:
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char, f"\\u{ord(char):04x}")


def quoted(text: str) -> str:
    """A text as it is quoted in a message."""
    return f"'{shortened(text)}'"


def in_quotes(text: str) -> str:
    """A text as it is written in YAML when it needs quotes."""
    short = shortened(text)
    if '"' in short or "\\" in short:
        return "'" + short.replace("'", "''") + "'"
    return f'"{short}"'


def described(value: object) -> str:
    """A value of any kind, to be put after "is"."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {shortened(str(value))}"
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value.strip() else "a blank text"
    return "a list" if isinstance(value, (list, tuple)) else "a group of keys"


def listed(words: Sequence[str], last: str = "or", most: int = 40) -> str:
    """``a, b or c``; what goes beyond ``most`` is counted only."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    plain = {name.replace("_", "-").lower(): name for name in known}
    found = get_close_matches(word[:60].replace("_", "-").replace(" ", "-").lower(), plain, 1, 0.6)
    return plain[found[0]] if found else None


def sentence(text: str) -> str:
    """``text`` in one line of bearable length, closed by a full stop."""
    line = shortened(text.strip(), _LONGEST_SENTENCE)
    return line if line.endswith((".", "?", "!", "…")) else f"{line}."


def size(number: int) -> str:
    """A number of bytes in words: ``2.4 MB``."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} MB"
    return f"{number / 1000:.0f} KB" if number >= 1000 else f"{number} bytes"
