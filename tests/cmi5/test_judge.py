"""The judge of statements: what it refuses, and that it names the requirement. The probes are in ``probes.tsv``.

A probe has: the requirement that the refusal must name (``ok``: it is taken), what it tries, the launch mode, what was
said before (``|``: a new session; ``-preferences``, ``-data``: not read), the statement that keeps every rule, and what
is changed in it as JSON: path → value; null takes away, ``^`` and ``+`` put before and after a list's items.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cmi5.au import Au, requirement
from tests.fakes.cmi5 import terms

ALIASES = {
    "$session": terms.SESSION_ID,
    "$mastery": terms.MASTERY_SCORE,
    "$progress": terms.PROGRESS,
    "$cmi5": terms.CATEGORY,
    "$moveon": terms.MOVE_ON_CATEGORY,
    "$tenant": "https://lms.example/extension/tenant",
    "$voided": terms.VOIDED,
    "$interaction": terms.INTERACTION_TYPE,
    **{f"${name}": iri for name, iri in terms.VERBS.items()},
}


@dataclass(frozen=True)
class Probe:
    requirement: str
    case: str
    mode: str
    before: str
    statement: str
    changes: str


def probes() -> list[Probe]:
    with (Path(__file__).parent / "probes.tsv").open(encoding="utf-8") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Probe(*row) for row in rows]


def changed(target: Any, path: str, value: object) -> None:
    *way, last = path.split(".")
    for step in way:
        key = ALIASES.get(step, step)
        if isinstance(target, dict) and key not in target:
            target[key] = {}
        target = target[int(key)] if isinstance(target, list) else target[key]
    last = ALIASES.get(last, last)
    if last == "^":
        target.insert(0, value)
    elif last == "+":
        target.append(value)
    elif isinstance(target, list):
        target[int(last)] = value
    elif value is None:
        del target[last]
    else:
        target[last] = None if value == "$null" else value


def resolved(value: Any) -> Any:
    if isinstance(value, dict):
        return {ALIASES.get(key, key): resolved(one) for key, one in value.items()}
    if isinstance(value, list):
        return [resolved(one) for one in value]
    return ALIASES.get(value, value) if isinstance(value, str) else value


def said(probe: Probe) -> Au:
    au = Au()
    words = probe.before.split()
    au.open(probe.mode or "Normal", preferences="-preferences" not in words, data="-data" not in words)
    for word in words:
        if word == "|":
            au.open(probe.mode or "Normal")
        elif not word.startswith("-"):
            assert au.say(word).status == 200, f"{word} should have been taken"
    return au


@pytest.mark.parametrize("probe", probes(), ids=lambda probe: f"{probe.requirement}: {probe.case}")
def test_a_statement_that_breaks_a_requirement_is_refused_by_its_name(probe: Probe) -> None:
    au = said(probe)
    statement = au.statement(probe.statement)
    for path, value in json.loads(probe.changes or "{}").items():
        changed(statement, path, resolved(value))
    stored = len(au.server.lms.statements.kept)
    answer = au.send(statement)
    if probe.requirement == "ok":
        assert answer.status == 200, answer.body
        assert au.server.lms.said(au.launch.session)[-1]["id"] == statement["id"]
        return
    assert (400 <= answer.status < 500, requirement(answer)) == (True, probe.requirement), answer.body
    assert len(au.server.lms.statements.kept) == stored, "what is refused is not stored"
    assert au.server.refused[-1].requirement == probe.requirement


def test_of_an_array_with_one_bad_statement_nothing_is_stored_and_nothing_is_booked() -> None:
    au = Au()
    au.open()
    good = [au.statement("initialized"), au.statement("completed")]
    bad = au.statement("passed")
    del bad["result"]["duration"]
    assert requirement(au.send([*good, bad])) == "9.5.4.1-3 (d)"
    assert au.server.lms.said(au.launch.session) == []
    assert au.send(good).status == 200
    assert au.registration.progress[au.unit.id].completed


def test_every_statement_of_a_whole_session_is_taken_in_one_array() -> None:
    au = Au()
    au.open()
    said = ["initialized", "answered", "completed", "passed", "answered", "terminated"]
    assert au.send([au.statement(verb) for verb in said]).status == 200
    assert requirement(au.say("answered")) == "9.3.0.0-5 (d2)"


def test_a_defined_statement_is_about_the_au_and_nobody() -> None:
    au = Au()
    au.open()
    au.say("initialized")
    del au.launch.session.template["platform"]
    statement = au.statement("completed")
    statement["object"] = {"objectType": "Agent", "mbox": "mailto:a@example.org"}
    assert requirement(au.send(statement)) == "9.4.0.0-1 (d)"


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_on_is_begun_and_ended_and_nothing_else_of_cmi5(mode: str) -> None:
    au = Au()
    au.open(mode)
    assert [au.say(verb).status for verb in ("initialized", "completed", "answered", "terminated")] == [
        200,
        403,
        200,
        200,
    ]


def test_every_probe_is_another_one() -> None:
    rows = [(probe.requirement, probe.case) for probe in probes()]
    assert len(rows) == len(set(rows))
