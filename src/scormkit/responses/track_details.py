"""Moodle's track details: elements and values of one attempt, as HTML, separated text, JSON or workbook.

Only the page itself says whose they are; the downloads do not, so they are called by the file's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from scormkit.problem import ProblemsFound
from scormkit.responses import rules
from scormkit.responses.elements import attempt_of
from scormkit.responses.moodle_escapes import decoded
from scormkit.responses.record import Attempt, Learner, Say
from scormkit.responses.tables import Row

LARGEST_JSON = 200_000_000
"""Bytes of one attempt as JSON, far beyond any."""
_CAPTION = re.compile(r"\D*?(?P<number>\d+)\s*-\s*(?P<rest>.+)", re.DOTALL)


class _Tables(HTMLParser):
    """Rows of two cells out of HTML as Moodle writes it, whose entities are left for :func:`decoded`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[tuple[str, str]] = []
        self.captions: list[str] = []
        self._cells: list[str] = []
        self._text: list[str] | None = None
        self._inside = 0
        self._caption: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as inherited
        if tag == "tr":
            self._cells = []
        elif tag == "td":
            self._text = []
            self._inside = 0
        elif self._text is not None and tag in {"a", "i", "span", "button"}:
            self._inside += 1  # a help link of the page
        elif tag == "h3":
            self._caption = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._text is not None:
            self._cells.append("".join(self._text))
            self._text = None
        elif tag == "tr" and len(self._cells) == 2:
            self.rows.append((self._cells[0], self._cells[1]))
        elif tag == "h3" and self._caption is not None:
            self.captions.append("".join(self._caption))
            self._caption = None
        elif self._inside and tag in {"a", "i", "span", "button"}:
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._inside:
            self._text.append(data)
        elif self._caption is not None:
            self._caption.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def of_html(path: Path, say: Say) -> Iterator[Attempt]:
    """The attempt of a downloaded table or of a saved page. Raises :class:`ProblemsFound`."""
    # As bytes: reading as text would turn CR LF into LF.
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    tables = _Tables()
    tables.feed(text)
    tables.close()
    pairs = [(decoded(name).strip(), decoded(value)) for name, value in tables.rows]
    if "</table>" not in text and pairs:
        raise ProblemsFound([rules.CUT.problem("the table has no end", "Download it again.", file=str(path))])
    if not any(name.startswith("cmi.") for name, _ in pairs):
        raise ProblemsFound(
            [
                rules.UNKNOWN.problem(
                    "this is a web page without answers, perhaps an error of the platform",
                    "Open it in a browser to see what it says. If it was a download of Excel, take text instead.",
                    file=str(path),
                )
            ]
        )
    yield _attempt(path, pairs, say, captions=tables.captions, rank=3)


def of_rows(path: Path, rows: Iterable[Row], say: Say) -> Iterator[Attempt]:
    """The attempt of a table whose line breaks became spaces."""
    pairs = []
    harmed: set[str] = set()
    for row in rows:
        cells = [*row.cells, ""]
        pairs.append((cells[0].strip(), decoded(cells[1])))
        if row.damage.get(1):
            harmed.add(row.damage[1])
    say(
        rules.DAMAGED.problem(
            "in this format Moodle turns line breaks into spaces and some entities into characters"
            + "".join(f"; {one}" for one in sorted(harmed)),
            "Download the track details as an HTML table, or read with --moodle.",
            file=str(path),
        )
    )
    yield _attempt(path, pairs, say, rank=1, damage="line breaks may have become spaces")


def of_json(path: Path, found: object, say: Say) -> Iterator[Attempt]:
    """The attempt of Moodle's JSON download: a list in a list of objects with two members, in any language."""
    rows = found[0] if isinstance(found, list) and found and isinstance(found[0], list) else found
    pairs: list[Row] = []
    for line, row in enumerate(rows if isinstance(rows, list) else [], 1):
        values = list(row.values()) if isinstance(row, dict) else []
        if len(values) == 1:
            raise ProblemsFound(
                [
                    rules.NO_ANSWERS.problem(
                        "Moodle left the names of the elements out, as it does for JSON in some interface languages",
                        "Download the track details as an HTML table, or switch Moodle to English first.",
                        file=str(path),
                    )
                ]
            )
        if len(values) == 2:
            pairs.append(Row(line, [str(values[0]), str(values[1])], {}))
    yield from of_rows(path, pairs, say)


def looks_like(found: object) -> bool:
    """Whether some JSON is of this kind."""
    return (
        isinstance(found, list)
        and bool(found)
        and isinstance(found[0], list)
        and bool(found[0])
        and isinstance(found[0][0], dict)
    )


def loaded(path: Path) -> object:
    """JSON out of a file. Raises :class:`ProblemsFound`."""
    if path.stat().st_size > LARGEST_JSON:
        raise ProblemsFound([rules.HOSTILE.problem("the file is too large to be JSON answers", file=str(path))])
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ProblemsFound(
            [
                rules.CUT.problem(
                    f"the JSON ends or breaks here: {error.msg}",
                    "Download it again.",
                    file=str(path),
                    line=error.lineno,
                    column=error.colno,
                )
            ]
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ProblemsFound([rules.UNKNOWN.problem("this is no JSON that can be read", file=str(path))]) from error


def _attempt(
    path: Path,
    pairs: list[tuple[str, str]],
    say: Say,
    *,
    captions: Iterable[str] = (),
    rank: int,
    damage: str = "",
) -> Attempt:
    if not any(name.startswith("cmi.") for name, _ in pairs):
        raise ProblemsFound(
            [
                rules.UNKNOWN.problem(
                    "this table holds no CMI elements", "Expected the track details of one attempt.", file=str(path)
                )
            ]
        )
    name, number = "", 1
    for caption in captions:
        match = _CAPTION.match(decoded(caption).strip())
        if match and ":" in match["rest"]:
            name, number = match["rest"].split(":")[0].strip(), int(match["number"])
            break
    if not name:
        name = path.stem
        say(
            rules.NAMELESS.problem(
                f"the file does not say whose answers it holds; the learner is called {name}",
                "Name the file after the learner.",
                file=str(path),
            )
        )
    elements = {element: value for element, value in pairs if element.startswith(("cmi.", "x."))}
    return attempt_of(elements, str(path), Learner(name=name), number, rank=rank, damage=damage)
