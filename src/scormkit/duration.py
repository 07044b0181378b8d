"""Durations as authors write them: ``10m``, ``2m30s``, ``2 weeks``."""

from __future__ import annotations

import re

_PART = re.compile(r"(\d+)\s*(h|m|s)")
_WHOLE = re.compile(r"^(?:\d+\s*[hms]\s*)+$")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_DELAY = re.compile(r"^(\d+)\s*(day|week|month)s?$")
_DAYS = {"day": 1, "week": 7, "month": 30}


def seconds_of(text: str) -> int:
    """``2m30s`` as seconds. Raises ``ValueError`` when ``text`` is no duration or is zero."""
    text = text.strip().lower()
    parts = _PART.findall(text)
    units = [unit for _, unit in parts]
    if not _WHOLE.match(text) or len(set(units)) != len(units) or units != sorted(units, key="hms".index):
        raise ValueError(f"{text!r} is no duration")
    seconds = sum(int(number) * _SECONDS[unit] for number, unit in parts)
    if not 0 < seconds <= 24 * 3600:
        raise ValueError(f"{text!r} is not between one second and a day")
    return seconds


def duration_of(seconds: int) -> str:
    """Seconds in the author's form, the inverse of :func:`seconds_of`."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "m"), (rest, "s")]
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


def days_of(text: str) -> int:
    """``2 weeks`` as days; a month counts 30. Raises ``ValueError`` when ``text`` is no such delay."""
    match = _DELAY.match(text.strip().lower())
    if not match or not int(match[1]):
        raise ValueError(f"{text!r} is no delay")
    return int(match[1]) * _DAYS[match[2]]
