"""Answers out of records: which unit an attempt is of, which question each record answers, what its codes say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from scormkit.problem import Problem
from scormkit.responses import rules, texts
from scormkit.responses.codebooks import Asked, Codebooks, KnownUnit
from scormkit.responses.record import Attempt, Slot
from scormkit.targets.codebook import Choice, Question

_TEXTS = frozenset({"fill-in", "long-fill-in", "other", "performance"})
_RESULTS = {"wrong": "incorrect"}
_TRUE = {"t": "true", "1": "true", "f": "false", "0": "false"}
SHOWN = 3
"""How many unknown ids a message names."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner answered, in words."""

    question: Asked
    text: str
    options: tuple[str, ...] = ()
    """Ids of what was chosen; of a matching ``source→target``."""
    result: str = ""
    """``correct``, ``incorrect``, ``neutral``, a number, or empty."""
    at: float | None = None
    doubt: str = ""
    """Why the text may not be what was typed."""


@dataclass(frozen=True, slots=True)
class Matched:
    """An attempt with its answers. ``unknown``: records that no codebook knows, id and response."""

    unit: KnownUnit
    answers: tuple[Answer, ...]
    unknown: tuple[tuple[str, str], ...]


def matched(attempt: Attempt, codebooks: Codebooks) -> Matched | Problem:
    """The attempt's answers, or the problem that its records belong to no codebook."""
    unit = _unit_of(attempt, codebooks)
    if unit is None:
        named = ", ".join(islice(dict.fromkeys(slot.id for slot in attempt.slots), SHOWN))
        packages = ", ".join(dict.fromkeys(one.codebook.package.title for one in codebooks.units))
        file, _, line = attempt.place.rpartition(":")
        return rules.OTHER_PACKAGE.problem(
            f"none of its {len(attempt.slots)} records ({named}…) is in the codebook of {packages}",
            "This export is of another activity or of a package built from other content: "
            "give the codebook that was built with the uploaded package.",
            file=file if line.isdecimal() else attempt.place,
            line=int(line) if line.isdecimal() else 0,
            column=1 if line.isdecimal() else 0,
        )
    slots: dict[int, tuple[Asked, dict[int, Slot]]] = {}
    unknown: list[tuple[str, str]] = []
    for slot in attempt.slots:
        known = unit.by_place(int(slot.id[1:])) if _is_place(slot.id) else unit.records.get(slot.id)
        if known is None:
            if slot.response:
                unknown.append((slot.id, slot.response))
            continue
        asked, place = known
        slots.setdefault(asked.number, (asked, {}))[1].setdefault(place, slot)
    plain = unit.codebook.texts == "plain"
    found = (_answer(asked, parts, plain=plain) for _, (asked, parts) in sorted(slots.items()))
    return Matched(unit, tuple(answer for answer in found if answer is not None), tuple(unknown))


def _unit_of(attempt: Attempt, codebooks: Codebooks) -> KnownUnit | None:
    """By the most records; of equals the one with the piece's title, else the first. Without records by title.

    Where the source names the unit's activity, it is one of that activity: of several versions the one that fits best.
    """
    if attempt.activity:
        meant = [unit for unit in codebooks.units if unit.unit.activity == attempt.activity]
        if meant:
            return max(meant, key=lambda unit: sum(slot.id in unit.records for slot in attempt.slots))
    named = [slot.id for slot in attempt.slots]

    def fit(unit: KnownUnit) -> tuple[int, int, int]:
        title = attempt.sco in {unit.unit.title, unit.unit.title[:200], unit.codebook.package.title}
        fields = sum(
            1
            for slot in attempt.slots
            if slot.response and slot.id in unit.records and _spelled_alike(unit.records[slot.id][0].question, slot)
        )
        return sum(_knows(unit, one) for one in named), fields, int(title)

    best = codebooks.units[0] if len(codebooks.units) == 1 else max(codebooks.units, key=fit)
    if named:
        return best if fit(best)[0] else None
    return best if fit(best)[2] or len(codebooks.units) == 1 else None


def _knows(unit: KnownUnit, named: str) -> bool:
    return unit.by_place(int(named[1:])) is not None if _is_place(named) else named in unit.records


def _is_place(named: str) -> bool:
    return named.startswith("#") and named[1:].isdecimal()


def _spelled_alike(question: Question, slot: Slot) -> bool:
    """Whether a response is spelled with the codes of this codebook's standard."""
    if question.type not in {"choice", "matching", "sequencing"}:
        return False
    codes = {one.spelled for one in question.options}
    return all(part.partition("[.]")[0].partition(".")[0] in codes for part in _parts(slot.response or ""))


def _answer(asked: Asked, parts: dict[int, Slot], *, plain: bool) -> Answer | None:
    question = asked.question
    first = parts.get(0)
    response = first.response if first else None
    if question.type in _TEXTS:
        return _text(asked, parts, plain=plain)
    if first is None or response is None or response in {"", question.nothing}:
        # An answer that was taken back is none.
        return None
    doubt = first.damage
    said: list[str] = []
    ids: list[str] = []
    if question.type in {"choice", "sequencing", "likert"} and question.options:
        for part in _parts(response):
            choice = _chosen(question.options, part)
            said.append(choice.text if choice else part)
            ids.append(choice.id if choice else part)
            doubt = doubt or ("" if choice else f"{part} is no option of the question")
        text = "\n".join(f"{n}. {one}" for n, one in enumerate(said, 1)) if question.type == "sequencing" else None
        text = "\n".join(said) if text is None else text
    elif question.type == "matching" and question.options:
        for part in _parts(response):
            source, separator, target = part.partition("[.]") if "[.]" in part else part.partition(".")
            left, right = _chosen(question.options, source), _chosen(question.targets, target)
            said.append(f"{left.text if left else source} → {right.text if right else target}")
            ids.append(f"{left.id if left else source}→{right.id if right else target}")
            doubt = doubt or ("" if left and right and separator else f"{part} is no pair of the question")
        text = "\n".join(said)
    else:
        text = _TRUE.get(response, response) if question.type == "true-false" else response
    return Answer(asked, text, tuple(ids), _result(first.result), first.at, doubt)


def _text(asked: Asked, parts: dict[int, Slot], *, plain: bool) -> Answer | None:
    count = asked.question.slots
    responses = [parts[slot].response if slot in parts else None for slot in range(count)]
    if not any(responses):
        return None
    written = [one or "" for one in responses]
    text = "".join(written) if plain else texts.joined(written)
    first = parts.get(0)
    used = [slot for slot in parts.values() if slot.response]
    doubt = next((slot.damage for slot in used if slot.damage), "")
    if responses[0] is None and any(written[1:]):
        doubt = "the beginning of this text is missing"
        text = text or texts.from_one_line("".join(written).strip(texts.MARK))
    elif not plain and count > 1 and texts.goes_on(written):
        doubt = "the end of this text is missing"
    times = [slot.at for slot in used if slot.at is not None]
    return Answer(asked, text, (), _result(first.result if first else ""), max(times, default=None), doubt)


def _parts(response: str) -> list[str]:
    """SCORM 2004 RTE 4.2.9.1 separates with ``[,]``, SCORM 1.2 RTE 3.4.7 with a comma and, for all, braces."""
    if "[,]" in response:
        return response.split("[,]")
    return re.sub(r"\A\{(.*)\}\Z", r"\1", response).split(",")


def _chosen(choices: tuple[Choice, ...], code: str) -> Choice | None:
    return next((one for one in choices if one.spelled == code), None)


def _result(word: str) -> str:
    lower = word.lower()
    return _RESULTS.get(lower, lower)
