"""What a SCORM 2004 package must obey beyond its schema, and what breaks real platforms."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scormkit.manifest_xml import Element
from scormkit.problem import Problem
from scormkit.rule import Rule
from scormkit.targets.manifest_rules import Rules, breaches

CAM = "SCORM 2004 4th Ed. CAM"

SCHEMA = Rule("S04-001", "The manifest is valid against the official schema.", f"{CAM} 3.4")
DEFAULT = Rule("S04-002", "organizations/@default names an organization.", f"{CAM} 3.4.1.8")
TITLE = Rule("S04-003", "Each organization and item has one title.", f"{CAM} 3.4.1.10")
UNIQUE = Rule("S04-004", "All identifiers differ.", f"{CAM} 3.4.1")
LEAF = Rule("S04-005", "A leaf item refers to a resource, a group does not.", f"{CAM} 3.4.1.11")
REFERENCE = Rule("S04-006", "identifierref names a resource that can be launched.", f"{CAM} 3.4.1.19")
LISTED = Rule("S04-007", "A resource lists its launch page as a file.", f"{CAM} 3.4.1.20")
PRESENT = Rule("S04-008", "Each file that the manifest names is in the zip, spelled alike.", f"{CAM} 3.4.1.20")
UNDECLARED = Rule("S04-009", "Each file of the zip is named in the manifest.", f"{CAM} 3.4.1.20", severity="warning")
VERSION = Rule("S04-010", "schema is written exactly as the standard says.", f"{CAM} 3.4.1.4")
FLOW = Rule("S04-011", "The organization allows flow, or nothing launches by itself.", "SCORM 2004 4th Ed. SN 3.2")
MAP_INFO = Rule(
    "S04-012",
    "No global objectives: Moodle cannot import them.",
    "Moodle 4.5 mod/scorm/datamodels/scormlib.php:378",
    severity="warning",
)
DELIVERY = Rule(
    "S04-013",
    "Each SCO says that it sets its own status.",
    "SCORM 2004 4th Ed. SN 3.14",
    severity="warning",
)

NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
SCORM_TYPE = f"{{{ADLCP}}}scormType"


def schema_version(manifest: Element) -> str | None:
    """The text of metadata/schemaversion in this standard's namespace."""
    return manifest.findtext(f"{{{NAMESPACE}}}metadata/{{{NAMESPACE}}}schemaversion")


def check(manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
    """All breaches."""
    schema = manifest.findtext(f"{{{NAMESPACE}}}metadata/{{{NAMESPACE}}}schema")
    if schema != "ADL SCORM":
        yield VERSION.problem(
            f"metadata/schema is {schema!r}, not 'ADL SCORM'", file=file, line=manifest.sourceline or 0
        )
    yield from breaches(
        manifest,
        names,
        file,
        NAMESPACE,
        SCORM_TYPE,
        Rules(DEFAULT, TITLE, UNIQUE, LEAF, REFERENCE, LISTED, PRESENT, UNDECLARED),
    )
    yield from _sequencing(manifest, file)


def _sequencing(manifest: Element, file: str) -> Iterator[Problem]:
    for organization in manifest.iter(f"{{{NAMESPACE}}}organization"):
        mode = organization.find(f"{{{IMSSS}}}sequencing/{{{IMSSS}}}controlMode")
        if mode is None or mode.get("flow") != "true":
            yield FLOW.problem(
                'the organization has no controlMode with flow="true"',
                file=file,
                line=organization.sourceline or 0,
                column=1,
            )
    for element in manifest.iter(f"{{{IMSSS}}}mapInfo"):
        yield MAP_INFO.problem(
            f"mapInfo to {element.get('targetObjectiveID')!r}",
            file=file,
            line=element.sourceline or 0,
            column=1,
        )
    for item in manifest.iter(f"{{{NAMESPACE}}}item"):
        if item.get("identifierref") is None:
            continue
        controls = item.find(f"{{{IMSSS}}}sequencing/{{{IMSSS}}}deliveryControls")
        if controls is None or controls.get("completionSetByContent") != "true":
            yield DELIVERY.problem(
                f"item {item.get('identifier')} does not say completionSetByContent",
                "A platform may complete it on exit.",
                file=file,
                line=item.sourceline or 0,
                column=1,
            )
