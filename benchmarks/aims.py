"""What scormkit aims at: every measure with its unit, its yardstick, its aim, and what would be better."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """One row of the table."""

    measure: str
    unit: str
    aim: float
    """A ratio to the yardstick where there is one, else an amount of ``unit``; the least that is good for
    ``at_least``, otherwise the most."""
    stretch: float | None = None
    yardstick: str = ""
    at_least: bool = False
    missing: str = ""
    """Why nothing measures this yet."""


AIMS: dict[str, Aim] = {
    "one": Aim("one item, cold", "s", 1.4, 1.15, "floor"),
    "memory": Aim("peak memory", "MB", 1.5, 1.2, "floor"),
    "help": Aim("--help", "ms", 5, 4, "bare Python"),
    "many": Aim("100 items, cold", "s", 2, 1.3, "floor"),
    "further": Aim("each further package, CPU", "ms", 8, 5),
    "ten-thousand": Aim("10,000 items, two processes", "s", 2, 1.3, "floor", missing="one process so far"),
    "nothing": Aim("nothing to do, 100 items", "s", 2, 1.3, "floor"),
    "changed": Aim("one of 100 changed", "s", 1.4, 1.15, "floor", missing="a change builds all"),
    "targets": Aim("four targets of one item, cold", "s", 1.1, None, "one target"),
    "answers": Aim("100,000 rows of answers to CSV", "s", 60, 30),
    "answers-memory": Aim("the same, peak memory", "MB", 250, 150),
    "bytes": Aim("bytes beyond the item, zipped", "KB", 25, 15),
    "files": Aim("files beside pictures, control documents", "", 8),
    "requests": Aim("requests until interactive", "", 3, 1),
    "loaded": Aim("loaded until interactive", "KB", 60, 40),
    "paint": Aim("first contentful paint, slow", "ms", 1.2, 1.05, "floor"),
    "interactive": Aim("interactive, slow", "ms", 1.25, 1.1, "floor"),
    "blocking": Aim("blocking, slow", "ms", 30, 0),
    "heap": Aim("heap", "MB", 1.2, 1.0, "floor"),
    "start": Aim("LMS calls before interactive", "", 8, 5),
    "answer": Aim("LMS calls an answer, the most", "", 12),
    "commits": Aim("commits an answer, the most", "", 1),
    "finish": Aim("LMS calls at finish", "", 10),
    "state": Aim("stored state, all fields full, 1.2", "", 4096),
    "visit-commits": Aim("commits a session", "", 40),
    "visit-bytes": Aim("sent to the LMS a session", "KB", 60),
    "lrs-statements": Aim("statements a session, cmi5", "", 60, 30),
    "lrs-bytes": Aim("sent to the record store a session", "KB", 100, 60),
    "lrs-requests": Aim("requests with content a session", "", 60, 40),
    "lrs-launch": Aim("launch to usable, slow record store", "ms", 3000, 2200),
    "lighthouse": Aim("Lighthouse", "", 100, at_least=True, missing="Lighthouse is not installed here"),
    "axe": Aim("axe rules broken", "", 0, missing="the browser tests prove it, step by step"),
}
"""By the name that ``--json`` gives a row."""


@dataclass(frozen=True)
class Figure:
    """What was measured: scormkit's figure beside the yardstick's, or beside the floor's for comparison."""

    own: float | None
    beside: float | None = None
    note: str = ""


def compared(aim: Aim, figure: Figure) -> float | None:
    """The number that the aim is about: a ratio or an amount; None where it was not measured."""
    if figure.own is None or not aim.yardstick:
        return figure.own
    return figure.own / figure.beside if figure.beside else None


def verdict(aim: Aim, number: float | None) -> str:
    """``stretch``, ``pass``, ``MISS`` or ``not there yet``."""
    if number is None:
        return "not there yet"

    def reached(bound: float) -> bool:
        return number >= bound if aim.at_least else number <= bound

    if aim.stretch is not None and reached(aim.stretch):
        return "stretch"
    return "pass" if reached(aim.aim) else "MISS"


def table(figures: dict[str, Figure], names: list[str], own: str) -> str:
    """The aims called ``names`` as text, one a line, with what was measured of them."""
    rows = [("measure", "beside", own, "ratio", "aim", "stretch", "", "")]
    for name in names:
        aim = AIMS[name]
        figure = figures.get(name, Figure(None, note=aim.missing))
        number = compared(aim, figure)
        bound = "≥ " if aim.at_least else "≤ "
        times = " x" if aim.yardstick else ""
        beside = f"{amount(figure.beside, aim.unit)} {aim.yardstick or 'floor'}"
        rows.append((
            aim.measure,
            "" if figure.beside is None else beside,
            amount(figure.own, aim.unit),
            f"{number:.2f} x" if aim.yardstick and number is not None else "",
            f"{bound}{aim.aim:g}{times}",
            "" if aim.stretch is None else f"{bound}{aim.stretch:g}{times}",
            verdict(aim, number),
            figure.note,
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        left = row[0].ljust(widths[0])
        middle = "  ".join(cell.rjust(width) for cell, width in zip(row[1:6], widths[1:6], strict=True))
        lines.append(f"{left}  {middle}  {row[6].ljust(widths[6])}  {row[7]}".rstrip())
    return "\n".join(lines)


def amount(number: float | None, unit: str) -> str:
    """A figure for people."""
    if number is None:
        return "-"
    digits = {"s": 3, "KB": 1, "MB": 2, "ms": 1}.get(unit, 0 if number == int(number) else 1)
    return f"{number:.{digits}f} {unit}".rstrip()
