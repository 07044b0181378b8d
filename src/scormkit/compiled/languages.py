"""A unit in several languages: one record for each question, whichever language it was answered in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from scormkit.compiled.course import Unit
from scormkit.model.interactions import Interaction, Response


def in_all(made: Iterable[Unit]) -> Unit:
    """The first of the units, which are the same in different languages, with all of them as its languages.

    Each question takes as many records as the longest answer of any language needs, and where right answers are
    texts, those of all languages are right: an answer stands in the same place however the learner switches.
    """
    units = tuple(made)
    records = [_record([one for _, one in versions]) for versions in zip(*(u.interactions for u in units), strict=True)]
    content = hashlib.sha256("".join(unit.version for unit in units).encode()).hexdigest()[:12]
    version = f"{units[0].version.rpartition('+')[0]}+{content}".removeprefix("+")
    alike = tuple(unit._replace(interactions=_placed(unit, records), version=version) for unit in units)
    return alike[0]._replace(languages=alike)


def in_language(unit: Unit, language: str) -> Unit:
    """The unit in a language; in its own where there is no such translation."""
    return next((one for one in unit.versions if one.language == language), unit)


def _placed(unit: Unit, records: list[Interaction]) -> tuple[tuple[str, Interaction], ...]:
    """The unit's own words with what all languages share."""
    return tuple(
        (name, own._replace(max_chars=record.max_chars, correct_responses=record.correct_responses))
        for (name, own), record in zip(unit.interactions, records, strict=True)
    )


def _record(versions: list[Interaction]) -> Interaction:
    right: dict[Response, None] = {}
    for one in versions:
        right |= dict.fromkeys(one.correct_responses)
    return versions[0]._replace(max_chars=max(one.max_chars for one in versions), correct_responses=tuple(right))
