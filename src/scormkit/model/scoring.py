"""What counts: for completion, and for the score. Every kind that is scored inherits its options from here."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr
from pydantic.types import Strict
from pydantic_core import PydanticCustomError

from scormkit.model.blocks import Activity
from scormkit.model.interactions import Interaction, Option
from scormkit.model.text import Id, Model

Weight = Annotated[float, Field(gt=0, le=100, alias="weight")]
"""How much something counts beside other questions."""

MOST_ATTEMPTS = 20


def _attempts(value: object) -> object:
    number = isinstance(value, int) and not isinstance(value, bool)
    if value is None or value in ("unlimited", "until-right") or (number and value in range(1, MOST_ATTEMPTS + 1)):
        return value
    raise PydanticCustomError(
        "attempts",
        "attempts cannot be {value}",
        {
            "value": repr(value) if isinstance(value, str | int | float) else "that",
            "hint": f"Write unlimited, until-right, or a number from 1 to {MOST_ATTEMPTS}",
        },
    )


Attempts = Annotated[
    Literal["unlimited", "until-right"] | Annotated[int, Strict(), Field(ge=1, le=MOST_ATTEMPTS)],
    BeforeValidator(_attempts),
]
"""How often an answer is judged."""

FeedbackTime = Literal["immediate", "at-end", "none"]
"""When the learner hears what was right."""


class Completion(Model):
    """The rule that decides when a session is completed. Everything named must be true."""

    phases: Literal["all", "none"] = "all"
    """``all``: every step was seen."""
    activities: Literal["required", "none"] | tuple[Id, ...] = "none"
    """``required``: every activity that is required is done; or a list of ids. A question that was not drawn is not
    asked for."""
    forms: tuple[Id, ...] = ()
    """Form activities that must be saved with all required fields."""
    quiz: Literal["none", "passed"] = "none"
    """``passed``: the score reaches ``mastery_score``."""


class Quiz(Model):
    """How the questions of a session that count for its score are asked, where a question does not say otherwise."""

    attempts: Attempts = "unlimited"
    """How often an answer may be judged: ``unlimited``, a number from 1 to 20, or ``until-right``, where a question is
    done only when its answer is right. The last answer counts."""
    feedback: FeedbackTime = "immediate"
    """When the learner hears what was right and why: after each check, at the end of the session when they ask for
    their results, or not at all. An answer that waits for the end counts when the results are shown, and can be
    changed until then."""
    shuffle: Literal["none", "options", "questions", "both"] = "none"
    """What each learner gets in an order of their own, the same whenever they come back: the options of each question,
    the questions of the knowledge check, or both."""
    draw: Annotated[int, Strict(), Field(ge=1)] | None = None
    """How many questions of the knowledge check each learner gets; all of them where nothing is said. They are drawn
    once and reported; only they count."""

    @property
    def shuffles_options(self) -> bool:
        """Whether the options of each question are shuffled."""
        return self.shuffle in {"options", "both"}

    @property
    def shuffles_questions(self) -> bool:
        """Whether the questions of the knowledge check are shuffled."""
        return self.shuffle in {"questions", "both"}


class Graded(Activity):
    """Something that can count for the score, with all that an author can say about how."""

    can_shuffle: ClassVar[bool] = False
    """Whether the kind has options whose order means nothing; its template marks their list ``data-shuffles``."""

    scored: bool = True
    """Whether it counts for the score. What is not scored is told to the learner, but reported without a verdict."""
    relative_weight: Weight = 1.0
    """How much it counts beside other questions."""
    attempts: Attempts | None = None
    """How often an answer may be judged: ``unlimited``, a number from 1 to 20, or ``until-right``; as ``quiz`` of the
    session says where nothing stands here."""
    feedback: FeedbackTime | None = None
    """When the learner hears what was right: ``immediate``, ``at-end`` or ``none``; as ``quiz`` of the session says
    where nothing stands here."""
    shuffle: bool | None = None
    """Whether each learner gets the options in an order of their own; as ``quiz`` of the session says where nothing
    stands here."""

    _predicts: str | None = PrivateAttr(default=None)
    _predicted_by: str | None = PrivateAttr(default=None)

    @property
    def has_right_answer(self) -> bool:
        """Whether a check can say right or not yet; an opinion is only noted."""
        return True

    @property
    def graded(self) -> bool:
        """Whether it counts for the score and is reported with a verdict."""
        return self.scored and self.has_right_answer

    @property
    def judged(self) -> bool:
        """Whether the learner ever hears whether the answer is right."""
        return self.has_right_answer and self.feedback != "none"

    @property
    def most_attempts(self) -> int | None:
        """The number of attempts, where there is one."""
        return self.attempts if isinstance(self.attempts, int) else None

    @property
    def predicts(self) -> str | None:
        """The id of the question that this is a prediction of."""
        return self._predicts

    @property
    def predicted_by(self) -> str | None:
        """The id of the prediction that comes before this question."""
        return self._predicted_by

    @property
    def solution(self) -> tuple[str, ...]:
        """The right answer in words, a line each; Markdown nowhere. () where there is none to tell."""
        return tuple(line for one in self.interactions() for line in _solution(one)) if self.graded else ()

    def weight(self) -> float:
        """Its weight in the score."""
        return self.relative_weight if self.graded else 0.0

    def by_default(self, quiz: Quiz) -> Self:
        """The same with what the session says where this says nothing. Only what counts takes anything from there."""
        if not self.graded:
            return self
        found: dict[str, object] = {}
        if self.attempts is None:
            found["attempts"] = quiz.attempts
        if self.feedback is None:
            found["feedback"] = quiz.feedback
        if self.shuffle is None:
            found["shuffle"] = quiz.shuffles_options and self.can_shuffle
        return self.model_copy(update=found)

    def as_prediction(self, prediction: Activity) -> Self:
        """The same question as it is asked beforehand: nothing is told, nothing counts."""
        found: dict[str, object] = {"id": prediction.id, "required": prediction.required, "scored": False}
        found |= {"attempts": None, "feedback": "none"}
        if prediction.title is not None:
            found["title"] = prediction.title
        if "explanation" in type(self).model_fields:
            found["explanation"] = None
        copy = self.model_copy(update=found)
        copy._predicts = self.id
        copy._predicted_by = None
        return copy

    def predicted(self, by: str) -> Self:
        """The same question with the id of its prediction, so that the change can be shown."""
        copy = self.model_copy()
        copy._predicted_by = by
        return copy


def _solution(one: Interaction) -> tuple[str, ...]:
    """The first right answer of an interaction, in the author's words."""
    if not one.correct_responses:
        return ()
    right = one.correct_responses[0]
    if isinstance(right, bool):
        # The words that the learner chose from are the kind's; it tells them itself.
        return ()
    if isinstance(right, float | int):
        return (f"{right:.7f}".rstrip("0").rstrip("."),)
    if isinstance(right, str):
        return (right,)
    sources, targets = _labels(one.options), _labels(one.targets)
    lines = [
        f"{sources.get(part[0], part[0])}: {targets.get(part[1], part[1])}"
        if isinstance(part, tuple)
        else sources.get(part, part)
        for part in right
    ]
    return tuple(lines)


def _labels(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.id: option.label for option in options}
