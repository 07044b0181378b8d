"""The codebook: what every reported id means, so that answers can be read where only ids and codes were stored.

It lies in each package as ``codebook.json`` and with the same bytes beside it as ``NAME-TARGET.codebook.json``.
:class:`Codebook` documents its form; fields that hold their default are left out. A reader refuses a ``codebook``
number that it does not know and ignores fields that it does not know.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from scormkit.compiled.numbering import NumberedInteraction
from scormkit.model.interactions import InteractionType, Option, Role, ValueFormat

if TYPE_CHECKING:
    from scormkit.compiled.course import Package, Unit
    from scormkit.targets.target import Target

FILE_NAME = "codebook.json"
"""Its name in a package."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(_Entry):
    """A course or a package."""

    id: str
    title: str


class Choice(_Entry):
    """Something that can be chosen."""

    id: str
    text: str
    code: str = ""
    """How it is spelled in a response of the standard; its id where nothing stands here."""

    @property
    def spelled(self) -> str:
        """The word of a response that stands for it."""
        return self.code or self.id


class Question(_Entry):
    """One interaction. ``id`` is as reported, of its first slot; the others end in ``_2``, ``_3`` and so on."""

    id: str
    key: str = ""
    """Its name within its activity."""
    index: int
    """Its first place in the LMS's list."""
    slots: int = 1
    type: InteractionType
    text: str
    """The whole question in plain text."""
    options: tuple[Choice, ...] = ()
    """Choices, steps, or the sources of a matching."""
    targets: tuple[Choice, ...] = ()
    """The targets of a matching."""
    nothing: str = ""
    """What a response is where everything was unticked again."""
    correct: tuple[str, ...] = ()
    """Right answers in the standard's syntax, as reports show them."""
    weighting: float = 0.0
    """How much it counts for the score; 0 is ungraded."""
    role: Role = ""
    """Its part in the follow-up loop, where it is another one than its activity's."""
    format: ValueFormat = ""
    """``date`` for yyyy-mm-dd; ``due`` for the date by which a plan is to be done."""
    part: str = ""
    """In standards of statements: what stands after the unit's activity in the question's activity id."""

    @property
    def graded(self) -> bool:
        """Whether it counts for the score."""
        return self.weighting > 0

    @property
    def record_ids(self) -> tuple[str, ...]:
        """The ids of all its slots, in order."""
        return (self.id, *(f"{self.id}_{slot}" for slot in range(2, self.slots + 1)))


class ActivityEntry(_Entry):
    """An activity with its questions; ``id`` is its key in the unit."""

    id: str
    kind: str
    title: str
    session: str = ""
    """The session that it belongs to, where it is another one than the unit."""
    role: Role = ""
    """Its part in the follow-up loop: the plan, the report on it, the next plan."""
    part: str = ""
    """Of a form that is sent as a whole: as a question's ``part``."""
    round: int = 1
    """Which time round the loop; the next plan of a round is the plan of the following one."""
    questions: tuple[Question, ...]


class FollowUpEntry(_Entry):
    """When a plan is to be reported on. Its plan and report are the activities of that role in ``session``."""

    session: str
    after: int
    """Days from the saving of the plan."""
    package: str = ""
    """The package that asks for the report, where it is another one."""


class UnitEntry(_Entry):
    """A launchable piece (SCO, AU)."""

    id: str
    title: str
    activity: str = ""
    """The id of its activity as published, in standards of statements; a platform may speak of it by another."""
    mastery_score: float | None = None
    """The pass mark, 0 to 1."""
    follow_ups: tuple[FollowUpEntry, ...] = ()
    activities: tuple[ActivityEntry, ...]


class Codebook(_Entry):
    """All questions of one package in one target."""

    codebook: Literal[1] = 1
    """The version of this form."""
    course: Named
    package: Named
    target: str
    language: str
    version: str = ""
    """The author's version of the content."""
    content: str = ""
    """A hash of the questions: where two codebooks have the same, they read answers alike."""
    texts: Literal["marked", "plain"] = "marked"
    """How texts are spread over slots: ``marked`` as ``runtime/text.ts`` does, ``plain`` cut without marks."""
    units: tuple[UnitEntry, ...]

    def as_json(self) -> bytes:
        """Compact, the same bytes for the same codebook."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({"codebook": self.codebook, **said}, ensure_ascii=False, separators=(",", ":")).encode()


def codebook_of(package: Package, target: Target) -> Codebook:
    """The codebook of a package in a target."""
    units = tuple(_unit(unit, target) for unit in package.units)
    asked = json.dumps([unit.model_dump(mode="json") for unit in units], ensure_ascii=False)
    return Codebook(
        course=Named(id=package.course_id, title=package.course_title),
        package=Named(id=package.id, title=package.title),
        target=target.name,
        language=package.language,
        version=package.version or "",
        content=hashlib.sha256(asked.encode()).hexdigest()[:16],
        texts=target.texts,
        units=units,
    )


def _unit(unit: Unit, target: Target) -> UnitEntry:
    records = {one.name: one for one in target.numbered(unit)}
    parts = target.activity_parts(unit)
    activities = []
    for step in unit.steps:
        for block in step.blocks:
            names = [f"{block.key}.{one.key}" if one.key else block.key for one in block.activity.interactions()]
            asked = [records[name] for name in names if name in records]
            if not asked:
                continue
            roles = [one.interaction.role for one in asked]
            role: Role = "report" if "report" in roles else roles[0]
            activities.append(
                ActivityEntry(
                    id=block.key,
                    kind=block.kind,
                    title=block.label,
                    session=step.session if step.session != unit.id else "",
                    role=role,
                    part=parts.get(block.key, "") if asked[0].interaction.key else "",
                    round=asked[0].interaction.round,
                    questions=tuple(_question(one, target, role, parts.get(one.name, "")) for one in asked),
                )
            )
    return UnitEntry(
        id=unit.id,
        title=unit.title,
        activity=target.activity_id(unit),
        mastery_score=unit.mastery_score,
        follow_ups=tuple(
            FollowUpEntry(session=session.id, after=session.follow_up.after)
            for session in unit.sessions
            if session.follow_up
        ),
        activities=tuple(activities),
    )


def _question(record: NumberedInteraction, target: Target, role: Role, part: str) -> Question:
    asked = record.interaction
    codes = target.codes(asked)
    return Question(
        id=record.id,
        key=asked.key,
        index=record.index,
        slots=record.slots,
        type=asked.type,
        text=asked.description,
        options=_choices(asked.options, codes.options),
        targets=_choices(asked.targets, codes.targets),
        nothing=codes.nothing,
        correct=codes.correct,
        weighting=asked.weighting,
        role=asked.role if asked.role != role else "",
        format=asked.format,
        part=part,
    )


def _choices(options: tuple[Option, ...], codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=option.id, text=option.label, code=code if code != option.id else "")
        for option, code in zip(options, codes, strict=True)
    )
