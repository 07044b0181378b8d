"""Importing a course: the zip or the bare XML, and everything for which an LMS refuses it; cmi5 §13 and §14."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from tests.fakes.cmi5.xapi_data import is_iri, is_language

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
NAME = "cmi5.xml"
MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
LAUNCH_METHODS = ("AnyWindow", "OwnWindow")
RESERVED = {"endpoint", "fetch", "actor", "registration", "activityid"}
"""Lower case: no LMS should have to tell ``activityID`` from ``activityId``."""
URL_CHARACTERS = re.compile(r"[A-Za-z0-9$\-_.+!*'(),;/?:@&=~#]|%[0-9A-Fa-f]{2}")
"""RFC 1738 §2.2; the tilde is unsafe there, and everywhere in use."""

Element = etree._Element


@dataclass(frozen=True)
class Breach:
    """A requirement that a course breaks."""

    requirement: str
    message: str


@dataclass(frozen=True)
class AssignableUnit:
    """What a launch needs to know."""

    id: str
    url: str
    title: str
    move_on: str = "NotApplicable"
    mastery_score: float | None = None
    launch_method: str = "AnyWindow"
    launch_parameters: str | None = None
    entitlement_key: str | None = None
    blocks: tuple[str, ...] = ()


@dataclass
class Course:
    """A course that was imported."""

    id: str = ""
    title: str = ""
    units: list[AssignableUnit] = field(default_factory=list)


@dataclass
class _Reader:
    names: frozenset[str] | None
    """Of the files in the zip; None for a bare XML file."""
    course: Course = field(default_factory=Course)
    breaches: list[Breach] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=lambda: {"block": set(), "au": set(), "objective": set()})
    references: list[str] = field(default_factory=list)

    def no(self, requirement: str, message: str) -> None:
        self.breaches.append(Breach(requirement, message))

    # --- elements in the order of the schema --------------------------------------------------------------------

    def children(self, parent: Element, order: dict[str, tuple[int, int]]) -> dict[str, list[Element]]:
        """The children by name; ``order`` gives how often each may come. Foreign ones stand at the end."""
        found: dict[str, list[Element]] = {name: [] for name in order}
        groups = list(order)
        reached = 0
        foreign = False
        for child in parent.iterchildren(etree.Element):
            name = etree.QName(child)
            if name.namespace != NAMESPACE:
                foreign = True
                self._foreign(child)
                continue
            position = next((number for number, group in enumerate(groups) if name.localname in group.split("|")), -1)
            if position < 0:
                self.schema(parent, f"holds <{name.localname}>, which does not belong there")
            elif position < reached or foreign:
                self.schema(parent, f"holds <{name.localname}> out of order")
            if position >= 0:
                reached = max(reached, position)
                found[groups[position]].append(child)
        for group, (least, most) in order.items():
            if not least <= len(found[group]) <= most:
                self.schema(parent, f"holds {len(found[group])} of <{group}>, not {least} to {most}")
        return found

    def schema(self, element: Element, message: str) -> None:
        self.no("13.2.0.0-1 (d)", f"line {element.sourceline}: <{etree.QName(element).localname}> {message}")

    def _foreign(self, element: Element) -> None:
        location = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
        namespace = etree.QName(element).namespace
        stated = " ".join(str(one.get(location, "")) for one in (element, *element.iterancestors()))
        if not namespace or namespace not in stated.split():
            self.no("13.1.5.0-1 (d)", f"<{element.tag!s}> is of another namespace, for which no XSD is given")

    def attributes(
        self, element: Element, allowed: dict[str, Callable[[str], bool]], required: tuple[str, ...]
    ) -> None:
        for name, value in element.attrib.items():
            qualified = etree.QName(str(name))
            if qualified.namespace == NAMESPACE or (not qualified.namespace and str(name) not in allowed):
                self.schema(element, f"has an attribute {name!s}, which does not belong there")
            elif str(name) in allowed and not allowed[str(name)](str(value).strip()):
                self.schema(element, f"has {name!s}={value!s}")
        for name in required:
            if name not in element.attrib:
                self.schema(element, f"lacks {name}")

    # --- the parts ----------------------------------------------------------------------------------------------

    def texts(self, element: Element) -> str:
        """A title or a description; the first language."""
        found = self.children(element, {"langstring": (1, 10_000)})["langstring"]
        for one in found:
            self.attributes(one, {"lang": is_language}, ())
            if len(one):
                self.schema(one, "holds elements; it is plain text")
        return (found[0].text or "").strip() if found else ""

    def identifier(self, element: Element, kind: str, requirement: str) -> str:
        value = str(element.get("id", "")).strip()
        if not is_iri(value):
            self.no("3.0.0.0-1 (d)", f"the id {value!r} of {kind} is no absolute IRI")
        if kind in self.ids:
            if value in self.ids[kind]:
                self.no(requirement, f"two of {kind} have the id {value!r}")
            self.ids[kind].add(value)
        return value

    def root(self, root: Element) -> None:
        if root.tag != f"{{{NAMESPACE}}}courseStructure":
            self.no("13.2.0.0-1 (d)", f"the root is {root.tag!s}")
            return
        self.attributes(root, {}, ())
        found = self.children(root, {"course": (1, 1), "objectives": (0, 1), "au|block": (1, 10_000)})
        for course in found["course"]:
            self.attributes(course, {"id": bool}, ("id",))
            self.course.id = self.identifier(course, "course", "")
            parts = self.children(course, {"title": (1, 1), "description": (1, 1)})
            self.course.title = "".join(self.texts(one) for one in parts["title"])
            for one in parts["description"]:
                self.texts(one)
        for objectives in found["objectives"]:
            for one in self.children(objectives, {"objective": (1, 10_000)})["objective"]:
                self.attributes(one, {"id": bool}, ("id",))
                self.identifier(one, "objective", "13.1.3.0-1 (d)")
                for name in ("title", "description"):
                    for words in one.findall(f"{{{NAMESPACE}}}{name}"):
                        self.texts(words)
                    if one.find(f"{{{NAMESPACE}}}{name}") is None:
                        self.schema(one, f"has no {name}")
        self._units(found["au|block"], ())
        for reference in self.references:
            if reference not in self.ids["objective"]:
                self.no("13.2.0.0-1 (d)", f"idref {reference!r} names no objective")

    def _units(self, elements: list[Element], blocks: tuple[str, ...]) -> None:
        for element in elements:
            if etree.QName(element).localname == "au":
                self._unit(element, blocks)
            else:
                self.attributes(element, {"id": bool}, ("id",))
                identifier = self.identifier(element, "block", "13.1.2.0-1 (d)")
                order = {"title": (1, 1), "description": (1, 1), "objectives": (0, 1), "au|block": (1, 10_000)}
                found = self.children(element, order)
                self._described(found)
                self._units(found["au|block"], (*blocks, identifier))

    def _described(self, found: dict[str, list[Element]]) -> str:
        title = "".join(self.texts(one) for one in found["title"])
        for one in found["description"]:
            self.texts(one)
        for objectives in found["objectives"]:
            for one in self.children(objectives, {"objective": (1, 10_000)})["objective"]:
                self.references.append(str(one.get("idref", "")).strip())
        return title

    def _unit(self, element: Element, blocks: tuple[str, ...]) -> None:
        allowed: dict[str, Callable[[str], bool]] = {
            "id": bool,
            "moveOn": lambda value: value in MOVE_ON,
            "masteryScore": _is_mastery_score,
            "launchMethod": lambda value: value in LAUNCH_METHODS,
            "activityType": lambda _: True,
        }
        self.attributes(element, allowed, ("id",))
        once, perhaps = (1, 1), (0, 1)
        order = {"title": once, "description": once, "objectives": perhaps, "url": once}
        found = self.children(element, {**order, "launchParameters": perhaps, "entitlementKey": perhaps})
        identifier = self.identifier(element, "au", "13.1.4.0-1 (d)")
        title = self._described(found)
        mastery = str(element.get("masteryScore", "")).strip()
        url = _text(found["url"]) or ""
        self.address(url)
        self.course.units.append(
            AssignableUnit(
                identifier,
                url,
                title,
                str(element.get("moveOn", "NotApplicable")).strip(),
                float(mastery) if mastery and _is_mastery_score(mastery) else None,
                str(element.get("launchMethod", "AnyWindow")).strip(),
                _text(found["launchParameters"]),
                _text(found["entitlementKey"]),
                blocks,
            )
        )

    def address(self, url: str) -> None:
        """The url of an AU: absolute, or the name of a file in the zip, and free of the launch's own parameters."""
        taken = {key.lower() for key, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)} & RESERVED
        if taken:
            self.no("8.1.0.0-6 (d)", f"the url {url!r} has a parameter of the launch: {sorted(taken)[0]}")
        if not url or URL_CHARACTERS.sub("", url) or url.count("#") > 1:
            self.no("13.1.4.0-2 (d)", f"the url {url!r} does not keep to RFC 1738")
        if urlsplit(url).scheme:
            if not urlsplit(url).netloc and urlsplit(url).scheme in {"http", "https"}:
                self.no("13.1.4.0-2 (d)", f"the url {url!r} names no host")
            return
        if self.names is None:
            self.no("14.2.0.0-1 (d)", f"the url {url!r} is relative, and there is no zip")
        elif url.partition("?")[0] not in self.names:
            self.no("14.1.0.0-4 (d)", f"the url {url!r} is relative, but the zip has no such file, letter for letter")


def _text(elements: list[Element]) -> str | None:
    return "".join(str(one.text or "") for one in elements).strip() if elements else None


def _is_mastery_score(value: str) -> bool:
    """A decimal from 0 to 1 with at most four decimals (§13.1.4)."""
    return bool(re.fullmatch(r"\+?(?:0*\.?\d{1,4}|\d+(?:\.\d{0,4})?)", value)) and 0 <= float(value) <= 1


def imported(content: bytes, *, bare: bool = False) -> tuple[Course, list[Breach]]:
    """The course of a zip, or of an XML file alone, and every reason to refuse it."""
    if bare:
        return _read(content, None)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = list(_zip(archive))
            names = frozenset(entry.filename for entry in archive.infolist() if not entry.is_dir())
            if found:
                return Course(), found
            return _read(archive.read(NAME), names)
    except (zipfile.BadZipFile, EOFError) as error:
        requirement = "14.1.0.0-1 (d)" if content.startswith(b"PK") else "14.0.0.0-1 (d)"
        return Course(), [Breach(requirement, f"this is no zip: {error}")]


def _zip(archive: zipfile.ZipFile) -> Iterator[Breach]:
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            yield Breach("14.1.0.0-1 (d)", f"{entry.filename} is encrypted")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield Breach("14.1.0.0-1 (d)", f"{entry.filename} is packed by method {entry.compress_type}")
    if archive.testzip():
        yield Breach("14.1.0.0-1 (d)", f"{archive.testzip()} is damaged")
    if archive.namelist().count(NAME) != 1:
        yield Breach("14.1.0.0-2 (d)", f"there is no single {NAME} at the root of the zip")


def _read(content: bytes, names: frozenset[str] | None) -> tuple[Course, list[Breach]]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return Course(), [Breach("13.2.0.0-1 (d)", "the XML brings a document type or entities")]
    try:
        root = etree.fromstring(content, etree.XMLParser(no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        return Course(), [Breach("13.2.0.0-1 (d)", f"the XML cannot be read: {error}")]
    reader = _Reader(names)
    reader.root(root)
    return reader.course, reader.breaches
