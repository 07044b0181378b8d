"""The report and the wall as pages: one file each, no address in them, readable without script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scormkit.responses.codebooks import Asked, KnownUnit
from scormkit.responses.collection import Person
from scormkit.responses.plans import ORDER, Plan, PlanState
from scormkit.responses.report import Report
from scormkit.responses.tabular import moment, report_of

PAGES = Path(__file__).parent / "pages"

STATES: dict[PlanState, str] = {
    "overdue": "Overdue",
    "due": "Due now",
    "waiting": "Not due yet",
    "undated": "No date known",
    "reported": "Reported back",
    "no plan": "Report without a plan",
}

_FOR_ALL = frozenset({"long-fill-in", "choice", "likert"})
"""What a wall shows where nothing is chosen: a short answer may be a name or a number of somebody."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart; ``share`` of the longest, 0 to 1."""

    label: str
    count: int
    share: float


@cache
def _pages() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    return environment


def write_page(report: Report, file: TextIO) -> None:
    """The report, written part by part."""
    style, script = _asset("report.css"), _asset("report.js")
    _stream(
        "report.html.j2",
        file,
        report=report,
        numbers=report.numbers,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; "
        "form-action 'none'",
        states=STATES,
        plans=lambda: _plans(report),
        order=ORDER,
        report_of=report_of,
        bars=_bars,
        score_bars=_scale(
            [(f"{n * 20} to {n * 20 + (19 if n < 4 else 20)} %", c) for n, c in enumerate(report.scores)]
        ),
        progress_bars=_progress(report),
        plan_bars=_scale(
            [(STATES[state], report.numbers.plans[state]) for state in ORDER if report.numbers.plans[state]]
        ),
        language=_language,
    )


def write_wall(report: Report, file: TextIO, questions: Sequence[str] = ()) -> None:
    """Answers for a group to look at: no names, no times, in an order that tells nothing of who wrote them."""
    style = _asset("wall.css")
    chosen = [
        asked
        for asked in report.codebooks.questions
        if report.collection.is_answered(asked.number)
        and (asked.question.id in questions if questions else not asked.role and asked.question.type in _FOR_ALL)
    ]
    _stream(
        "wall.html.j2",
        file,
        title=report.title,
        language=report.codebooks.units[0].codebook.language,
        style=style,
        policy=f"default-src 'none'; style-src {_digest(style)}; base-uri 'none'; form-action 'none'",
        questions=chosen,
        cards=lambda asked: _cards(report, asked),
        bars=lambda asked: _bars(report, asked),
    )


def _stream(name: str, file: TextIO, **words: object) -> None:
    for part in _pages().get_template(name).generate(**words):
        file.write(part)


def _asset(name: str) -> Markup:
    return Markup((PAGES / name).read_text(encoding="utf-8"))  # noqa: S704 - a file of ours


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _plans(report: Report) -> Iterator[tuple[Person, Plan]]:
    """What asks for something first; read anew for each state, so that not all plans are held at once."""
    for state in ORDER:
        if report.numbers.plans[state]:
            for person in report.people():
                for plan in report.plans(person):
                    if plan.state == state:
                        yield person, plan


def _bars(report: Report, asked: Asked) -> list[Bar]:
    """How often each option was chosen; none where a question has no options to count."""
    if asked.question.type not in {"choice", "likert"} or not asked.question.options:
        return []
    counts = report.collection.tallies(asked.number)
    return _scale([(one.text, counts.get(one.id, 0)) for one in asked.question.options])


def _scale(counts: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in counts), default=0)
    return [Bar(label, count, count / most if most else 0.0) for label, count in counts]


def _progress(report: Report) -> list[Bar]:
    numbers = report.numbers
    counts = [("Learners", numbers.learners), ("Started", numbers.started)]
    if numbers.status_known:
        counts.append(("Completed", numbers.completed))
    return _scale(counts)


def _cards(report: Report, asked: Asked) -> list[tuple[str, int]]:
    """Answers with how many people gave them: the most given first, then the shorter ones, then by a hash.

    Who wrote them cannot be told from their order. Of a brainstorm each entry is an answer.
    """
    entries = asked.activity.kind == "brainstorm" and not asked.question.key
    counts: dict[str, tuple[str, set[int]]] = {}
    for given in report.answers_to(asked):
        for text in given.text.split("\n") if entries else [given.text]:
            shown = text.strip()
            if shown:
                counts.setdefault(shown.casefold(), (shown, set()))[1].add(given.learner)
    cards = [(shown, len(people)) for shown, people in counts.values()]
    return sorted(cards, key=lambda card: (-card[1], len(card[0]) // 80, _mixed(card[0])))


def _mixed(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _language(unit: KnownUnit) -> str:
    return unit.codebook.language
