"""cmi5: a course structure of assignable units, one a session.

Source: cmi5 Quartz 1st edition (AICC), §13 and §14. Our word is unit, the standard's is AU; our completion rule is its
``moveOn``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scormkit.compiled.course import Package, Unit
from scormkit.compiled.markdown import plain
from scormkit.manifest_xml import Element, Writer, local_name, serialised
from scormkit.problem import Problem
from scormkit.targets.cmi5 import rules
from scormkit.targets.entry_page import WithEntryPage
from scormkit.targets.target import plain_title
from scormkit.targets.xapi_target import XapiTarget


@dataclass(frozen=True)
class Cmi5(WithEntryPage, XapiTarget):
    """cmi5, Quartz."""

    manifest_name = "cmi5.xml"
    several_units = True
    driver = "cmi5"
    reads_preferences = True

    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """§13.1. Ids never change: platforms know a course by them when it is imported again."""
        write = Writer({None: rules.NAMESPACE})
        root = write.root("courseStructure", {})
        course = write.add(root, "course", id=package.iri)
        _texts(write, course, [(one.language, one.title, one.description) for one in (package, *package.translations)])
        for unit in package.units:
            au = write.add(root, "au", id=unit.iri, moveOn=_move_on(unit), launchMethod="AnyWindow")
            if unit.mastery_score is not None:
                au.set("masteryScore", f"{unit.mastery_score:.4f}".rstrip("0").rstrip("."))
            _texts(write, au, [(u.language, u.title, plain(u.sessions[0].aim)) for u in unit.versions])
            page, *_ = files[unit.id]
            write.add(au, "url", page if len(package.units) == 1 else f"index.html?au={unit.id}")
        return serialised(root)

    def recognises(self, manifest: Element) -> bool:
        """By the first element's name: what is wrong with its namespace is for the rules to say."""
        return local_name(manifest) == "courseStructure"

    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """Our own rules, which say all that the schema says: the schema may not be shipped."""
        yield from rules.check(manifest, names, file)

    def next_steps(self) -> str:
        """Where cmi5 is taken."""
        return "cmi5: upload the zip where your platform says cmi5 (in Moodle a cmi5 plugin is needed)."


def _texts(write: Writer, parent: Element, versions: Sequence[tuple[str, str, str]]) -> None:
    """Language, title and description; the first is what some platforms show to everybody."""
    titles = [(language, plain_title(title)) for language, title, _ in versions]
    descriptions = [(language, description or title) for language, title, description in versions]
    for name, texts in (("title", titles), ("description", descriptions)):
        element = write.add(parent, name)
        for language, text in texts:
            write.add(element, "langstring", text, lang=language)


def _move_on(unit: Unit) -> str:
    """What the platform waits for: our completion, and a pass where that asks for one."""
    return "CompletedAndPassed" if unit.completion.quiz else "Completed"


VARIANTS = {"cmi5": Cmi5("cmi5", "cmi5")}
