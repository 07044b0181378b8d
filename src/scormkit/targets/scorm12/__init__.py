"""SCORM 1.2: one SCO or several, read by nearly every platform.

Sources: SCORM 1.2 Content Aggregation Model and Run-Time Environment, 2001-10-01. What the model calls a unit is a
SCO here; a long text is a ``fill-in`` of 255 characters a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import JsonValue

from scormkit.compiled.course import Package, Unit
from scormkit.compiled.numbering import NumberedInteraction
from scormkit.manifest_xml import Element, Schema, Writer, serialised
from scormkit.model.interactions import Interaction, Response
from scormkit.problem import Problem
from scormkit.resources import BUILT
from scormkit.targets.scorm12 import rules
from scormkit.targets.target import Codes, Target, decimal, plain_title

IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
DOCUMENTS = BUILT / "control-documents" / "scorm12"
SCHEMAS = {IMSCP: "imscp_rootv1p1p2.xsd", ADLCP: "adlcp_rootv1p2.xsd"}

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
"""RTE 3.4.7: one character a choice; ``runtime`` spells options with the same."""
NUMBERS_FIRST = "123456789abcdefghijklmnopqrstuvwxyz0"
"""The same for the sources of a matching, which read as ``1.a``."""

# The official file binds the reserved XML namespace as default namespace, which parsers refuse. These are its
# declarations that the content packaging schema uses.
_IMS_XML = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">'
    '<xs:attribute name="base" type="xs:string"/><xs:attribute name="lang" type="xs:language"/></xs:schema>'
)
_SCHEMA = Schema(DOCUMENTS, SCHEMAS, {"ims_xml.xsd": _IMS_XML})


class Scorm12(Target):
    """SCORM 1.2."""

    manifest_name = "imsmanifest.xml"
    several_units = True
    driver = "scorm12"

    @property
    def suspend_data_limit(self) -> int:
        """CMIString4096."""
        return 4096

    def record_size(self, interaction: Interaction) -> int:  # noqa: ARG002 - all texts alike
        """CMIString255."""
        return 255

    def described(self, numbered: NumberedInteraction) -> dict[str, JsonValue]:
        """Option ids in the order of their characters, and the right answers."""
        interaction = numbered.interaction
        found: dict[str, JsonValue] = {}
        if interaction.options:
            found["options"] = [option.id for option in interaction.options]
        if interaction.targets:
            found["targets"] = [option.id for option in interaction.targets]
        if interaction.correct_responses:
            found["patterns"] = [pattern(interaction, response) for response in interaction.correct_responses]
        if interaction.weighting not in {0, 1}:
            found["weighting"] = interaction.weighting
        return found

    def codes(self, interaction: Interaction) -> Codes:
        """One character an option, in their order."""
        places = NUMBERS_FIRST if interaction.type == "matching" else ALPHABET
        return Codes(
            options=tuple(places[: len(interaction.options)]),
            targets=tuple(ALPHABET[: len(interaction.targets)]),
            nothing=ALPHABET[len(interaction.options) :][:1] if interaction.type == "choice" else "",
            correct=tuple(pattern(interaction, response) for response in interaction.correct_responses),
        )

    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """CAM 2.3; no masteryscore, because some platforms overrule the unit's own status with it."""
        write = Writer({None: IMSCP, "adlcp": ADLCP})
        root = write.root(
            "manifest", SCHEMAS, identifier=f"scormkit-{package.id}", version=(package.version or "1.0")[:20]
        )
        metadata = write.add(root, "metadata")
        write.add(metadata, "schema", "ADL SCORM")
        write.add(metadata, "schemaversion", "1.2")
        organizations = write.add(root, "organizations", default=f"ORG-{package.id}")
        organization = write.add(organizations, "organization", identifier=f"ORG-{package.id}")
        write.add(organization, "title", plain_title(package.title))
        resources = write.add(root, "resources")
        for unit in package.units:
            item = write.add(
                organization,
                "item",
                identifier=f"ITEM-{unit.id}",
                identifierref=f"RES-{unit.id}",
                isvisible="true",
            )
            write.add(item, "title", plain_title(unit.title))
            page, *others = files[unit.id]
            resource = write.add(
                resources,
                "resource",
                identifier=f"RES-{unit.id}",
                type="webcontent",
                adlcp__scormtype="sco",
                href=page,
            )
            for name in (page, *others):
                write.add(resource, "file", href=name)
        return serialised(root)

    def final_status(self, unit: Unit) -> str:
        """One word for both facts: passed only where the rule asks for a pass (``driver.ts``)."""
        return "Passed" if unit.completion.quiz else "Completed"

    def platform_notes(self) -> tuple[tuple[str, str], ...]:
        """From the vendors' help pages and Moodle's own code."""
        return (
            ("Moodle", "The answers stand in Reports, Interactions, one column an answer, with its id as heading."),
            ("ILIAS", "Its overall progress waits for passed; a unit without a pass to reach ends with completed."),
            ("TalentLMS", "Of the SCORM standards it takes only this one."),
            ("Docebo", "Takes this standard and SCORM 2004 3rd edition."),
        )

    def control_documents(self) -> tuple[Path, ...]:
        """The four official schema files."""
        return tuple(sorted(DOCUMENTS.iterdir()))

    def recognises(self, manifest: Element) -> bool:
        """By the schema version's exact text."""
        return rules.schema_version(manifest) == "1.2"

    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """The official schema, then what it does not say."""
        for line, message in _SCHEMA.errors(manifest):
            yield rules.SCHEMA.problem(message, file=file, line=line, column=1)
        yield from rules.check(manifest, names, file)


def _pairs(response: tuple[str, ...] | tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [part for part in response if isinstance(part, tuple)]


def pattern(interaction: Interaction, response: Response) -> str:
    """A right answer in the syntax of RTE 3.4.7; braces mean that all of it is asked for."""
    options = [option.id for option in interaction.options]
    targets = [option.id for option in interaction.targets]
    if isinstance(response, bool):
        return "t" if response else "f"
    if isinstance(response, float | int):
        return decimal(response)
    if isinstance(response, str):
        return response[:255]
    if interaction.type == "matching":
        pairs = [(options.index(source), targets.index(target)) for source, target in _pairs(response)]
        return "{" + ",".join(f"{NUMBERS_FIRST[source]}.{ALPHABET[target]}" for source, target in pairs) + "}"
    characters = ",".join(ALPHABET[options.index(str(key))] for key in response)
    return "{" + characters + "}" if interaction.type == "choice" and len(response) > 1 else characters


VARIANTS = {"scorm12": Scorm12("scorm12", "SCORM 1.2")}
