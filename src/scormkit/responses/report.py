"""A report: what all outputs show, in their order, asked for piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from scormkit.problem import Problem
from scormkit.responses import rules
from scormkit.responses.codebooks import Asked, Codebooks, KnownUnit
from scormkit.responses.collection import Collection, Given, KeptAttempt, Person
from scormkit.responses.plans import ORDER, Plan, PlanState, plans_of

_NAMELESS = frozenset({rules.DAMAGED.id, rules.UNMATCHED.id, rules.INCOMPLETE.id})
"""Rules whose messages hold nothing of a learner."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many of what."""

    learners: int
    started: int
    """Learners with an attempt."""
    completed: int
    """Learners with a completed attempt, where the sources tell."""
    attempts: int
    answers: int
    plans: dict[PlanState, int]
    unknown: int
    """Stored answers that no codebook knows."""
    status_known: bool
    """Whether the sources tell of completion at all."""


@dataclass(slots=True)
class Report:
    """Everything that was read, for one way of showing it. ``anonymous``: no identity is in anything it gives."""

    collection: Collection
    today: date
    anonymous: bool
    sources: tuple[str, ...]
    problems: tuple[Problem, ...]
    numbers: Numbers = field(init=False)
    scores: list[int] = field(init=False)
    """How many last attempts scored below 20 %, below 40 % and so on up to 100 %."""

    def __post_init__(self) -> None:
        if self.anonymous:
            # The others may name learners.
            self.problems = tuple(one for one in self.problems if one.rule in _NAMELESS)
        self.collection.call(anonymous=self.anonymous)
        self._count()

    @property
    def codebooks(self) -> Codebooks:
        """The codebooks that were given."""
        return self.collection.codebooks

    @property
    def title(self) -> str:
        """What was learned: the package, or the course where there are several."""
        packages = list(dict.fromkeys(one.codebook.package.title for one in self.codebooks.units))
        if len(packages) == 1:
            return packages[0]
        courses = list(dict.fromkeys(one.codebook.course.title for one in self.codebooks.units))
        return courses[0] if len(courses) == 1 else ", ".join(courses)

    def people(self) -> Iterator[Person]:
        """The learners in the order of the report."""
        return self.collection.people(anonymous=self.anonymous)

    def label(self, given: Given) -> str:
        """What the report calls who gave an answer."""
        return self.collection.label(given.learner, anonymous=self.anonymous)

    def units(self) -> Iterator[KnownUnit]:
        """Units of which something was read; all where there are no answers."""
        read = {question.unit for question in self.codebooks.questions if self.collection.is_answered(question.number)}
        for unit in self.codebooks.units:
            if unit.number in read or not read:
                yield unit

    def attempts_of(self, person: Person) -> list[KeptAttempt]:
        """A learner's attempts by unit and number."""
        return self.collection.attempts_of(person.id)

    def answers_of(self, attempt: KeptAttempt) -> list[tuple[Asked, Given]]:
        """The answers of an attempt with their questions."""
        questions = self.codebooks.questions
        return [(questions[given.question], given) for given in self.collection.answers_of(attempt.id)]

    def answers_to(self, asked: Asked) -> Iterable[Given]:
        """All answers to a question; for an anonymous report not in the order of the learners' names."""
        return self.collection.answers_to(asked.number)

    def plans(self, person: Person) -> list[Plan]:
        """A learner's plans."""
        return plans_of(person.id, self.collection, self.today)

    def unit_title(self, unit: int | None) -> str:
        """What a unit is called."""
        return self.codebooks.units[unit].unit.title if unit is not None else ""

    def _count(self) -> None:
        self.scores = [0] * 5
        for score in self.collection.scores():
            self.scores[min(4, max(0, int(score * 5 + 1e-9)))] += 1
        plans = dict.fromkeys(ORDER, 0)
        if any(asked.role for asked in self.codebooks.questions):
            for person in self.people():
                for plan in self.plans(person):
                    plans[plan.state] += 1
        count = self.collection.count
        self.numbers = Numbers(
            learners=count("learners"),
            started=count("started"),
            completed=count("completed"),
            attempts=count("attempts"),
            answers=count("answers"),
            plans=plans,
            unknown=count("unknown"),
            status_known=count("told") > 0,
        )
