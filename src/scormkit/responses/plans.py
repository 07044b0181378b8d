"""The follow-up loop as a trainer sees it: each plan with the report on it, what is due and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from scormkit.responses.codebooks import Asked
from scormkit.responses.collection import Collection, Given, KeptAttempt

PlanState = Literal["overdue", "due", "waiting", "undated", "reported", "no plan"]
"""``due``: today or within a week; ``waiting``: later; ``undated``: nothing says when; ``no plan``: a report alone."""

ORDER: tuple[PlanState, ...] = ("overdue", "due", "waiting", "undated", "reported", "no plan")
"""What asks for something comes first."""

SOON = 7
"""Days before its date from which a report counts as due."""


@dataclass(frozen=True, slots=True)
class Field:
    """A question and its answer."""

    asked: Asked
    given: Given


@dataclass(slots=True)
class Plan:
    """A learner's plan of one round, with what came of it."""

    learner: int
    session: str
    title: str
    """The unit's title."""
    attempt: KeptAttempt
    round: int
    plan: list[Field] = field(default_factory=list)
    report: list[Field] = field(default_factory=list)
    next_plan: list[Field] = field(default_factory=list)
    outcome: str = ""
    by: date | None = None
    """The day by which the learner wants it done."""
    made: date | None = None
    """When the plan was saved, where the source tells."""
    asked_on: date | None = None
    """When the report is asked for."""
    state: PlanState = "undated"


def plans_of(learner: int, collection: Collection, today: date) -> list[Plan]:
    """A learner's plans in the order of their making; each with the report on it.

    A report belongs to the plan of its attempt, else to the latest earlier plan of the session that has none yet.
    """
    made: list[Plan] = []
    after: dict[str, int] = {}
    for attempt in collection.attempts_of(learner):
        if attempt.unit is None:
            continue
        known = collection.codebooks.units[attempt.unit]
        for follow_up in known.unit.follow_ups:
            after.setdefault(follow_up.session, follow_up.after)
        for session, number, parts in _rounds(attempt, collection, known.unit.id):
            own = _own(made, session, number, parts)
            if own is None:
                own = Plan(learner, session, known.unit.title, attempt, number)
                made.append(own)
            own.plan += parts.get("plan", [])
            own.report += parts.get("report", [])
            own.next_plan += parts.get("next-plan", [])
            own.outcome = own.outcome or _outcome(parts)
    for one in list(made):
        following = [other for other in made if other.session == one.session and other.round == one.round + 1]
        if not one.next_plan:
            continue
        if not following:
            following = [Plan(learner, one.session, one.title, one.attempt, one.round + 1)]
            made += following
        if not following[0].plan:
            following[0].plan = list(one.next_plan)
    for one in made:
        _date(one, after.get(one.session), today)
    return made


def _rounds(
    attempt: KeptAttempt, collection: Collection, unit: str
) -> Iterator[tuple[str, int, dict[str, list[Field]]]]:
    questions = collection.codebooks.questions
    found: dict[tuple[str, int], dict[str, list[Field]]] = {}
    for given in collection.answers_in_loop(attempt.id):
        asked = questions[given.question]
        if asked.role:
            parts = found.setdefault((asked.activity.session or unit, asked.activity.round), {})
            parts.setdefault(asked.role, []).append(Field(asked, given))
    for (session, number), parts in sorted(found.items()):
        yield session, number, parts


def _own(made: list[Plan], session: str, number: int, parts: dict[str, list[Field]]) -> Plan | None:
    """The plan that a report belongs to; None where it begins a new one."""
    if parts.get("plan"):
        return None
    for plan in reversed(made):
        if plan.session == session and plan.round == number and not plan.report and not plan.outcome:
            return plan
    return None


def _outcome(parts: dict[str, list[Field]]) -> str:
    for one in (*parts.get("outcome", []), *parts.get("report", [])):
        if one.asked.role == "outcome" or one.asked.question.key == "outcome":
            return one.given.text
    return ""


def _date(plan: Plan, after: int | None, today: date) -> None:
    times = [one.given.at for one in plan.plan if one.given.at is not None]
    moment = max(times, default=None) or plan.attempt.last or plan.attempt.started
    plan.made = datetime.fromtimestamp(moment, UTC).date() if moment else None
    due = (_day(one.given.text) for one in plan.plan if one.asked.question.format == "due")
    plan.by = next((day for day in due if day), None)
    plan.asked_on = plan.made + timedelta(days=after) if plan.made and after is not None else None
    wanted = plan.asked_on or plan.by
    if plan.report or plan.outcome:
        plan.state = "reported" if plan.plan else "no plan"
    elif wanted is None:
        plan.state = "undated"
    elif wanted < today:
        plan.state = "overdue"
    else:
        plan.state = "due" if wanted <= today + timedelta(days=SOON) else "waiting"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
