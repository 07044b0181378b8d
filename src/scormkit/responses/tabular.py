"""The report as rows: one table for answers, one for plans, one for learners; CSV takes the first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TextIO

from scormkit.responses.plans import ORDER, Field, Plan
from scormkit.responses.report import Report

Cell = str | int | float | None

ANSWERS = (
    "learner",
    "email",
    "attempt",
    "unit",
    "activity",
    "question",
    "question id",
    "answer",
    "result",
    "answered at (UTC)",
    "note",
)
PLANS = (
    "learner",
    "email",
    "unit",
    "round",
    "plan",
    "do it by",
    "planned on",
    "report asked on",
    "state",
    "outcome",
    "report",
    "next plan",
)
LEARNERS = (
    "learner",
    "email",
    "further",
    "unit",
    "attempt",
    "completion",
    "success",
    "score",
    "started",
    "last access",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answers(report: Report) -> Iterator[tuple[Cell, ...]]:
    """A row an answer; stored answers without a question at the end of their attempt."""
    for person in report.people():
        for attempt in report.attempts_of(person):
            unit = report.unit_title(attempt.unit)
            for asked, given in report.answers_of(attempt):
                yield (
                    person.label,
                    person.email,
                    attempt.number,
                    unit,
                    asked.activity.title,
                    asked.question.text,
                    asked.question.id,
                    given.text,
                    given.result,
                    moment(given.at),
                    given.doubt,
                )
            for key, response in attempt.unknown:
                yield (
                    person.label,
                    person.email,
                    attempt.number,
                    unit,
                    "",
                    "",
                    key,
                    response,
                    "",
                    "",
                    "no question of the codebook",
                )


def plans(report: Report) -> Iterator[tuple[Cell, ...]]:
    """A row a plan, by learner."""
    if not any(report.numbers.plans[state] for state in ORDER):
        return
    for person in report.people():
        for plan in report.plans(person):
            yield (
                person.label,
                person.email,
                plan.title,
                plan.round,
                said(plan.plan),
                plan.by.isoformat() if plan.by else "",
                plan.made.isoformat() if plan.made else "",
                plan.asked_on.isoformat() if plan.asked_on else "",
                plan.state,
                plan.outcome,
                said(report_of(plan)),
                said(plan.next_plan),
            )


def report_of(plan: Plan) -> list[Field]:
    """The report without the outcome, which stands by itself."""
    return [one for one in plan.report if one.asked.question.key != "outcome"]


def said(fields: list[Field]) -> str:
    """Questions and answers as one text."""
    return "\n".join(f"{one.asked.question.text}: {one.given.text}" for one in fields)


def learners(report: Report) -> Iterator[tuple[Cell, ...]]:
    """A row an attempt."""
    for person in report.people():
        for attempt in report.attempts_of(person):
            yield (
                person.label,
                person.email,
                ", ".join(person.further),
                report.unit_title(attempt.unit),
                attempt.number or None,
                attempt.completion,
                attempt.success,
                round(attempt.score, 4) if attempt.score is not None else None,
                moment(attempt.started) or attempt.started_text,
                moment(attempt.last) or attempt.last_text,
            )


def moment(seconds: float | None) -> str:
    """A moment in UTC to the minute, or nothing."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M") if seconds else ""


def write_csv(report: Report, file: TextIO) -> None:
    """The answers, as spreadsheets and programs read them (RFC 4180).

    Spreadsheets run cells that begin like a formula: an apostrophe goes before these, as they show no apostrophe.
    """
    write = csv.writer(file, lineterminator="\r\n")
    write.writerow(ANSWERS)
    for row in answers(report):
        write.writerow([safe(cell) for cell in row])


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
