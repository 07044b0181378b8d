"""The report as JSON, for other programs: learners with their attempts, answers and plans, and all questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from scormkit.responses.plans import Field, Plan
from scormkit.responses.report import Report
from scormkit.responses.tabular import moment, report_of

VERSION = 1
"""The version of this form."""


def summary(report: Report) -> dict[str, object]:
    """The numbers and what was noticed; what ``--format json`` prints."""
    numbers = report.numbers
    return {
        "responses": VERSION,
        "title": report.title,
        "as_of": report.today.isoformat(),
        "anonymous": report.anonymous,
        "sources": list(report.sources) if not report.anonymous else len(report.sources),
        "learners": numbers.learners,
        "started": numbers.started,
        "completed": numbers.completed if numbers.status_known else None,
        "attempts": numbers.attempts,
        "answers": numbers.answers,
        "unknown_answers": numbers.unknown,
        "plans": {state: count for state, count in numbers.plans.items() if count},
        "problems": [
            {**problem.as_dict(), "file": "" if report.anonymous else problem.file} for problem in report.problems
        ],
    }


def write_json(report: Report, file: TextIO) -> None:
    """Written learner by learner: one on a line, so that large reports can be read by line too."""
    head = json.dumps({**summary(report), "questions": list(_questions(report))}, ensure_ascii=False, indent=1)
    file.write(head.removesuffix("\n}") + ',\n "people": [')
    for number, person in enumerate(_people(report)):
        file.write(("," if number else "") + "\n  " + json.dumps(person, ensure_ascii=False))
    file.write("\n ]\n}\n")


def _questions(report: Report) -> Iterator[dict[str, object]]:
    for unit in report.codebooks.units:
        for asked in unit.questions:
            yield {
                "id": asked.question.id,
                "unit": unit.unit.id,
                "target": unit.codebook.target,
                "activity": asked.activity.id,
                "type": asked.question.type,
                "text": asked.question.text,
                "role": asked.role,
                "options": {one.id: one.text for one in asked.question.options},
            }


def _people(report: Report) -> Iterator[dict[str, object]]:
    for person in report.people():
        yield {
            "learner": person.label,
            **({} if report.anonymous else {"email": person.email, "further": list(person.further)}),
            "attempts": [
                {
                    "unit": report.codebooks.units[attempt.unit].unit.id if attempt.unit is not None else None,
                    "attempt": attempt.number,
                    "completion": attempt.completion,
                    "success": attempt.success,
                    "score": attempt.score,
                    "started": moment(attempt.started) or attempt.started_text,
                    "last": moment(attempt.last) or attempt.last_text,
                    "answers": [
                        {
                            "id": asked.question.id,
                            "answer": given.text,
                            **({"options": list(given.options)} if given.options else {}),
                            "result": given.result,
                            **({"at": moment(given.at)} if given.at else {}),
                            **({"note": given.doubt} if given.doubt else {}),
                        }
                        for asked, given in report.answers_of(attempt)
                    ],
                    **({"unknown": [list(one) for one in attempt.unknown]} if attempt.unknown else {}),
                }
                for attempt in report.attempts_of(person)
            ],
            "plans": [_plan(plan) for plan in report.plans(person)],
        }


def _plan(plan: Plan) -> dict[str, object]:
    def fields(some: list[Field]) -> dict[str, str]:
        return {one.asked.question.id: one.given.text for one in some}

    return {
        "session": plan.session,
        "round": plan.round,
        "state": plan.state,
        "by": plan.by.isoformat() if plan.by else None,
        "planned_on": plan.made.isoformat() if plan.made else None,
        "asked_on": plan.asked_on.isoformat() if plan.asked_on else None,
        "plan": fields(plan.plan),
        "outcome": plan.outcome,
        "report": fields(report_of(plan)),
        "next_plan": fields(plan.next_plan),
    }
