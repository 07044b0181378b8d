"""What a cmi5 course structure must obey, and what breaks real platforms. Sources: cmi5 Quartz 1st ed. §13, §14."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from scormkit.identifier import ABSOLUTE_IRI
from scormkit.manifest_xml import Element, local_name
from scormkit.problem import Problem
from scormkit.rule import Rule

CMI5 = "cmi5 Quartz 1st ed."
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"

ROOT = Rule("CMI5-001", "cmi5.xml is a courseStructure with one course first.", f"{CMI5} 13.1")
TEXTS = Rule("CMI5-002", "Everything with a title has a description too, each in a language.", f"{CMI5} 13.1.1")
IDS = Rule("CMI5-003", "Ids are absolute IRIs.", f"{CMI5} 13.1.1")
UNIQUE = Rule("CMI5-004", "No id stands twice.", f"{CMI5} 13.1.2")
UNITS = Rule("CMI5-005", "There is at least one assignable unit, and no block is empty.", f"{CMI5} 13.1")
URL = Rule("CMI5-006", "An AU's address is a file of the zip, spelled alike, or absolute.", f"{CMI5} 14.1")
QUERY = Rule("CMI5-007", "An AU's address has no parameter that the launch uses.", f"{CMI5} 8.1")
MOVE_ON = Rule("CMI5-008", "moveOn is one of the five words.", f"{CMI5} 13.1.4")
MOVE_ON_SAID = Rule(
    "CMI5-009",
    "moveOn is written: left out, an AU counts as done before it is opened.",
    f"{CMI5} 9.6.1",
    severity="warning",
)
MASTERY = Rule("CMI5-010", "masteryScore is a decimal from 0 to 1 with at most four places.", f"{CMI5} 13.1.4")
METHOD = Rule("CMI5-011", "launchMethod is AnyWindow or OwnWindow.", f"{CMI5} 13.1.4")
ORDER = Rule("CMI5-012", "Elements stand in the order of the schema, each as often as it may.", f"{CMI5} 13.2")
OBJECTIVE = Rule("CMI5-013", "An objective that is referred to is defined.", f"{CMI5} 13.1.3")
PREFIX = Rule(
    "CMI5-014",
    "The namespace of cmi5 is the default one, without a prefix.",
    "Moodle mod_cmi5 removes xmlns= by a regular expression",
    severity="warning",
)

_RESERVED = ("endpoint", "fetch", "actor", "registration", "activityId")
_WORDS = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
_SEQUENCES = {
    "courseStructure": r"course( objectives)?( (au|block))+",
    "course": "title description",
    "block": r"title description( objectives)?( (au|block))+",
    "au": r"title description( objectives)? url( launchParameters)?( entitlementKey)?",
    "objective": r"(title description)?",
    "objectives": r"objective( objective)*",
    "title": r"langstring( langstring)*",
    "description": r"langstring( langstring)*",
}
"""What may stand in what, as the schema orders it; elements of other namespaces may follow."""


class _Check:
    def __init__(self, root: Element, names: Collection[str], file: str) -> None:
        self.root = root
        self.names = set(names)
        self.file = file

    def problem(self, rule: Rule, element: Element, message: str, hint: str = "") -> Problem:
        return rule.problem(message, hint, file=self.file, line=element.sourceline or 0, column=1)

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(f"{{{NAMESPACE}}}{name}"))


def check(root: Element, names: Collection[str], file: str) -> Iterator[Problem]:
    """All breaches."""
    found = _Check(root, names, file)
    if root.tag != f"{{{NAMESPACE}}}courseStructure":
        yield found.problem(ROOT, root, f"the first element is {local_name(root)}, not courseStructure of {NAMESPACE}")
        return
    if root.prefix:
        yield found.problem(PREFIX, root, f"the namespace has the prefix {root.prefix!r}")
    yield from _order(found)
    yield from _texts(found)
    yield from _ids(found)
    for au in found.all("au"):
        yield from _unit(found, au)


def _order(found: _Check) -> Iterator[Problem]:
    for element in found.root.iter(f"{{{NAMESPACE}}}*"):
        name = local_name(element)
        pattern = _SEQUENCES.get(name)
        ours = " ".join(map(local_name, element.iterchildren(f"{{{NAMESPACE}}}*")))
        if pattern is None or re.fullmatch(pattern, ours):
            continue
        if name in {"courseStructure", "block"} and not re.search(r"\b(au|block)\b", ours):
            yield found.problem(UNITS, element, f"{name} {element.get('id', '')} holds no au".replace("  ", " "))
        elif name in {"title", "description"}:
            yield found.problem(TEXTS, element, f"{name} has no langstring")
        else:
            yield found.problem(ORDER, element, f"{name} holds: {ours or 'nothing'}")


def _texts(found: _Check) -> Iterator[Problem]:
    for text in found.all("langstring"):
        language = text.get("lang") or ""
        if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language):
            yield found.problem(
                TEXTS, text, f"a langstring has lang={language!r}", "Name the language, for instance en."
            )
        if not (text.text or "").strip():
            yield found.problem(TEXTS, text, "a langstring is empty")


def _ids(found: _Check) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in ("course", "block", "au", "objective"):
        for element in found.all(name):
            if name == "objective" and element.get("idref") is not None:
                continue
            identifier = (element.get("id") or "").strip()
            if not ABSOLUTE_IRI.fullmatch(identifier):
                yield found.problem(IDS, element, f"the id of a {name} is {identifier!r}, which is no absolute IRI")
            elif identifier in seen:
                yield found.problem(UNIQUE, element, f"the id {identifier!r} is there twice")
            seen.add(identifier)
    for element in found.all("objective"):
        reference = element.get("idref")
        if reference is not None and reference not in seen:
            yield found.problem(OBJECTIVE, element, f"the objective {reference!r} is not defined")


def _unit(found: _Check, au: Element) -> Iterator[Problem]:
    identifier = au.get("id")
    url = (au.findtext(f"{{{NAMESPACE}}}url") or "").strip()
    path, _, query = url.partition("?")
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) and path not in found.names:
        yield found.problem(
            URL,
            au,
            f"the url of {identifier} is {url!r}, and {path!r} is no file of the zip",
            "Platforms look up what stands before the ? literally: no #, no %20, no ./ at the start.",
        )
    for name, _ in parse_qsl(query, keep_blank_values=True):
        if name in _RESERVED:
            yield found.problem(QUERY, au, f"the url of {identifier} has the parameter {name!r}")
    move_on = au.get("moveOn")
    if move_on is None:
        yield found.problem(MOVE_ON_SAID, au, f"au {identifier} has no moveOn", "Write moveOn, for instance Completed.")
    elif move_on not in _WORDS:
        yield found.problem(MOVE_ON, au, f"moveOn of {identifier} is {move_on!r}", f"Write one of {', '.join(_WORDS)}.")
    mastery = au.get("masteryScore")
    if mastery is not None and not re.fullmatch(r"\s*(0?\.\d{1,4}|0|1(\.0{0,4})?|0\.)\s*", mastery):
        yield found.problem(MASTERY, au, f"masteryScore of {identifier} is {mastery!r}")
    method = au.get("launchMethod")
    if method not in {None, "AnyWindow", "OwnWindow"}:
        yield found.problem(METHOD, au, f"launchMethod of {identifier} is {method!r}")
