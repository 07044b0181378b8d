"""Which kind of export a file is, told by its content and never by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice
from pathlib import Path

from scormkit.problem import ProblemsFound
from scormkit.responses import cmi_json, interactions_report, moodle_backup, rules, tables, track_details
from scormkit.responses.record import Attempt, Say
from scormkit.responses.tables import Row

LOOKED_AT = 4096
_EXPORTS = (
    "Expected one of: Moodle's Interactions report as text, track details as HTML, a backup (.mbz), "
    "or CMI data as JSON."
)


def attempts_in(path: Path, ids: Collection[str], titles: Collection[str], say: Say) -> Iterator[Attempt]:
    """The attempts that a file tells of; ``ids`` and ``titles`` are those of the codebooks.

    Raises :class:`ProblemsFound` where it is none of the exports, breaks off, or cannot hold answers.
    """
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise ProblemsFound(
            [
                rules.NO_ANSWERS.problem(
                    "the file is empty",
                    "Moodle's page of one learner's interactions gives such files. " + _EXPORTS,
                    file=str(path),
                )
            ]
        )
    if head.startswith(b"\x1f\x8b"):
        return moodle_backup.attempts(path)
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(path, ids, titles, say)
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    start = head.decode(encoding, errors="ignore").lstrip()
    if start.startswith("<"):
        return track_details.of_html(path, say)
    if start.startswith(("[", "{")):
        return _of_json(path, say)
    if b"\x00" in head and encoding != "utf-16":
        raise ProblemsFound([rules.UNKNOWN.problem("this is no export that is known", _EXPORTS, file=str(path))])
    return _of_rows(path, tables.of_text(path, encoding), ids, titles, say, encoding=encoding)


def _of_zip(path: Path, ids: Collection[str], titles: Collection[str], say: Say) -> Iterator[Attempt]:
    with tables.checked_zip(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        rows = tables.of_xlsx(path)
    elif "content.xml" in names:
        rows = tables.of_ods(path)
    elif "moodle_backup.xml" in names:
        return moodle_backup.attempts(path)
    else:
        what = "a package, not its answers" if "imsmanifest.xml" in names else "a zip of another kind"
        raise ProblemsFound([rules.UNKNOWN.problem(f"this is {what}", _EXPORTS, file=str(path))])
    return _of_rows(path, rows, ids, titles, say, encoding="")


def _of_json(path: Path, say: Say) -> Iterator[Attempt]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        lines = [line.strip() for line in islice(file, 2)]
    if len(lines) == 2 and all(line.startswith("{") and line.endswith("}") for line in lines):
        return cmi_json.of_lines(path, say)
    found = track_details.loaded(path)
    if track_details.looks_like(found):
        return track_details.of_json(path, found, say)
    return cmi_json.attempts(path, found, say)


def _of_rows(
    path: Path, rows: Iterator[Row], ids: Collection[str], titles: Collection[str], say: Say, *, encoding: str
) -> Iterator[Attempt]:
    first = list(islice(rows, 2))
    whole = chain(first, rows)
    if any(row.cells[0].startswith(("cmi.", "x.")) and len(row.cells) <= 2 for row in first):
        return track_details.of_rows(path, whole, say)
    if encoding and not tables.ends_whole(path, encoding):
        raise ProblemsFound(
            [
                rules.CUT.problem(
                    "the last line has no end, so the file was cut off", "Download it again.", file=str(path)
                )
            ]
        )
    if not encoding:
        say(
            rules.DAMAGED.problem(
                "Moodle's workbooks turn answers that look like numbers or formulas into something else",
                "Download the same report as text: there every answer is exact.",
                file=str(path),
            )
        )
    return interactions_report.attempts(whole, str(path), ids, titles, say, exact=bool(encoding))
