"""Writes the Interactions report as Moodle does (PHP's fputcsv, ``s()``), for answers of our own packages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

COLUMNS = ("Question", "Response", "Right answer", "Result")


@dataclass(frozen=True)
class Row:
    """A learner's attempt: records by place, each id, response, right answers, result."""

    name: str
    email: str
    attempt: int
    score: str
    records: Mapping[int, tuple[str, str, str, str]] = field(default_factory=dict)


def escaped(text: str) -> str:
    """Moodle's s(): numeric entities that were typed stay as they are."""
    return re.sub(r"&amp;(#\d+|#x[0-9a-fA-F]+);", r"&\1;", html.escape(text).replace("&#x27;", "&#039;"))


def cell(text: str) -> str:
    """PHP's fputcsv with tabs: quoted where there is a space, a quote, a tab, a backslash or a line break."""
    if not re.search(r'[\t"\s\\]', text):
        return text
    return '"' + re.sub(r'(?<!\\)"', '""', text) + '"'


def write_report(file: TextIO, title: str, slots: int, rows: Iterable[Row]) -> None:
    """The whole report with all four options ticked."""
    heading = ["Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score", title]
    heading += [f"{word} {index}" for index in range(slots) for word in COLUMNS]
    file.write("\t".join(map(cell, heading)) + "\n")
    for row in rows:
        cells = [row.name, row.email]
        if row.attempt:
            date = "Sunday, 22 November 2026, 5:49 AM"
            cells += [str(row.attempt), date, date, row.score or "0", row.score or "Incomplete"]
            for index in range(slots):
                cells += [escaped(one) for one in row.records.get(index, ("", "", "", ""))]
        else:
            cells += ["-", "-", "-", "-", "Not attempted", *([""] * (slots * 4))]
        file.write("\t".join(map(cell, cells)) + "\n")
