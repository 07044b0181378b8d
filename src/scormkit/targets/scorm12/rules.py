"""What a SCORM 1.2 package must obey beyond its schema."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scormkit.manifest_xml import Element
from scormkit.problem import Problem
from scormkit.rule import Rule
from scormkit.targets.manifest_rules import Rules, breaches

CAM = "SCORM 1.2 Content Aggregation Model"

SCHEMA = Rule("S12-001", "The manifest is valid against the official schema.", f"{CAM} 2.3")
DEFAULT = Rule("S12-002", "organizations/@default names an organization.", f"{CAM} 2.3.2.4")
TITLE = Rule("S12-003", "Each organization and item has one title.", f"{CAM} 2.3.2.4")
UNIQUE = Rule("S12-004", "All identifiers differ.", f"{CAM} 2.3.2")
LEAF = Rule("S12-005", "A leaf item refers to a resource, a group does not.", f"{CAM} 2.3.2.4")
REFERENCE = Rule("S12-006", "identifierref names a resource that can be launched.", f"{CAM} 2.3.2.5")
LISTED = Rule("S12-007", "A resource lists its launch page as a file.", f"{CAM} 2.3.2.5")
PRESENT = Rule("S12-008", "Each file that the manifest names is in the zip, spelled alike.", f"{CAM} 2.3.2.5")
UNDECLARED = Rule("S12-009", "Each file of the zip is named in the manifest.", f"{CAM} 2.3.2.5", severity="warning")
VERSION = Rule("S12-010", "schema and schemaversion are written exactly as the standard says.", f"{CAM} 2.3.2.3")

NAMESPACE = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
SCORM_TYPE = f"{{{ADLCP}}}scormtype"


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
