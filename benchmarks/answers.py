"""A large export to read: Moodle's interactions report of the benchmark item, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("Question", "Response", "Right answer", "Result")


def write_answers(codebook: Path, report: Path, rows: int) -> None:
    """A row for each of so many learners; every text differs and fills its record."""
    unit = json.loads(codebook.read_text(encoding="utf-8"))["units"][0]
    asked = [one for activity in unit["activities"] for one in activity["questions"]]
    slots = max(one["index"] + one.get("slots", 1) for one in asked)
    heading = ["Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score", unit["title"]]
    heading += [f"{word} {index}" for index in range(slots) for word in COLUMNS]
    with report.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(heading) + "\n")
        for number in range(rows):
            cells = [f"Learner {number}", f"learner-{number}@example.com", "1", "1 May", "2 May", "80", "80"]
            records = [("", "", "", "")] * slots
            for one in asked:
                options = one.get("options", [])
                answer = (options[number % len(options)].get("code") or options[0]["id"]) if options else ""
                text = f"Answer {number} to {one['id']}: I shall ask, listen, write it down &amp; ring back."
                records[one["index"]] = (one["id"], answer or text * 2, "", "neutral")
            cells += [cell for record in records for cell in record]
            file.write("\t".join(cells) + "\n")
