"""Rows out of text files and workbooks: separated text in UTF-8 or UTF-16, Excel (xlsx), OpenDocument (ods)."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scormkit.problem import Problem, ProblemsFound
from scormkit.responses import rules

if TYPE_CHECKING:
    from scormkit.manifest_xml import Element

LONGEST_CELL = 4_000_000
"""Characters; far beyond what any platform stores of an answer."""
LARGEST_MEMBER = 2_000_000_000
"""Bytes of a file in an archive, unpacked."""
MOST_COLUMNS = 20_000

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_WORKBOOK = (
    AttributeError,
    AssertionError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)
"""What the readers of workbooks raise for a damaged one; they name few of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as text. ``line`` is where the row begins in a text file, its number in a workbook."""

    line: int
    cells: list[str]
    damage: dict[int, str]
    """Column → what the format made of the cell's text."""


def of_text(path: Path, encoding: str) -> Iterator[Row]:
    """Rows of a file with tabs, commas or semicolons between its cells."""
    line = 1
    with path.open(encoding=encoding, newline="") as file:
        csv.field_size_limit(LONGEST_CELL)
        try:
            reader = csv.reader(file, delimiter=_separator(file))
            for cells in reader:
                if cells:
                    yield Row(line, cells, {})
                line = reader.line_num + 1
        except UnicodeError as error:
            raise ProblemsFound(
                [
                    rules.UNKNOWN.problem(
                        f"from line {line} on the file is not {encoding.removesuffix('-sig')}",
                        "Take the file as the platform gave it: a spreadsheet program that saved it again changed it.",
                        file=str(path),
                        line=line,
                        column=1,
                    )
                ]
            ) from error
        except csv.Error as error:
            raise ProblemsFound(
                [rules.UNKNOWN.problem(f"no row can be read here: {error}", file=str(path), line=line, column=1)]
            ) from error


def _separator(file: IO[str]) -> str:
    """By the heading, which holds one of them or, as a single column, none."""
    heading = file.readline(LONGEST_CELL)
    file.seek(0)
    counts = {one: heading.count(one) for one in "\t,;"}
    return max(counts, key=lambda one: counts[one])


def ends_whole(path: Path, encoding: str) -> bool:
    """Whether the file's last line is ended, as every platform writes it."""
    end = "\n".encode("utf-16-le" if encoding == "utf-16" else "ascii")
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - len(end)))
        return file.read() in {end, end[::-1]}


def checked_zip(path: Path) -> zipfile.ZipFile:
    """A zip whose parts have believable sizes. Raises :class:`ProblemsFound`."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError) as error:
        raise ProblemsFound(
            [rules.CUT.problem(f"the file cannot be unpacked: {error}", "Download it again.", file=str(path))]
        ) from error
    for one in archive.infolist():
        if one.file_size > LARGEST_MEMBER or (one.file_size > 10_000_000 and one.file_size > 1000 * one.compress_size):
            archive.close()
            raise ProblemsFound(
                [
                    rules.HOSTILE.problem(
                        f"{one.filename} would unpack to {one.file_size} bytes out of {one.compress_size}",
                        "No platform exports such a file.",
                        file=str(path),
                    )
                ]
            )
    return archive


def of_xlsx(path: Path) -> Iterator[Row]:
    """Rows of the first sheet; what Excel made of an answer is marked."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    checked_zip(path).close()
    with path.open("rb") as file:  # opened here: the library would judge a file by its name
        try:
            book = load_workbook(file, read_only=True, data_only=False)
            for line, cells in enumerate(book.worksheets[0].iter_rows(), 1):
                texts: list[str] = []
                damage: dict[int, str] = {}
                for column, cell in enumerate(cells[:MOST_COLUMNS]):
                    text, harm = _excel_text(cell)
                    texts.append(text)
                    if harm:
                        damage[column] = harm
                if any(texts):
                    yield Row(line, texts, damage)
        except _WORKBOOK as error:
            raise ProblemsFound([_unreadable(path, error)]) from error


def _excel_text(cell: object) -> tuple[str, str]:
    value = getattr(cell, "value", None)
    if value is None:
        return "", ""
    if isinstance(value, str):
        if getattr(cell, "data_type", "s") == "f":
            return value, "Excel took it for a formula"
        return _unescaped(value), ""
    took = next((word for kind, word in _EXCEL_TYPES if isinstance(value, kind)), "a date")
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text, f"Excel took it for {took}"


_EXCEL_TYPES = ((bool, "a truth value"), (int | float, "a number"))


def _unescaped(text: str) -> str:
    """Excel writes a character that XML refuses as ``_x000D_`` (ECMA-376 part 1, 22.4.2.4)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def of_ods(path: Path) -> Iterator[Row]:
    """Rows of the first sheet. A cell's digits stand in its text, which a number type would lose."""
    from lxml import etree  # noqa: PLC0415 - only for workbooks

    with checked_zip(path) as archive:
        try:
            with archive.open("content.xml") as file:
                # The parser takes no entities and no network; lxml bounds depth and the length of a text.
                found = etree.iterparse(
                    file, events=("end",), tag=f"{_TABLE}table-row", resolve_entities=False, no_network=True
                )
                for line, (_, row) in enumerate(found, 1):
                    texts, damage = _ods_cells(row)
                    if any(texts):
                        yield Row(line, texts, damage)
                    released(row)
        except _WORKBOOK as error:
            raise ProblemsFound([_unreadable(path, error)]) from error


def released(element: Element) -> None:
    """Forget an element that was read, and those before it, so that a large file takes little memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _ods_cells(row: Element) -> tuple[list[str], dict[int, str]]:
    texts: list[str] = []
    damage: dict[int, str] = {}
    for cell in row:
        repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), MOST_COLUMNS)
        formula = cell.get(f"{_TABLE}formula")
        if formula is not None:
            text, harm = formula.removeprefix("of:"), "the workbook took it for a formula"
        else:
            text = "\n".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p"))
            number = cell.get(f"{_OFFICE}value-type") in {"float", "date", "boolean", "percentage", "currency"}
            harm = "the workbook took it for a number" if number else ""
        for _ in range(repeated if text else min(repeated, MOST_COLUMNS - len(texts))):
            if harm:
                damage[len(texts)] = harm
            texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    return texts, damage


def _unreadable(path: Path, error: Exception) -> Problem:
    return rules.CUT.problem(
        f"the workbook cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
        "Moodle writes broken workbooks where an answer begins with =. Download the report as text.",
        file=str(path),
    )
