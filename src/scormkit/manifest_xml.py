"""Writing and reading manifests: namespaces, schema locations, no entities, no network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
"""An XML element."""

XSI = "http://www.w3.org/2001/XMLSchema-instance"

LARGEST = 10_000_000
"""Bytes; a larger manifest is refused unread."""


class Writer:
    """Elements of one document, by prefix: ``writer.add(parent, "adlcp:location", text)``."""

    def __init__(self, namespaces: Mapping[str | None, str]) -> None:
        self._namespaces = dict(namespaces)

    def name(self, name: str) -> str:
        """``prefix:local`` in Clark notation; without a prefix the default namespace."""
        prefix, colon, local = name.partition(":")
        namespace = self._namespaces[prefix if colon else None]
        return f"{{{namespace}}}{local if colon else prefix}"

    def root(self, name: str, schemas: Mapping[str, str], **attributes: str) -> Element:
        """The document's element; ``schemas``: namespace → file, for those in use."""
        root: Element = etree.Element(self.name(name), nsmap={**self._namespaces, "xsi": XSI})
        for key, value in attributes.items():
            root.set(key, value)
        if schemas:
            locations = " ".join(f"{namespace} {file}" for namespace, file in schemas.items())
            root.set(f"{{{XSI}}}schemaLocation", locations)
        return root

    def add(self, parent: Element, name: str, text: str | None = None, /, **attributes: str) -> Element:
        """A child element. Attributes with a prefix are written ``prefix__local``."""
        child = etree.SubElement(parent, self.name(name))
        for key, value in attributes.items():
            prefix, separator, local = key.partition("__")
            child.set(self.name(f"{prefix}:{local}") if separator else key, value)
        child.text = text
        return child


def serialised(root: Element) -> bytes:
    """The document in UTF-8, indented, the same bytes for the same content."""
    etree.indent(root, space="  ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def parsed(content: bytes) -> Element:
    """A document's element. Raises ``ValueError`` where it is not well-formed (with the place) or hostile."""
    if len(content) > LARGEST:
        raise ValueError(f"the file has {len(content)} bytes; at most {LARGEST} are read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Element = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(error.msg or "the file is not well-formed XML") from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("a manifest with a DOCTYPE is not read")
    return root


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


class _Files(etree.Resolver):
    """Gives a schema's imports from memory first, so that nothing is fetched."""

    def __init__(self, replaced: Mapping[str, str]) -> None:
        super().__init__()
        self._replaced = replaced

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - lxml's interface
        """The replaced text for a file of that name; otherwise the file itself."""
        text = self._replaced.get((system_url or "").rpartition("/")[2])
        return self.resolve_string(text, context) if text else None


class Schema:
    """A set of XSDs in one folder, entered by a list of namespaces."""

    def __init__(self, folder: Path, imports: Mapping[str, str], replaced: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._imports = imports
        self._replaced = replaced or {}

    def errors(self, document: Element) -> list[tuple[int, str]]:
        """(line, message) of every breach."""
        schema = _compiled(self._folder, tuple(self._imports.items()), tuple(self._replaced.items()))
        schema.validate(document)
        return [(entry.line, entry.message) for entry in schema.error_log]


@cache
def _compiled(
    folder: Path, imports: tuple[tuple[str, str], ...], replaced: tuple[tuple[str, str], ...]
) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Files(dict(replaced)))
    lines = "".join(f'<xs:import namespace="{name}" schemaLocation="{file}"/>' for name, file in imports)
    entry = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{lines}</xs:schema>'
    root = etree.fromstring(entry.encode(), parser, base_url=(folder / "entry.xsd").as_uri())
    return etree.XMLSchema(root)
