"""Moodle's interactions report: one row a learner and attempt, one group of columns a slot.

The headings follow the interface language of whoever downloads, so only their shape counts: a run of headings at the
end that count from 0, each number as often as options were ticked. Before it stand the pieces' titles and, before
them, attempt, start, last access and score; what is left names the learner. In the rows each piece's status stands
directly before its own slots.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from scormkit.problem import Problem, ProblemsFound
from scormkit.responses import rules
from scormkit.responses.moodle_escapes import decoded
from scormkit.responses.record import Attempt, Learner, Say, Slot
from scormkit.responses.tables import Row

LEADING = 4
"""Attempt, start, last access, score."""
LOOKED_AT = 500
"""Rows that are looked at to tell the columns apart."""
_NUMBERED = re.compile(r"(.*?)\s*(\d+)\Z", re.DOTALL)
_RESULT = re.compile(r"correct|incorrect|wrong|unanticipated|neutral|-?\d+(\.\d+)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a row."""

    identity: int
    """How many columns name the learner."""
    titles: tuple[str, ...]
    questions: int
    """Slots of the piece that has most."""
    ticked: int
    """Columns a slot."""

    @property
    def width(self) -> int:
        """Cells of a row."""
        return self.identity + LEADING + len(self.titles) * (1 + self.questions * self.ticked)


def layout_of(headings: list[str], titles: Collection[str] = ()) -> Layout | None:
    """The layout that the headings tell, or None where this is another table.

    ``titles``: those of the codebooks' units, which help to tell pieces from identity columns.
    """
    numbers: list[int] = []
    for heading in reversed(headings):
        match = _NUMBERED.match(heading)
        if not match:
            break
        numbers.append(int(match[2]))
    numbers.reverse()
    # An earlier heading may end in a number by chance; the run itself begins with 0.
    best: tuple[int, int] | None = None
    for start, number in enumerate(numbers):
        if number != 0:
            continue
        run = numbers[start:]
        ticked = next((i for i, one in enumerate(run) if one != 0), len(run))
        if ticked <= 4 and len(run) % ticked == 0 and run == [i // ticked for i in range(len(run))]:
            best = (start, ticked)
            break
    if best is None:
        return None
    start, ticked = best
    before = headings[: len(headings) - len(numbers) + start]
    pieces = _pieces(before, titles)
    identity = len(before) - pieces - LEADING
    if identity < 1:
        return None
    return Layout(identity, tuple(before[-pieces:]), (len(numbers) - start) // ticked, ticked)


def _pieces(before: list[str], titles: Collection[str]) -> int:
    """How many of the headings before the slots are titles: those known, one where none is."""
    known = 0
    while known < len(before) and before[-1 - known] in titles:
        known += 1
    return known or 1


def attempts(
    rows: Iterator[Row], file: str, ids: Collection[str], titles: Collection[str], say: Say, *, exact: bool
) -> Iterator[Attempt]:
    """The attempts of a report. ``ids``: those of the codebooks, by which the columns are told apart.

    ``exact``: the rows come from text, which is as Moodle stored it, and not from a workbook.
    Raises :class:`ProblemsFound`.
    """
    heading = next(rows)
    sample = list(islice(rows, LOOKED_AT))
    layout = layout_of(heading.cells, titles)
    if layout is None:
        raise ProblemsFound([rules.UNKNOWN.problem(*_OTHER_REPORT, file=file, line=1, column=1)])
    layout = _with_all_pieces(layout, heading, sample)
    question, response, result = _columns(layout, sample, ids, file, say)
    empty = True
    rank = 2 if exact else 0
    for row in chain(sample, rows):
        missing = layout.width - len(row.cells)
        if missing > 0 and exact:
            raise ProblemsFound([_cut(row, layout, file)])
        row.cells.extend([""] * missing)  # a workbook leaves out empty cells at the end
        for attempt in _of_row(row, layout, question, response, result, file, rank):
            empty = empty and not any(slot.response for slot in attempt.slots)
            yield attempt
    if empty and layout.questions <= 1:
        raise ProblemsFound(
            [
                rules.NO_ANSWERS.problem(
                    "the report has no answers: Moodle writes none of SCORM 2004 into it",
                    "Read them with --moodle and the activity's address, or from a backup (.mbz) with users.",
                    file=file,
                )
            ]
        )


_OTHER_REPORT = (
    "these are not the columns of an Interactions report",
    "In Moodle open the activity, Reports, Interactions report; tick all four options, save them, download as text.",
)


def _with_all_pieces(layout: Layout, heading: Row, sample: list[Row]) -> Layout:
    """Where the titles are not known, the number of cells in a row tells how many pieces there are."""
    wide = max((len(row.cells) for row in sample), default=layout.width)
    before = heading.cells[: layout.identity + LEADING + len(layout.titles)]
    for pieces in range(len(layout.titles), len(before) - LEADING):
        guess = replace(layout, titles=tuple(before[-pieces:]), identity=len(before) - LEADING - pieces)
        if guess.width == wide:
            return guess
    return layout


def _columns(
    layout: Layout, sample: list[Row], ids: Collection[str], file: str, say: Say
) -> tuple[int | None, int, int | None]:
    """Which of a slot's columns hold id, response and result."""
    if layout.ticked == 4:
        return 0, 1, 3
    cells: list[list[str]] = [[] for _ in range(layout.ticked)]
    for row in sample:
        for piece in range(len(layout.titles)):
            start = layout.identity + LEADING + piece * (1 + layout.questions * layout.ticked) + 1
            for at in range(layout.questions * layout.ticked):
                text = row.cells[start + at] if start + at < len(row.cells) else ""
                if text:
                    cells[at % layout.ticked].append(text)
    # Question, response, right answer, result: always in this order.
    question = 0 if cells[0] and any(text in ids for text in cells[0]) else None
    rest = [at for at in range(layout.ticked) if at != question]
    result = rest[-1] if len(rest) > 1 and cells[rest[-1]] and all(map(_RESULT.match, cells[rest[-1]])) else None
    if not rest or (rest == [result]):
        raise ProblemsFound([rules.NO_ANSWERS.problem("the report has no responses", _OTHER_REPORT[1], file=file)])
    if question is None:
        say(
            rules.UNMATCHED.problem(
                "the report does not say which question stands in which column, so the columns are counted",
                "This is right only for the codebook of the very package. " + _OTHER_REPORT[1],
                file=file,
            )
        )
    return question, rest[0], result


def _cut(row: Row, layout: Layout, file: str) -> Problem:
    return rules.CUT.problem(
        f"this row has {len(row.cells)} cells, {layout.width} were expected",
        "The file seems to end too early or to have been changed. Download it again.",
        file=file,
        line=row.line,
        column=1,
    )


def _of_row(
    row: Row, layout: Layout, question: int | None, response: int, result: int | None, file: str, rank: int
) -> Iterator[Attempt]:
    cells = row.cells
    name, *further = (_typed(cell) for cell in cells[: layout.identity])
    email = next((cell for cell in further if "@" in cell), "")
    learner = Learner(name=name, email=email, further=tuple(cell for cell in further if cell and cell != email))
    number, started, last, _ = cells[layout.identity : layout.identity + LEADING]
    place = f"{file}:{row.line}"
    if not number.isdecimal():
        yield Attempt(place, learner, 0, completion="not attempted", rank=rank, row=True)
        return
    step = layout.ticked
    for piece, title in enumerate(layout.titles):
        start = layout.identity + LEADING + piece * (1 + layout.questions * step)
        slots = []
        for index in range(layout.questions):
            at = start + 1 + index * step
            text = cells[at + response]
            named = decoded(cells[at + question]) if question is not None else f"#{index}"
            if not named or (question is None and not text):
                continue
            slots.append(
                Slot(
                    id=named,
                    response=decoded(text) or None,
                    result=cells[at + result] if result is not None else "",
                    damage=row.damage.get(at + response, ""),
                )
            )
        yield Attempt(
            place=place,
            learner=learner,
            number=int(number),
            slots=tuple(slots),
            sco=title,
            score=_score(cells[start]),
            started_text=started,
            last_text=last,
            rank=rank,
            row=True,
        )


def _score(text: str) -> float | None:
    """The raw score of 100; where there is none a status word in the reader's language stands here."""
    try:
        return float(text) / 100
    except ValueError:
        return None


def _typed(cell: str) -> str:
    """Moodle leaves a quotation mark after a backslash as it is, which a reader of CSV takes for the cell's end."""
    if cell.endswith('"') and "\\" in cell:
        return cell[:-1].replace("\\", '\\"', 1)
    return cell
