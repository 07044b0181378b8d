"""Whether a statement is one: xAPI-Data 1.0.3, sections 2.2 to 2.4 and 4."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from tests.fakes.cmi5 import interactions
from tests.fakes.cmi5.refusal import Refusal

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
LANGUAGE = re.compile(r"(?:x|i|[a-z]{2,8})(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
DURATION = re.compile(
    r"P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.(?P<fraction>\d+))?S)?)?)"
)
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)")
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
STATEMENT_KEYS = (
    *("id", "actor", "verb", "object", "result", "context", "timestamp"),
    *("stored", "authority", "version", "attachments"),
)

JsonObject = dict[str, Any]


def wrong(section: str, place: str, message: str) -> Refusal:
    return Refusal(400, f"XD {section}", f"{place}: {message}")


def is_uuid(value: object) -> bool:
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def is_iri(value: object) -> bool:
    return isinstance(value, str) and IRI.fullmatch(value) is not None


def is_language(value: object) -> bool:
    return isinstance(value, str) and LANGUAGE.fullmatch(value) is not None


def instant(value: object, place: str = "timestamp") -> datetime:
    """A moment of RFC 3339 with its zone; XD 4.5."""
    found = TIMESTAMP.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or not found:
        raise wrong("4.5", place, f"{value!r} is no RFC 3339 date and time with a zone")
    if found["zone"].startswith("-00"):
        raise wrong("4.5", place, f"{value!r} has the zone -00, which says nothing")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise wrong("4.5", place, f"{value!r}: {error}") from error


def an_object(value: object, place: str, section: str, allowed: Collection[str] | None = None) -> JsonObject:
    if not isinstance(value, dict):
        raise wrong(section, place, f"{value!r} is no object")
    unknown = sorted(set(value) - set(allowed)) if allowed is not None else []
    if unknown:
        raise wrong("2.2", place, f"the property {unknown[0]!r} is not one of the specification")
    return value


def text(value: object, place: str, section: str) -> str:
    if not isinstance(value, str):
        raise wrong(section, place, f"{value!r} is no string")
    return value


def optional(value: JsonObject, key: str, check: Callable[[Any, str], object], place: str) -> None:
    if key in value:
        check(value[key], f"{place}.{key}")


def _boolean(value: object, place: str) -> None:
    if not isinstance(value, bool):
        raise wrong("2.4.5", place, f"{value!r} is neither true nor false")


def _iri(value: object, place: str) -> None:
    if not is_iri(value):
        raise wrong("2.2", place, f"{value!r} is no absolute IRI")


def _uuid(value: object, place: str) -> None:
    if not is_uuid(value):
        raise wrong("2.2", place, f"{value!r} is no UUID")


def language_map(value: object, place: str) -> None:
    """XD 4.2; texts are plain."""
    for tag, words in an_object(value, place, "4.2").items():
        if not is_language(tag):
            raise wrong("4.2", place, f"{tag!r} is no language tag of RFC 5646")
        if re.search(r"</?[a-zA-Z][^>]*>", text(words, f"{place}.{tag}", "4.2")):
            raise wrong("4.2", f"{place}.{tag}", "holds markup")


def extensions(value: object, place: str) -> None:
    for key in an_object(value, place, "4.1"):
        _iri(key, f"{place} key")


def no_nulls(value: object, place: str = "statement") -> None:
    """XD 2.2: null stands nowhere but inside extensions."""
    if value is None:
        raise wrong("2.2", place, "null is not allowed outside extensions")
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "extensions":
                no_nulls(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            no_nulls(one, f"{place}[{number}]")


def agent(value: object, place: str, *, group: bool = True) -> None:
    """An Agent or a Group with one inverse functional identifier; XD 2.4.2."""
    found = an_object(value, place, "2.4.2", ("objectType", "name", "member", *IDENTIFIERS))
    kind = found.get("objectType", "Agent")
    if kind not in {"Agent", "Group"} or (kind == "Group" and not group):
        raise wrong("2.4.2", place, f"objectType is {kind!r}")
    optional(found, "name", lambda name, at: text(name, at, "2.4.2"), place)
    given = [key for key in IDENTIFIERS if key in found]
    if len(given) > 1 or (not given and kind == "Agent"):
        raise wrong("2.4.2.3", place, f"has {len(given)} identifiers; exactly one is asked for")
    if kind == "Agent" and "member" in found:
        raise wrong("2.4.2.1", place, "an Agent has no members")
    if kind == "Group":
        members = found.get("member", [])
        if not isinstance(members, list) or (not given and not members):
            raise wrong("2.4.2.2", place, "an anonymous Group must name its members")
        for number, member in enumerate(members):
            agent(member, f"{place}.member[{number}]", group=False)
    if "mbox" in found and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", str(found["mbox"])):
        raise wrong("2.4.2.3", f"{place}.mbox", f"{found['mbox']!r} is no mailto IRI")
    if "mbox_sha1sum" in found and not re.fullmatch(r"[0-9a-f]{40}", str(found["mbox_sha1sum"])):
        raise wrong("2.4.2.3", f"{place}.mbox_sha1sum", "is no SHA-1 in hexadecimal digits")
    optional(found, "openid", _iri, place)
    if "account" in found:
        account = an_object(found["account"], f"{place}.account", "2.4.2.4", ("homePage", "name"))
        _iri(account.get("homePage"), f"{place}.account.homePage")
        if not text(account.get("name"), f"{place}.account.name", "2.4.2.4"):
            raise wrong("2.4.2.4", f"{place}.account.name", "is empty")


def verb(value: object, place: str) -> None:
    found = an_object(value, place, "2.4.3", ("id", "display"))
    _iri(found.get("id"), f"{place}.id")
    optional(found, "display", language_map, place)


def activity(value: object, place: str) -> None:
    found = an_object(value, place, "2.4.4.1", ("objectType", "id", "definition"))
    if found.get("objectType", "Activity") != "Activity":
        raise wrong("2.4.4.1", place, f"objectType is {found['objectType']!r}")
    _iri(found.get("id"), f"{place}.id")
    if "definition" not in found:
        return
    place = f"{place}.definition"
    definition = an_object(found["definition"], place, "2.4.4.1", interactions.DEFINITION_KEYS)
    optional(definition, "name", language_map, place)
    optional(definition, "description", language_map, place)
    optional(definition, "type", _iri, place)
    optional(definition, "moreInfo", _iri, place)
    optional(definition, "extensions", extensions, place)
    interactions.definition(definition, place, language_map)


def _reference(value: object, place: str) -> None:
    found = an_object(value, place, "2.4.4.3", ("objectType", "id"))
    if found.get("objectType") != "StatementRef":
        raise wrong("2.4.4.3", place, f"objectType is {found.get('objectType')!r}")
    _uuid(found.get("id"), f"{place}.id")


def _object(value: object, place: str, *, inside: bool) -> None:
    kind = an_object(value, place, "2.4.4").get("objectType", "Activity")
    if kind == "Activity":
        activity(value, place)
    elif kind in {"Agent", "Group"}:
        agent(value, place)
    elif kind == "StatementRef":
        _reference(value, place)
    elif kind == "SubStatement" and not inside:
        _statement(value, place, inside=True)
    else:
        raise wrong("2.4.4", place, f"objectType is {kind!r}")


def _number(value: object, place: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong("2.4.5.1", place, f"{value!r} is no number")


def _score(value: object, place: str) -> None:
    found = an_object(value, place, "2.4.5.1", ("scaled", "raw", "min", "max"))
    for key in found:
        _number(found[key], f"{place}.{key}")
    if not -1 <= found.get("scaled", 0) <= 1:
        raise wrong("2.4.5.1", f"{place}.scaled", f"{found['scaled']} is not between -1 and 1")
    low, high = found.get("min", float("-inf")), found.get("max", float("inf"))
    if low >= high or not low <= found.get("raw", low if low > float("-inf") else high) <= high:
        raise wrong("2.4.5.1", place, "raw, min and max contradict one another")


def _duration(value: object, place: str) -> None:
    found = DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise wrong("4.6", place, f"{value!r} is no ISO 8601 duration")
    if len(found["fraction"] or "") > 2:
        raise wrong("4.6", place, f"{value!r} is finer than a hundredth of a second; an LRS may cut it")


def _result(value: object, place: str) -> None:
    allowed = ("score", "success", "completion", "response", "duration", "extensions")
    found = an_object(value, place, "2.4.5", allowed)
    optional(found, "score", _score, place)
    optional(found, "success", _boolean, place)
    optional(found, "completion", _boolean, place)
    optional(found, "response", lambda words, at: text(words, at, "2.4.5"), place)
    optional(found, "duration", _duration, place)
    optional(found, "extensions", extensions, place)


def _context_activities(value: object, place: str) -> None:
    for key, listed in an_object(value, place, "2.4.6.2", ("parent", "grouping", "category", "other")).items():
        if not isinstance(listed, list):
            raise wrong("2.4.6.2", f"{place}.{key}", "is no array (one object alone is of xAPI 0.95)")
        for number, one in enumerate(listed):
            activity(one, f"{place}.{key}[{number}]")


def _language(value: object, place: str) -> None:
    if not is_language(value):
        raise wrong("2.4.6", place, f"{value!r} is no language tag of RFC 5646")


def _context(value: object, place: str, of: JsonObject) -> None:
    allowed = "registration instructor team contextActivities revision platform language statement extensions"
    found = an_object(value, place, "2.4.6", allowed.split())
    optional(found, "registration", _uuid, place)
    optional(found, "instructor", agent, place)
    optional(found, "team", agent, place)
    optional(found, "contextActivities", _context_activities, place)
    for key in ("revision", "platform"):
        optional(found, key, lambda words, at: text(words, at, "2.4.6"), place)
        if key in found and of.get("objectType", "Activity") != "Activity":
            raise wrong("2.4.6", f"{place}.{key}", "stands only where the object is an Activity")
    optional(found, "language", _language, place)
    optional(found, "statement", _reference, place)
    optional(found, "extensions", extensions, place)


def _attachments(value: object, place: str) -> None:
    if not isinstance(value, list):
        raise wrong("2.4.11", place, "is no array")
    keys = ("usageType", "display", "description", "contentType", "length", "sha2", "fileUrl")
    for number, one in enumerate(value):
        found = an_object(one, f"{place}[{number}]", "2.4.11", keys)
        missing = [key for key in ("usageType", "display", "contentType", "length", "sha2") if key not in found]
        if missing or "fileUrl" not in found:
            raise wrong("2.4.11", f"{place}[{number}]", f"lacks {(missing or ['fileUrl'])[0]}")


def _statement(value: object, place: str, *, inside: bool = False) -> None:
    keys = ("objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments")
    found = an_object(value, place, "2.4", keys if inside else STATEMENT_KEYS)
    for key in ("actor", "verb", "object"):
        if key not in found:
            raise wrong("2.4", place, f"{key} is missing")
    optional(found, "id", _uuid, place)
    agent(found["actor"], f"{place}.actor")
    verb(found["verb"], f"{place}.verb")
    _object(found["object"], f"{place}.object", inside=inside)
    optional(found, "result", _result, place)
    optional(found, "context", lambda context, at: _context(context, at, found["object"]), place)
    optional(found, "timestamp", instant, place)
    optional(found, "stored", instant, place)
    optional(found, "authority", agent, place)
    optional(found, "attachments", _attachments, place)
    if not str(found.get("version", "1.0.3")).startswith("1.0"):
        raise wrong("2.4.10", f"{place}.version", f"is {found['version']!r}")
    interactions.response(found)


def statement(value: object) -> JsonObject:
    """The statement, or a refusal."""
    no_nulls(value)
    _statement(value, "statement")
    return an_object(value, "statement", "2.4")
