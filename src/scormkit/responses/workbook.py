"""The report as an Excel workbook: answers, plans, learners, notes; every cell is text or a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scormkit.responses import tabular
from scormkit.responses.report import Report
from scormkit.responses.tabular import Cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder

LONGEST = 32_767
"""Characters of a cell (Excel specifications and limits)."""
MOST_ROWS = 1_048_576
"""Rows of a sheet (the same)."""
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS = {"answer": 60, "question": 40, "plan": 50, "report": 50, "next plan": 40, "learner": 24, "note": 30}


def write_workbook(report: Report, path: Path) -> None:
    """Write it row by row, so that any number of answers takes the same memory."""
    from openpyxl import Workbook  # noqa: PLC0415 - only where a workbook is asked for

    book = Workbook(write_only=True)
    tables: tuple[tuple[str, tuple[str, ...], Iterable[tuple[Cell, ...]]], ...] = (
        ("Answers", tabular.ANSWERS, tabular.answers(report)),
        ("Plans", tabular.PLANS, tabular.plans(report)),
        ("Learners", tabular.LEARNERS, tabular.learners(report)),
        ("Notes", ("what", "where"), _notes(report)),
    )
    for name, heading, rows in tables:
        _sheets(book, name, heading, rows)
    book.save(path)


def _notes(report: Report) -> Iterable[tuple[str, str]]:
    yield f"As of {report.today.isoformat()}", report.title
    for problem in report.problems:
        yield f"{problem.message}. {problem.hint}", "" if report.anonymous else problem.file


def _sheets(book: Workbook, name: str, heading: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> None:
    sheet = _sheet(book, name, heading)
    count, number = 1, 1
    for row in rows:
        # A text longer than a cell goes on in a row of its own: nothing is cut.
        for part in _parts(row):
            if count >= MOST_ROWS:
                number += 1
                sheet, count = _sheet(book, f"{name} {number}", heading), 1
            sheet.append([_cell(sheet, value) for value in part])
            count += 1


def _sheet(book: Workbook, name: str, heading: tuple[str, ...]) -> WriteOnlyWorksheet:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    columns: DimensionHolder[str, ColumnDimension] = vars(sheet)["column_dimensions"]  # its class's types leave it out
    for column, title in enumerate(heading):
        columns[chr(ord("A") + column)].width = _WIDTHS.get(title, 16)
    cells = [WriteOnlyCell(sheet, title) for title in heading]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _parts(row: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    texts = [_REFUSED.sub("\ufffd", one) if isinstance(one, str) else one for one in row]
    longest = max((_length(one) for one in texts if isinstance(one, str)), default=0)
    if longest <= LONGEST:
        return [tuple(texts)]
    size = LONGEST // 2  # a character outside the basic plane counts as two
    count = max(-(-len(one) // size) for one in texts if isinstance(one, str))
    return [
        tuple(one[at * size : (at + 1) * size] if isinstance(one, str) and len(one) > size else one for one in texts)
        for at in range(count)
    ]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if len(text) > LONGEST // 2 else len(text)


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> object:
    """Text that looks like a formula becomes a cell of type text in text format, which stays text when edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if not isinstance(value, str) or tabular.safe(value) == value:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
