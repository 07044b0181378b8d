"""The rules of IMS content packaging that all SCORM editions share and their schemas do not check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from scormkit.manifest_xml import Element
from scormkit.problem import Problem
from scormkit.rule import Rule

NOT_LISTED = (".xsd", ".dtd")
"""Control documents need not be listed as files."""


class Rules(NamedTuple):
    """One edition's ids for the shared rules."""

    default: Rule
    title: Rule
    unique: Rule
    leaf: Rule
    reference: Rule
    listed: Rule
    present: Rule
    undeclared: Rule


class Manifest(NamedTuple):
    """A manifest with what its rules look at."""

    root: Element
    namespace: str
    scorm_type: str
    file: str

    def all(self, name: str) -> list[Element]:
        """All elements of that name, in document order."""
        return list(self.root.iter(f"{{{self.namespace}}}{name}"))

    def children(self, element: Element, name: str) -> list[Element]:
        """Children of that name."""
        return element.findall(f"{{{self.namespace}}}{name}")

    def problem(self, rule: Rule, element: Element, message: str, hint: str = "") -> Problem:
        """A breach at an element's line."""
        return rule.problem(message, hint, file=self.file, line=element.sourceline or 0, column=1)


def breaches(
    root: Element, names: Collection[str], file: str, namespace: str, scorm_type: str, rules: Rules
) -> Iterator[Problem]:
    """All breaches of the shared rules."""
    manifest = Manifest(root, namespace, scorm_type, file)
    yield from _organizations(manifest, rules)
    yield from _identifiers(manifest, rules)
    yield from _items(manifest, rules)
    yield from _files(manifest, names, rules)


def _organizations(manifest: Manifest, rules: Rules) -> Iterator[Problem]:
    ids = {element.get("identifier") for element in manifest.all("organization")}
    for element in manifest.all("organizations"):
        if element.get("default") not in ids:
            yield manifest.problem(
                rules.default,
                element,
                f"organizations names {element.get('default')!r} as default, which is no organization",
            )
    for name in ("organization", "item"):
        for element in manifest.all(name):
            titles = manifest.children(element, "title")
            if len(titles) != 1 or not (titles[0].text or "").strip():
                yield manifest.problem(rules.title, element, f"{name} {element.get('identifier')} has no title")


def _identifiers(manifest: Manifest, rules: Rules) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in ("manifest", "organization", "item", "resource"):
        for element in manifest.all(name):
            identifier = element.get("identifier", "")
            if identifier in seen:
                yield manifest.problem(rules.unique, element, f"the identifier {identifier!r} is there twice")
            seen.add(identifier)


def _items(manifest: Manifest, rules: Rules) -> Iterator[Problem]:
    resources = {element.get("identifier"): element for element in manifest.all("resource")}
    for item in manifest.all("item"):
        group = bool(manifest.children(item, "item"))
        reference = item.get("identifierref")
        if group == bool(reference):
            message = "is a group but names a resource" if group else "names no resource"
            yield manifest.problem(rules.leaf, item, f"item {item.get('identifier')} {message}")
        if reference:
            resource = resources.get(reference)
            if resource is None:
                message = f"names {reference!r}, which is no resource"
            elif not resource.get("href"):
                message = f"names {reference!r}, which has no launch page"
            elif resource.get(manifest.scorm_type) not in {"sco", "asset"}:
                message = f"names {reference!r}, whose {manifest.scorm_type.rpartition('}')[2]} is not sco or asset"
            else:
                continue
            yield manifest.problem(rules.reference, item, f"item {item.get('identifier')} {message}")


def _files(manifest: Manifest, names: Collection[str], rules: Rules) -> Iterator[Problem]:
    present = set(names)
    declared: set[str] = set()
    for resource in manifest.all("resource"):
        files = {element.get("href", ""): element for element in manifest.children(resource, "file")}
        declared |= set(files)
        launch = (resource.get("href") or "").partition("?")[0].partition("#")[0]
        if launch and launch not in files:
            yield manifest.problem(
                rules.listed,
                resource,
                f"resource {resource.get('identifier')} does not list {launch!r} as a file",
            )
        for href, element in files.items():
            if href not in present and "://" not in href:
                yield manifest.problem(rules.present, element, f"{href!r} is not in the zip")
    for name in sorted(present - declared):
        if name != "imsmanifest.xml" and not name.lower().endswith(NOT_LISTED):
            yield rules.undeclared.problem(
                f"{name!r} is not named in the manifest", "Leave it out or list it.", file=manifest.file
            )
