"""What must hold of what counts: attempts, feedback, shuffling, draws and predictions; and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scormkit.content.rules import (
    ATTEMPTS_COUNT,
    DRAW_NOTHING,
    DRAW_SIZE,
    PREDICTION_FIRST,
    PREDICTION_QUESTION,
    QUIZ_UNUSED,
    SHUFFLE_NOTHING,
    UNTIL_RIGHT_TOLD,
)
from scormkit.model.scoring import Graded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scormkit.content.findings import Findings
    from scormkit.model.blocks import Activity
    from scormkit.model.session import Session
    from scormkit.model.text import Path


def asked(session: Session, blocks: Mapping[Path, Activity], findings: Findings) -> dict[Path, Activity]:
    """The blocks as they are asked: with the session's settings in the questions, and the questions themselves in the
    place of their predictions. What is wrong goes to the findings.
    """
    found = {path: _graded(path, block, session, findings) for path, block in blocks.items()}
    _check_draw(session, findings)
    places = {block.id: path for path, block in found.items() if block.id}
    for path, block in blocks.items():
        if block.activity != "prediction":
            continue
        place = places.get(predicted := str(getattr(block, "predicts", "")))
        question = found.get(place) if place else None
        if place is None or question is None:
            continue
        if not isinstance(question, Graded) or not question.has_right_answer or question.predicts:
            findings.add(
                PREDICTION_QUESTION,
                (*path, "predicts"),
                f"{predicted} is a {question.activity}"
                + (" without a right answer" if isinstance(question, Graded) else ""),
                "Name a question with a right answer; what has none can be asked twice as two activities",
            )
        elif _order(place) < _order(path) or (place[0] == path[0] == "knowledge_check" and _is_drawn(session)):
            findings.add(
                PREDICTION_FIRST,
                (*path, "predicts"),
                f"{predicted} stands before its prediction"
                if _order(place) < _order(path)
                else f"{predicted} and its prediction stand in a knowledge check that is drawn or shuffled",
                "Put the prediction into a phase, before the question",
            )
        elif place[0] == "knowledge_check" and session.quiz.draw is not None:
            findings.add(
                PREDICTION_FIRST,
                (*path, "predicts"),
                f"{predicted} is one of the questions that are drawn, so it may not come after its prediction",
                "Put the question into a phase, or leave quiz.draw out",
            )
        else:
            found[path] = question.as_prediction(block)
            found[place] = question.predicted(block.id)
    return found


def _order(path: Path) -> tuple[bool, Path]:
    return path[0] == "knowledge_check", path[1:]


def _is_drawn(session: Session) -> bool:
    return session.quiz.draw is not None or session.quiz.shuffles_questions


def _graded(path: Path, block: Activity, session: Session, findings: Findings) -> Activity:
    if not isinstance(block, Graded):
        return block
    written = block.model_fields_set
    if "attempts" in written and block.attempts is not None and not block.graded:
        findings.add(
            ATTEMPTS_COUNT,
            (*path, "attempts"),
            "attempts goes with what counts for the score, and this does not",
            "Leave attempts out"
            + (", or write scored: true" if block.has_right_answer else ", or say what is correct"),
        )
    if block.shuffle and not block.can_shuffle:
        findings.add(
            SHUFFLE_NOTHING,
            (*path, "shuffle"),
            f"a {block.activity} activity has nothing that can be shuffled",
            "Leave shuffle out",
        )
    made = block.by_default(session.quiz)
    if made.attempts == "until-right" and made.feedback == "none":
        own = next((key for key in ("attempts", "feedback") if key in written), None)
        shared = next((key for key in ("attempts", "feedback") if key in session.quiz.model_fields_set), "attempts")
        findings.add(
            UNTIL_RIGHT_TOLD,
            (*path, own) if own else ("quiz", shared),
            "until-right asks again and again, but feedback: none never says that it is right",
            "Write feedback: immediate or at-end, or another number of attempts",
        )
    return made


def _check_draw(session: Session, findings: Findings) -> None:
    quiz, check = session.quiz, session.knowledge_check
    questions = sum(not block.reads_only for block in check.blocks) if check else 0
    if quiz.draw is not None and check is None:
        findings.add(
            DRAW_NOTHING,
            ("quiz", "draw"),
            "questions are drawn from the knowledge check, but there is none",
            "Write knowledge_check: with the questions as blocks, or take draw away",
        )
    elif quiz.draw is not None and quiz.draw > questions:
        findings.add(
            DRAW_SIZE,
            ("quiz", "draw"),
            f"draw is {quiz.draw}, but the knowledge check has {questions} question{'' if questions == 1 else 's'}",
            f"Write {questions} or less, or add questions" if questions else "Add questions",
        )
    if quiz.shuffles_questions and check is None:
        findings.add(
            DRAW_NOTHING,
            ("quiz", "shuffle"),
            "the questions of the knowledge check are shuffled, but there is none",
            "Write shuffle: options, or knowledge_check: with the questions as blocks",
        )


def check_use(session: Session, *, scored: bool, findings: Findings) -> None:
    """Settings of a quiz where nothing counts are a slip."""
    of_scored = session.quiz.model_fields_set & {"attempts", "feedback"}
    if of_scored and not scored:
        key = next(key for key in ("attempts", "feedback") if key in of_scored)
        findings.add(
            QUIZ_UNUSED,
            ("quiz", key),
            f"quiz says {key}, but nothing is scored",
            "Take it away, or write scored: true in a question",
        )
