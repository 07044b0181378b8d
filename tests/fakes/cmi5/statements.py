"""The statements that are stored, and the questions that can be asked of them; xAPI-Communication 2.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.cmi5 import terms, xapi_data
from tests.fakes.cmi5.refusal import Refusal

JsonObject = dict[str, Any]
PARAMETERS = frozenset(
    (
        *("statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_activities"),
        *("related_agents", "since", "until", "limit", "format", "attachments", "ascending"),
    )
)
SET_BY_THE_LRS = ("stored", "authority", "version", "timestamp")


@dataclass
class StatementStore:
    """In the order of arrival. ``page`` is how many come in one answer."""

    authority: JsonObject
    page: int = 50
    same_again: int = 409
    """What an identical statement with a known id gets: 409 as ADL's LRS does, or 204 (200 for an array)."""
    kept: list[JsonObject] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def by_id(self, identifier: str) -> JsonObject | None:
        return next((one for one in self.kept if one["id"].lower() == identifier.lower()), None)

    def add(self, statements: Sequence[JsonObject]) -> None:
        """Store what is new, all of it or nothing; 409 where an id is taken (XC 2.1.1)."""
        ids = [one["id"].lower() for one in statements]
        if len(set(ids)) != len(ids):
            raise Refusal(400, "XC 2.1.2", "one id stands twice in the array")
        fresh = []
        for one in statements:
            stored = self.by_id(one["id"])
            if stored is None:
                fresh.append(one)
            elif _content(stored) != _content(one) or self.same_again == 409:
                raise Refusal(409, "XC 2.1.1", f"{one['id']} ({one['verb']['id']}) is stored already")
        for one in fresh:
            self.began += timedelta(milliseconds=1)
            now = self.began.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            complete = {"timestamp": now, **one, "stored": now, "authority": self.authority, "version": "1.0.3"}
            self.kept.append(json.loads(json.dumps(complete)))

    def is_voided(self, one: JsonObject) -> bool:
        return any(
            other["verb"]["id"] == terms.VOIDED and other["object"].get("id") == one["id"] for other in self.kept
        )

    def query(self, asked: Mapping[str, str]) -> JsonObject:
        """One statement, or a page of them with ``more``."""
        for key in asked:
            if key not in PARAMETERS | {"from"}:
                raise Refusal(400, "XC 2.1.3", f"the parameter {key!r} is not one of the specification")
        single = [key for key in ("statementId", "voidedStatementId") if key in asked]
        if single:
            if set(asked) - {"format", "attachments", *single} or len(single) > 1:
                raise Refusal(400, "XC 2.1.3", f"{single[0]} goes with no other condition")
            found = self.by_id(asked[single[0]])
            if found is None or self.is_voided(found) != (single[0] == "voidedStatementId"):
                raise Refusal(404, "XC 2.1.3", f"there is no such statement: {asked[single[0]]}")
            return found
        return self._page(asked)

    def _page(self, asked: Mapping[str, str]) -> JsonObject:
        chosen = [one for one in self.kept if _all(asked, one) and not self.is_voided(one)]
        if not _flag(asked, "ascending"):
            chosen.reverse()
        limit = _whole(asked.get("limit", "0"), "limit")
        start = _whole(asked.get("from", "0"), "from")
        size = min(limit or self.page, self.page)
        rest = "" if start + size >= len(chosen) else json.dumps({**asked, "from": str(start + size)}, sort_keys=True)
        return {"statements": chosen[start : start + size], "more": rest}


def _content(one: JsonObject) -> JsonObject:
    return {key: value for key, value in one.items() if key not in SET_BY_THE_LRS}


def _flag(asked: Mapping[str, str], key: str) -> bool:
    value = asked.get(key, "false")
    if value not in {"true", "false"}:
        raise Refusal(400, "XC 2.1.3", f"{key} is {value!r}, neither true nor false")
    return value == "true"


def _whole(value: str, key: str) -> int:
    if not value.isdecimal():
        raise Refusal(400, "XC 2.1.3", f"{key} is {value!r}, no whole number")
    return int(value)


def _all(asked: Mapping[str, str], one: JsonObject) -> bool:
    checks: dict[str, Callable[[str], bool]] = {
        "agent": lambda value: _agent(value, one, related=_flag(asked, "related_agents")),
        "verb": lambda value: one["verb"]["id"] == value,
        "activity": lambda value: value in _activities(one, related=_flag(asked, "related_activities")),
        "registration": lambda value: one.get("context", {}).get("registration") == _uuid(value),
        "since": lambda value: xapi_data.instant(one["stored"]) > xapi_data.instant(value, "since"),
        "until": lambda value: xapi_data.instant(one["stored"]) <= xapi_data.instant(value, "until"),
    }
    return all(check(asked[key]) for key, check in checks.items() if key in asked)


def _uuid(value: str) -> str:
    if not xapi_data.is_uuid(value):
        raise Refusal(400, "XC 2.1.3", f"registration is {value!r}, no UUID")
    return value


def _activities(one: JsonObject, *, related: bool) -> set[str]:
    found = {one["object"]["id"]} if one["object"].get("objectType", "Activity") == "Activity" else set()
    if related:
        for listed in one.get("context", {}).get("contextActivities", {}).values():
            found |= {other["id"] for other in listed}
    return found


def _agent(value: str, one: JsonObject, *, related: bool) -> bool:
    wanted = _identity(agent_of(value))
    people = [one["actor"], one["object"]]
    if related:
        people += [one.get("authority", {}), *(one.get("context", {}).get(key, {}) for key in ("instructor", "team"))]
    return any(_identity(person) == wanted for person in people)


def agent_of(value: str) -> JsonObject:
    """The agent of a parameter."""
    try:
        found = json.loads(value)
    except ValueError as error:
        raise Refusal(400, "XC 2.1.3", f"agent is no JSON: {value!r}") from error
    xapi_data.agent(found, "agent")
    return xapi_data.an_object(found, "agent", "2.4.2")


def _identity(person: JsonObject) -> object:
    return [person[key] for key in xapi_data.IDENTIFIERS if key in person] or None
