"""A folder for any web server, a memory stick or an intranet: no platform, and nothing is sent anywhere.

What a learner answers stays in the browser's storage. ``scormkit.xml`` names the sessions and their pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape
from pydantic import JsonValue

from scormkit.compiled.course import Package, Unit
from scormkit.compiled.messages import catalogue
from scormkit.compiled.numbering import NumberedInteraction
from scormkit.manifest_xml import Element, Writer, serialised
from scormkit.model.interactions import Interaction
from scormkit.problem import Problem
from scormkit.rule import Rule
from scormkit.targets.entry_page import WithEntryPage
from scormkit.targets.target import Codes, in_suffix

NAMESPACE = "urn:scormkit:web"
STATE_LIMIT = 1_000_000
"""Characters: a fifth of what browsers keep for a site, and the most that a stored state may be."""

PRESENT = Rule("WEB-001", "Each page that scormkit.xml names is in the zip.")


@dataclass(frozen=True)
class Web(WithEntryPage):
    """Pages without a platform."""

    manifest_name = "scormkit.xml"
    several_units = True
    driver = "web"
    promise = "web.answers"
    texts = "plain"
    recipient = "nobody"

    @property
    def suspend_data_limit(self) -> int:
        """What the browser's storage takes beside other sessions."""
        return STATE_LIMIT

    def page(self, unit: Unit, address: str, stem: str = "index") -> str:
        """As ever; but whatever a form promises on a platform, here it stays in the browser."""
        page = super().page(unit, address, stem)
        words = catalogue(unit.language, ())
        for promised in ("submitted", "kept"):
            said, true = (f"data-promise>{escape(words[f'record.{name}'])}<" for name in (promised, "private"))
            page = page.replace(said, true)
        return page

    def record_size(self, interaction: Interaction) -> int:
        """Nothing is cut."""
        return max(1, interaction.max_chars)

    def described(self, numbered: NumberedInteraction) -> dict[str, JsonValue]:  # noqa: ARG002 - nothing is recorded
        """Nothing: no answer leaves the page."""
        return {}

    def codes(self, interaction: Interaction) -> Codes:
        """Ids as they are."""
        return Codes(
            options=tuple(option.id for option in interaction.options),
            targets=tuple(option.id for option in interaction.targets),
            nothing="",
            correct=(),
        )

    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """The course, its sessions and their pages."""
        write = Writer({None: NAMESPACE})
        root = write.root("course", {}, id=package.iri, language=package.language, version=package.version or "")
        write.add(root, "title", package.title)
        for unit in package.units:
            page, *_ = files[unit.id]
            session = write.add(root, "session", id=unit.iri, page=page, language=unit.language, version=unit.version)
            write.add(session, "title", unit.title)
            for other in unit.languages[1:]:
                name = in_suffix(page, f".{other.language}")
                write.add(write.add(session, "translation", language=other.language, page=name), "title", other.title)
        return serialised(root)

    def control_documents(self) -> tuple[Path, ...]:
        """None."""
        return ()

    def recognises(self, manifest: Element) -> bool:
        """By the namespace."""
        return bool(manifest.tag == f"{{{NAMESPACE}}}course")

    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """Whether the pages are there."""
        for session in manifest.findall(f"{{{NAMESPACE}}}session"):
            if (page := session.get("page")) not in names:
                yield PRESENT.problem(f"{page!r} is not in the zip", file=file, line=session.sourceline or 0, column=1)

    def next_steps(self) -> str:
        """How to show it."""
        return (
            "Web pages: unzip the file into a folder of your web server, or on a disk, and open index.html. "
            "Nothing that is answered there is sent to anybody."
        )


VARIANTS = {"web": Web("web", "Web pages")}
