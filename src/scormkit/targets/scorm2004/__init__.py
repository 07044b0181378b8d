"""SCORM 2004, 2nd to 4th edition, always one SCO: several break the largest open platform.

Sources: SCORM 2004 4th Ed. v1.1 Content Aggregation Model, Sequencing and Navigation, Run-Time Environment; IMS
Content Packaging 1.1.4, IMS Simple Sequencing 1.0. Our words are the standard's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import JsonValue

from scormkit.compiled.course import Package, Unit
from scormkit.compiled.numbering import NumberedInteraction
from scormkit.manifest_xml import Element, Schema, Writer, serialised
from scormkit.model.interactions import Interaction, Response
from scormkit.problem import Problem
from scormkit.resources import BUILT
from scormkit.targets.scorm2004 import rules
from scormkit.targets.target import Codes, Target, decimal, plain_title

IMSCP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
SCHEMAS = {
    IMSCP: "imscp_v1p1.xsd",
    ADLCP: "adlcp_v1p3.xsd",
    ADLSEQ: "adlseq_v1p3.xsd",
    ADLNAV: "adlnav_v1p3.xsd",
    IMSSS: "imsss_v1p0.xsd",
}
PATTERNS = {"choice": 10, "fill-in": 5, "long-fill-in": 5, "matching": 5, "performance": 5, "sequencing": 5}
"""Right answers that a record takes (RTE 4.2.9.2); one where nothing is said."""


@dataclass(frozen=True)
class Scorm2004(Target):
    """SCORM 2004 in one edition."""

    schema_version: str
    """The exact text that platforms recognise the edition by."""
    documents: str
    """Whose control documents are shipped. No registry has the 2nd edition's; the 3rd's accept all that is written
    here (they only lack ``persistState``, which nobody may write since)."""
    suspend_data: int = 64_000
    shared_data: bool = False
    """Whether the edition knows shared data, which is then kept to the registration."""

    manifest_name = "imsmanifest.xml"
    several_units = False
    driver = "scorm2004"

    @property
    def suspend_data_limit(self) -> int:
        """RTE 4.2.24: smallest permitted maximum."""
        return self.suspend_data

    def record_size(self, interaction: Interaction) -> int:
        """RTE 4.2.9.1: 4,000 for a long-fill-in, 250 for a string of a fill-in."""
        return 250 if interaction.type == "fill-in" else 4000

    def described(self, numbered: NumberedInteraction) -> dict[str, JsonValue]:
        """The question's text and the right answers."""
        interaction = numbered.interaction
        found: dict[str, JsonValue] = {"description": description(interaction.description)}
        if interaction.correct_responses:
            most = PATTERNS.get(interaction.type, 1)
            found["patterns"] = [pattern(interaction, response) for response in interaction.correct_responses[:most]]
        if interaction.weighting not in {0, 1}:
            found["weighting"] = interaction.weighting
        return found

    def codes(self, interaction: Interaction) -> Codes:
        """Ids as Moodle takes them."""
        return Codes(
            options=tuple(short_identifier(option.id) for option in interaction.options),
            targets=tuple(short_identifier(option.id) for option in interaction.targets),
            nothing="none" if interaction.type == "choice" else "",
            correct=tuple(pattern(interaction, response) for response in interaction.correct_responses),
        )

    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """CAM 3; no objectives, thresholds or rollup rules: the unit decides its status and writes it plainly."""
        (unit,) = package.units
        write = Writer({None: IMSCP, "adlcp": ADLCP, "adlseq": ADLSEQ, "adlnav": ADLNAV, "imsss": IMSSS})
        root = write.root(
            "manifest", SCHEMAS, identifier=f"scormkit-{package.id}", version=(package.version or "1.0")[:20]
        )
        metadata = write.add(root, "metadata")
        write.add(metadata, "schema", "ADL SCORM")
        write.add(metadata, "schemaversion", self.schema_version)
        organizations = write.add(root, "organizations", default=f"ORG-{package.id}")
        organization = write.add(
            organizations,
            "organization",
            identifier=f"ORG-{package.id}",
            adlseq__objectivesGlobalToSystem="false",
            **({"adlcp__sharedDataGlobalToSystem": "false"} if self.shared_data else {}),
        )
        write.add(organization, "title", plain_title(package.title))
        item = write.add(organization, "item", identifier=f"ITEM-{unit.id}", identifierref=f"RES-{unit.id}")
        write.add(item, "title", plain_title(unit.title))
        # Left out, an LMS marks a unit completed and satisfied on exit when it reported nothing (SN 3.14).
        sequencing = write.add(item, "imsss:sequencing")
        write.add(sequencing, "imsss:deliveryControls", completionSetByContent="true", objectiveSetByContent="true")
        presentation = write.add(item, "adlnav:presentation")
        interface = write.add(presentation, "adlnav:navigationInterface")
        for control in ("previous", "continue"):
            write.add(interface, "adlnav:hideLMSUI", control)
        # Without flow nothing launches by itself (SN 3.2).
        sequencing = write.add(organization, "imsss:sequencing")
        write.add(sequencing, "imsss:controlMode", choice="true", flow="true")
        page, *others = files[unit.id]
        resources = write.add(root, "resources")
        resource = write.add(
            resources,
            "resource",
            identifier=f"RES-{unit.id}",
            type="webcontent",
            adlcp__scormType="sco",
            href=page,
        )
        for name in (page, *others):
            write.add(resource, "file", href=name)
        return serialised(root)

    @cached_property
    def _documents(self) -> Path:
        return BUILT / "control-documents" / self.documents

    def final_status(self, unit: Unit) -> str:  # noqa: ARG002 - completion and success are two statuses
        """Completion already waits for a pass where the rule asks for one."""
        return "Completed"

    def platform_notes(self) -> tuple[tuple[str, str], ...]:
        """From the vendors' help pages and Moodle's own code."""
        moodle = (
            "Its Interactions report shows the answers of SCORM 1.2 only; those of this package are in the details "
        )
        docebo = "Takes this package." if self.name.endswith("3rd") else "Takes SCORM 1.2 and SCORM 2004 3rd edition."
        return (
            (
                "Moodle",
                f"{moodle}of a learner's tracks. To read answers inside Moodle, take the package for SCORM 1.2.",
            ),
            ("ILIAS", "Its overall progress waits for passed and completed; without a pass mark only completed comes."),
            ("Docebo", docebo),
            ("TalentLMS", "Does not take SCORM 2004; use the package for SCORM 1.2."),
        )

    def control_documents(self) -> tuple[Path, ...]:
        """The official schema files and the two DTDs that one of them asks for."""
        return tuple(sorted(self._documents.iterdir()))

    def recognises(self, manifest: Element) -> bool:
        """By the schema version's exact text."""
        return rules.schema_version(manifest) == self.schema_version

    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """The official schema, then what it does not say."""
        for line, message in Schema(self._documents, SCHEMAS).errors(manifest):
            yield rules.SCHEMA.problem(message, file=file, line=line, column=1)
        yield from rules.check(manifest, names, file)


def short_identifier(key: str) -> str:
    """An option's id as Moodle takes it: letters, digits, underscores and dots."""
    return key.replace("-", "_")


def pattern(interaction: Interaction, response: Response) -> str:
    """A right answer in the syntax of RTE 4.2.9.2."""
    if isinstance(response, bool):
        return "true" if response else "false"
    if isinstance(response, tuple):
        return "[,]".join(
            short_identifier(part) if isinstance(part, str) else "[.]".join(short_identifier(key) for key in part)
            for part in response
        )
    if isinstance(response, float | int):
        return "[:]".join(decimal(response + part) for part in (-interaction.tolerance, interaction.tolerance))
    # What separates several strings gets a space, as the runtime writes it into the answers.
    return description(response.replace("[,]", "[ ,]"))


def description(text: str) -> str:
    """A question's text as a description: at most 250 characters, no leading brace (taken for a language tag)."""
    short = text if len(text) <= 250 else text[:249].rsplit(" ", 1)[0] + "…"
    return f" {short}" if short.startswith("{") else short


VARIANTS = {
    "scorm2004-2nd": Scorm2004(
        "scorm2004-2nd", "SCORM 2004 2nd Edition", "CAM 1.3", "scorm20043rd", suspend_data=4_000
    ),
    "scorm2004-3rd": Scorm2004("scorm2004-3rd", "SCORM 2004 3rd Edition", "2004 3rd Edition", "scorm20043rd"),
    "scorm2004-4th": Scorm2004(
        "scorm2004-4th", "SCORM 2004 4th Edition", "2004 4th Edition", "scorm20044th", shared_data=True
    ),
}
