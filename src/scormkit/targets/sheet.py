"""What is sent: a page in every package that tells what goes where, made from the package itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scormkit import __version__
from scormkit.compiled import pages
from scormkit.compiled.course import CompiledBlock, Package, Unit
from scormkit.compiled.markdown import plain
from scormkit.compiled.messages import catalogue
from scormkit.model.forms import FormField, Record
from scormkit.model.interactions import Interaction

if TYPE_CHECKING:
    from scormkit.targets.target import Target

NAME = "what-is-sent.html"
"""Beside the launch page, which links it."""


@dataclass(frozen=True, slots=True)
class Part:
    """An activity with what is recorded of it: each question, and the message that says what goes out."""

    label: str
    questions: tuple[tuple[str, str], ...]


def sheet(package: Package, target: Target) -> bytes:
    """The page, in the language of the package, true for the standard."""
    language = package.language
    words = pages.Words(catalogue(language, ()), {})
    blocks = [block for unit in package.units for block in unit.blocks]
    return (
        pages.environment()
        .get_template("what-is-sent.html.j2")
        .render(
            title=package.title,
            language=language,
            direction=pages.direction_of(language),
            units=[(unit.title, tuple(_parts(unit, target))) for unit in package.units],
            kept=_labels(blocks, "kept", words),
            private=_labels(blocks, "private", words),
            names=any(field.type == "name" for block in blocks for field in getattr(block.activity, "fields", ())),
            graded=any(block.activity.weight() for block in blocks),
            version=__version__,
            target=target.title,
            recipient=target.recipient,
            preferences=target.reads_preferences,
            forms=any(block.activity.promise == "submitted" and hasattr(block.activity, "purpose") for block in blocks),
            withheld=any(True for block in blocks for _ in _withheld(block, digests=False)),
            **words.context(),
        )
        .encode()
    )


def _parts(unit: Unit, target: Target) -> Iterator[Part]:
    """What is recorded; a digest only where the standard has a place for one."""
    for block in unit.blocks:
        recorded = (one for one in block.activity.interactions() if target.digests or not one.digest)
        asked = [(plain(one.description), _what(one)) for one in recorded]
        withheld = ((field.label, "sent.none") for field in _withheld(block, digests=target.digests))
        questions = tuple(dict.fromkeys((*asked, *withheld)))
        if questions:
            # Where there is no title, the label is the start of the question.
            untitled = len(questions) == 1 and questions[0][0].startswith(block.label.rstrip("…"))
            yield Part("" if untitled else block.label, questions)


def _withheld(block: CompiledBlock, *, digests: bool) -> Iterator[FormField]:
    """Fields of a form that goes to the trainer of which nothing is recorded. Names have a line of their own."""
    if block.activity.promise != "submitted":
        return
    for field in getattr(block.activity, "fields", ()):
        if field.type != "name" and field.record in (("none",) if digests else ("none", "digest")):
            yield field


def _what(interaction: Interaction) -> str:
    if interaction.digest:
        return "sent.digest"
    if interaction.correct_responses:
        return "sent.judged"
    if interaction.type in {"choice", "true-false", "likert", "matching", "sequencing"}:
        return "sent.chosen"
    return "sent.written"


def _labels(blocks: list[CompiledBlock], promise: Record, words: pages.Words) -> str:
    labels = (words.t("sent.label", label=block.label) for block in blocks if block.activity.promise == promise)
    return words.t("list.between").join(labels)
