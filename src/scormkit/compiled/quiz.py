"""What a unit with questions that count carries beside them: a draw in its knowledge check, results at its end."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import JsonValue

from scormkit.activities.draw import Draw
from scormkit.activities.results import Results
from scormkit.compiled.course import CompiledBlock
from scormkit.compiled.messages import catalogue, translated
from scormkit.model.blocks import Activity
from scormkit.model.scoring import Graded
from scormkit.model.session import Session

RESULTS = "_finish.results"
"""The key of the results; a dot keeps it apart from every author's id."""


def draw_of(session: Session, bank: tuple[str, ...], key: str, language: str) -> CompiledBlock | None:
    """The draw of a session's knowledge check; None where everybody gets all its questions as they were written.

    ``bank``: the keys of its questions.
    """
    count = min(session.quiz.draw or len(bank), len(bank))
    if not bank or (count == len(bank) and not session.quiz.shuffles_questions):
        return None
    name = translated(catalogue(language, ("draw",)), "draw.record", {})
    draw = Draw(id="draw", bank=bank, draw=count, mixes=session.quiz.shuffles_questions, description=name)
    return CompiledBlock(key, "", draw.activity, None, name, draw.reads_only, draw)


def results_of(blocks: Iterable[CompiledBlock], pass_mark: float | None, language: str) -> CompiledBlock | None:
    """The results of all that counts; None where nothing does."""
    questions = [block.activity for block in blocks if isinstance(block.activity, Graded)]
    if not any(question.graded for question in questions):
        return None
    waits = any(question.feedback == "at-end" for question in questions)
    results = Results(id="results", pass_mark=pass_mark, waits=waits)
    title = translated(catalogue(language, ("results",)), "results.title", {})
    return CompiledBlock(RESULTS, "", results.activity, title, title, results.reads_only, results)


def parts_for(blocks: Iterable[CompiledBlock]) -> set[str]:
    """Parts that the page needs beyond its blocks: what shuffles options lies with the draw."""
    return {"draw"} if any(getattr(block.activity, "shuffle", None) for block in blocks) else set()


def described(activity: Activity, prefix: str) -> dict[str, JsonValue]:
    """What the browser must know of how a question is asked; nothing where it is asked as usual."""
    if not isinstance(activity, Graded):
        return {}
    found: dict[str, JsonValue] = {}
    if activity.attempts not in {None, "unlimited"}:
        found["attempts"] = activity.attempts
    if activity.feedback not in {None, "immediate"}:
        found["feedback"] = activity.feedback
    if activity.predicted_by:
        found["before"] = prefix + activity.predicted_by
    return found
