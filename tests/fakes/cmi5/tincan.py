"""Importing a package with ``tincan.xml``, and the addresses that launch it; "Launching content" of 2011.

What is refused is what Rustici's text, Cornerstone and Docebo refuse; the schema itself was not to be had.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import etree

from tests.fakes.cmi5.xapi_data import is_iri, is_language

NAMESPACE = "http://projecttincan.com/tincan.xsd"
NAME = "tincan.xml"


@dataclass
class TincanPackage:
    """The activity that is launched, where it lies, and what else is listed."""

    activity_id: str = ""
    launch: str = ""
    title: str = ""
    listed: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)


def imported(content: bytes) -> TincanPackage:
    """The package of a zip, with every reason to refuse it."""
    package = TincanPackage()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if [name for name in names if name.rpartition("/")[2] == NAME] != [NAME]:
            package.breaches.append(f"{NAME} is not there exactly once, at the root")
            return package
        root = etree.fromstring(archive.read(NAME), etree.XMLParser(no_network=True, resolve_entities=False))
    if root.tag != f"{{{NAMESPACE}}}tincan":
        package.breaches.append(f"the root is {root.tag!s}")
        return package
    if [str(child.tag) for child in root] != [f"{{{NAMESPACE}}}activities"]:
        package.breaches.append("tincan holds something else than activities")
        return package
    for activity in root[0]:
        _activity(package, activity, names)
    if not package.launch:
        package.breaches.append("no activity can be launched")
    return package


def _activity(package: TincanPackage, activity: etree._Element, names: list[str]) -> None:
    no = package.breaches.append
    identifier, kind = str(activity.get("id", "")), str(activity.get("type", ""))
    if activity.tag != f"{{{NAMESPACE}}}activity" or set(activity.attrib) != {"id", "type"}:
        no(f"{activity.tag!s} with {sorted(str(name) for name in activity.attrib)} is no activity")
    for value in (identifier, kind):
        if not is_iri(value):
            no(f"{value!r} is no absolute IRI")
    if identifier in package.listed:
        no(f"the id {identifier!r} is there twice")
    package.listed.append(identifier)
    parts = [str(etree.QName(child).localname) for child in activity]
    known = ("name", "description", "launch")
    if [part for part in parts if part not in known] or parts != sorted(parts, key=known.index):
        no(f"an activity holds {parts}")
        return
    if "name" not in parts or "description" not in parts:
        no(f"the activity {identifier!r} lacks a name or a description")
    for child in activity:
        part = etree.QName(child).localname
        if part != "name" and not is_language(child.get("lang")):
            no(f"<{part}> of {identifier!r} has no language")
    launches = [(child.text or "").strip() for child in activity if etree.QName(child).localname == "launch"]
    if not launches:
        return
    if package.launch:
        no("a second activity can be launched")
    package.launch, package.activity_id = launches[0], identifier
    package.title = str(activity.findtext(f"{{{NAMESPACE}}}name") or "").strip()
    if not urlsplit(launches[0]).scheme and launches[0].partition("?")[0] not in names:
        no(f"the zip has no file {launches[0]!r}")


def launch_query(endpoint: str, auth: str, actor: dict[str, Any], *, old: bool = False, **more: str) -> str:
    """The parameters of a launch. ``old``: the actor's values are arrays and the word Basic is missing."""
    if old:
        name, mail = actor.get("name", "A learner"), actor.get("mbox", "mailto:learner@example.org")
        actor = {"name": [name], "mbox": [mail], "objectType": "Agent"}
        auth = auth.removeprefix("Basic ")
    return urlencode({"endpoint": endpoint, "auth": auth, "actor": json.dumps(actor), **more})
