"""What a package with a tincan.xml must obey. Source: Rustici, "Launching from an LMS" (tincan.xml)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scormkit.identifier import ABSOLUTE_IRI
from scormkit.manifest_xml import Element
from scormkit.problem import Problem
from scormkit.rule import Rule

TINCAN = "Rustici, LMS/LRS integration, tincan.xml"
NAMESPACE = "http://projecttincan.com/tincan.xsd"

ROOT = Rule("XAPI-001", "tincan.xml holds activities.", TINCAN)
LAUNCH = Rule("XAPI-002", "Exactly one activity can be launched.", TINCAN)
IDS = Rule("XAPI-003", "Ids of activities are absolute IRIs.", "xAPI 1.0.3 Data 2.4.4.1")
UNIQUE = Rule("XAPI-004", "No id stands twice.", TINCAN)
PRESENT = Rule("XAPI-005", "What is launched is a file of the zip, spelled alike, or absolute.", TINCAN)
NAMED = Rule("XAPI-006", "Each activity has a type and a name.", TINCAN)
DESCRIBED = Rule(
    "XAPI-007", "What is launched has a description.", "Cornerstone checks it on import", severity="warning"
)


def check(root: Element, names: Collection[str], file: str) -> Iterator[Problem]:
    """All breaches."""

    def problem(rule: Rule, element: Element, message: str, hint: str = "") -> Problem:
        return rule.problem(message, hint, file=file, line=element.sourceline or 0, column=1)

    activities = root.findall(f"{{{NAMESPACE}}}activities/{{{NAMESPACE}}}activity")
    if root.tag != f"{{{NAMESPACE}}}tincan" or not activities:
        yield problem(ROOT, root, f"there is no activity in tincan/activities of {NAMESPACE}")
        return
    launched = [one for one in activities if one.find(f"{{{NAMESPACE}}}launch") is not None]
    if len(launched) != 1:
        yield problem(LAUNCH, root, f"{len(launched)} activities have a launch", "Keep it in one of them.")
    seen: set[str] = set()
    for activity in activities:
        identifier = activity.get("id") or ""
        if not ABSOLUTE_IRI.fullmatch(identifier):
            yield problem(IDS, activity, f"the id of an activity is {identifier!r}, which is no absolute IRI")
        elif identifier in seen:
            yield problem(UNIQUE, activity, f"the id {identifier!r} is there twice")
        seen.add(identifier)
        if not activity.get("type") or not (activity.findtext(f"{{{NAMESPACE}}}name") or "").strip():
            yield problem(NAMED, activity, f"activity {identifier} has no type or no name")
        launch = activity.find(f"{{{NAMESPACE}}}launch")
        if launch is None:
            continue
        address = (launch.text or "").strip()
        if "://" not in address and address.partition("?")[0] not in set(names):
            yield problem(PRESENT, launch, f"{address!r} is not in the zip")
        if not (activity.findtext(f"{{{NAMESPACE}}}description") or "").strip():
            yield problem(DESCRIBED, activity, f"activity {identifier} has no description")
