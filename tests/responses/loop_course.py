"""A session with a plan, a report on it and a next plan, and reports in Moodle's shape of who answered what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scormkit.targets.codebook import (
    ActivityEntry,
    Choice,
    Codebook,
    FollowUpEntry,
    Named,
    Question,
    UnitEntry,
)
from tests.responses.moodle_shape import Row, write_report
from tests.responses.slots import slotted

OUTCOMES = ("done", "partly", "not-yet", "changed")


def loop_codebook(name: str = "loop") -> Codebook:
    """Ids and places as the compiler gives them."""

    def texts(first: int, index: int, form: str, **keys: str) -> tuple[Question, ...]:
        found = []
        for number, (key, text) in enumerate(keys.items(), first):
            date = key == "by"
            found.append(
                Question(
                    id=f"q{number:02d}_{form}-{key}",
                    key=key,
                    index=index,
                    slots=1 if date else 2,
                    type="fill-in" if date else "long-fill-in",
                    text=text,
                    format="due" if date else "",
                )
            )
            index += 1 if date else 2
        return tuple(found)

    ideas = Question(id="q01_ideas", index=0, slots=3, type="long-fill-in", text="Who else is a customer?")
    choice = Question(
        id="q02_which",
        index=3,
        type="choice",
        text="Which of these?",
        options=(Choice(id="this", text="This one", code="a"), Choice(id="that", text="That one", code="b")),
        nothing="c",
        correct=("a",),
        weighting=1,
    )
    outcome = Question(
        id="q05_report-outcome",
        key="outcome",
        index=7,
        type="choice",
        text="How did it go?",
        options=tuple(
            Choice(id=one, text=one.replace("-", " ").capitalize(), code=code)
            for one, code in zip(OUTCOMES, "abcd", strict=True)
        ),
        role="outcome",
    )
    return Codebook(
        course=Named(id="course", title="A course"),
        package=Named(id=name, title="The loop"),
        target="scorm12",
        language="en",
        version="3",
        content="0123456789abcdef",
        units=(
            UnitEntry(
                id="loop",
                title="The loop",
                follow_ups=(FollowUpEntry(session="loop", after=14),),
                activities=(
                    ActivityEntry(id="ideas", kind="brainstorm", title="Ideas", questions=(ideas,)),
                    ActivityEntry(id="which", kind="multiple-choice", title="A question", questions=(choice,)),
                    ActivityEntry(
                        id="plan",
                        kind="form",
                        title="Plan",
                        role="plan",
                        questions=texts(3, 4, "plan", action="I am going to", by="By when?"),
                    ),
                    ActivityEntry(
                        id="report",
                        kind="form",
                        title="Report",
                        role="report",
                        questions=(outcome, *texts(6, 8, "report", result="What came of it?")),
                    ),
                    ActivityEntry(
                        id="next",
                        kind="form",
                        title="Next plan",
                        role="next-plan",
                        questions=texts(7, 10, "next", action="I now intend to", by="By when now?"),
                    ),
                    ActivityEntry(
                        id="report-2",
                        kind="form",
                        title="Second report",
                        role="report",
                        round=2,
                        questions=texts(9, 13, "second", result="What came of the next plan?"),
                    ),
                ),
            ),
        ),
    )


def questions(codebook: Codebook) -> dict[str, Question]:
    """All questions by id."""
    return {one.id: one for unit in codebook.units for activity in unit.activities for one in activity.questions}


def records(codebook: Codebook, answers: Mapping[str, str]) -> dict[int, tuple[str, str, str, str]]:
    """What the LMS stores for some answers: codes as they are, texts in their slots."""
    found: dict[int, tuple[str, str, str, str]] = {}
    for key, answer in answers.items():
        one = questions(codebook)[key]
        parts = slotted(answer, 255) if "fill-in" in one.type else [answer]
        assert len(parts) <= one.slots, "the text has room"
        for slot in range(one.slots):
            text = parts[slot] if slot < len(parts) else ""
            result = "correct" if answer in one.correct else "neutral"
            found[one.index + slot] = (one.record_ids[slot], text, ",".join(one.correct), result)
    return found


def report_in(folder: Path, codebook: Codebook, *rows: tuple[str, str, int, Mapping[str, str]]) -> Path:
    """A text report; a row is name, e-mail, attempt (0: none) and answers."""
    path = folder / "interactions.txt"
    slots = max(one.index + one.slots for one in questions(codebook).values())
    with path.open("w", encoding="utf-8", newline="") as file:
        write_report(
            file,
            codebook.units[0].title,
            slots,
            (Row(name, email, number, "80", records(codebook, said)) for name, email, number, said in rows),
        )
    return path
