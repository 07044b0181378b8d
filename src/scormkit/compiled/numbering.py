"""Where each answer stands in an LMS's list: an index fixed for ever, an id that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scormkit.compiled.course import Unit
from scormkit.model.interactions import Interaction

ID_LENGTH = 58
"""Letters of a readable id without the number of its slot; ids are at most 64 (SCORM 1.2 CMIIdentifier: 255)."""


@dataclass(frozen=True, slots=True)
class NumberedInteraction:
    """An interaction with its place: ``slots`` records from ``index`` on."""

    name: str
    index: int
    slots: int
    id: str
    interaction: Interaction


def slots_of(max_chars: int, size: int) -> int:
    """How many records of ``size`` characters hold any text of ``max_chars``.

    Each cut costs two characters for its marks and one where it must not part a character's two halves.
    """
    slots = 1
    while slots * size - 3 * (slots - 1) < max_chars:
        slots += 1
    return slots


def numbered(unit: Unit, size: Callable[[Interaction], int], *, digests: bool = False) -> Iterator[NumberedInteraction]:
    """All interactions of a unit; ``size`` tells how many characters a record of an interaction takes.

    ``digests``: whether the standard has a place for the digest of a text; without, such an answer is not recorded.
    """
    index = 0
    for number, (name, interaction) in enumerate(unit.interactions, 1):
        if interaction.digest and not digests:
            continue
        slots = slots_of(interaction.max_chars, size(interaction)) if interaction.max_chars else 1
        readable = f"q{number:02d}_{name.replace('.', '-')}"[:ID_LENGTH].rstrip("-")
        yield NumberedInteraction(name, index, slots, readable, interaction)
        index += slots
