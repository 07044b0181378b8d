"""Plain xAPI: a package with a tincan.xml, for platforms that take xAPI but not cmi5.

Source: Rustici, "LMS/LRS integration" (launch and tincan.xml); xAPI 1.0.3. One activity can be launched, so the
sessions of a course in one package become one unit with a menu.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from scormkit.compiled.course import Package
from scormkit.compiled.markdown import plain
from scormkit.manifest_xml import Element, Writer, local_name, serialised
from scormkit.problem import Problem
from scormkit.targets.target import plain_title
from scormkit.targets.xapi import rules
from scormkit.targets.xapi_target import XapiTarget

COURSE = "http://adlnet.gov/expapi/activities/course"
MODULE = "http://adlnet.gov/expapi/activities/module"


@dataclass(frozen=True)
class Xapi(XapiTarget):
    """xAPI 1.0.3, launched by tincan.xml."""

    manifest_name = "tincan.xml"
    several_units = False
    driver = "xapi"

    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """The unit, which is launched; beside it the sessions of a menu, for their names only."""
        (unit,) = package.units
        write = Writer({None: rules.NAMESPACE})
        root = write.root("tincan", {})
        activities = write.add(root, "activities")
        activity = write.add(activities, "activity", id=unit.iri, type=COURSE)
        write.add(activity, "name", plain_title(unit.title))
        several = len(unit.sessions) > 1
        description = (package.description if several else plain(unit.sessions[0].aim)) or unit.title
        write.add(activity, "description", description, lang=unit.language)
        page, *_ = files[unit.id]
        write.add(activity, "launch", page, lang=unit.language)
        for session in unit.sessions if several else ():
            part = write.add(activities, "activity", id=f"{unit.iri}/session/{session.id}", type=MODULE)
            write.add(part, "name", plain_title(session.title))
            write.add(part, "description", plain(session.aim), lang=session.language or unit.language)
        return serialised(root)

    def recognises(self, manifest: Element) -> bool:
        """By the first element's name."""
        return local_name(manifest) == "tincan"

    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """Our own rules; the schema of tincan.xml is not to be had."""
        yield from rules.check(manifest, names, file)

    def next_steps(self) -> str:
        """Where xAPI packages are taken."""
        return (
            "xAPI: upload the zip where your platform says xAPI or Tin Can, and never cmi5 "
            "(in Moodle the plugin Tin Can Launch Link is needed)."
        )


VARIANTS = {"xapi": Xapi("xapi", "xAPI (tincan.xml)")}
