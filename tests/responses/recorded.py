"""What Moodle 4.5 and 5.1 really gave back, what was sent before, and codebooks for the packages that were played.

``sent.json`` holds the questions, what learners typed, and every value handed to the API, by standard and learner.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from scormkit.targets.codebook import ActivityEntry, Choice, Codebook, FollowUpEntry, Named, Question, UnitEntry

MOODLE = Path(__file__).parent / "moodle"
SENT: dict[str, Any] = json.loads((MOODLE / "sent.json").read_text(encoding="utf-8"))
TITLE = "Wer sind unsere Kunden? – Übung"  # noqa: RUF001 - as it was played
LEARNERS = ("student1", "student2", "student3")

_OPTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "q01_customer-groups": {"1.2": ("a", "b", "c"), "2004": ("g_a", "g_b", "g_c")},
    "q02_needs": {"1.2": ("1", "2"), "2004": ("g_1", "g_2")},
    "q03_call-steps": {"1.2": ("a", "b", "c"), "2004": ("s_a", "s_b", "s_c")},
}
_TARGETS: dict[str, dict[str, tuple[str, ...]]] = {"q02_needs": {"1.2": ("a", "b"), "2004": ("n_a", "n_b")}}
_LIKERT: dict[str, tuple[str, ...]] = {"2004": tuple(f"n_{n}" for n in range(1, 6))}


def _choices(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"option-{code[-1]}", text=f"The option {code[-1]}", code=code) for code in codes)


def recorded_codebook(standard: str) -> Codebook:
    """The codebook that the package of that standard would have had: its texts were cut without marks."""
    slots = [one["id"] for one in SENT["sent"][standard]["student1"][0]["interactions"]]
    questions = []
    for key, said in SENT["questions"].items():
        mine = [one for one in slots if re.fullmatch(rf"{key}(_\d)?", one)]
        options = _OPTIONS.get(key, {}).get(standard, ())
        if key == "q06_confidence":
            options = _LIKERT.get(standard, ())
        questions.append(
            Question(
                id=key,
                key=key[4:].removeprefix("plan-"),
                index=slots.index(mine[0]),
                slots=len(mine),
                type=said["type"],
                text=said["text"],
                options=_choices(options),
                targets=_choices(_TARGETS.get(key, {}).get(standard, ())),
                format="due" if key == "f02_plan-by" else "",
            )
        )
    plan = [one for one in questions if one.id.startswith("f") and "plan" in one.id]
    rest = [one for one in questions if one not in plan]
    return Codebook(
        course=Named(id="recorded", title="Package checks"),
        package=Named(id=f"plan-{standard}", title=TITLE),
        target=f"scorm{standard.replace('.', '')}",
        language="de",
        texts="plain",
        units=(
            UnitEntry(
                id="plan",
                title=TITLE,
                follow_ups=(FollowUpEntry(session="plan", after=14),),
                activities=(
                    ActivityEntry(id="quiz", kind="quiz", title="Questions", questions=tuple(rest)),
                    ActivityEntry(id="plan", kind="form", title="Plan", role="plan", questions=tuple(plan)),
                ),
            ),
        ),
    )


def two_scos_codebook() -> Codebook:
    """The codebook of the package with two pieces."""
    one = recorded_codebook("1.2").units[0]
    questions = {question.id: question for activity in one.activities for question in activity.questions}

    def unit(title: str, *ids: str) -> UnitEntry:
        asked = tuple(questions[key].model_copy(update={"index": at, "slots": 1}) for at, key in enumerate(ids))
        return UnitEntry(
            id=title.lower().replace(" ", "-"),
            title=title,
            activities=(ActivityEntry(id="all", kind="quiz", title="Questions", questions=asked),),
        )

    return Codebook(
        course=Named(id="recorded", title="Package checks"),
        package=Named(id="two", title="Two parts"),
        target="scorm12",
        language="de",
        texts="plain",
        units=(
            unit("Part one", "q01_customer-groups", "q04_how-many"),
            unit("Part two", "q05_colleagues-too", "f02_plan-by", "f03_plan-because"),
        ),
    )


def sent(standard: str, learner: str, attempt: int) -> dict[str, dict[str, str]]:
    """Id of a record → what was sent for it, of one attempt."""
    return {one["id"]: one for one in SENT["sent"][standard][learner][attempt - 1]["interactions"]}


def attempts_sent(standard: str) -> list[tuple[str, int]]:
    """Learner and number of every attempt that was played."""
    return [(who, n) for who in LEARNERS for n in range(1, len(SENT["sent"][standard][who]) + 1)]


def written(folder: Path, codebook: Codebook) -> Path:
    """The codebook as a file."""
    path = folder / f"{codebook.package.id}.codebook.json"
    path.write_bytes(codebook.as_json())
    return path
