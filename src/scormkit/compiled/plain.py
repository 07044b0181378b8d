"""The plain version: everything of a package on one page, to read and to print, without script.

A kind's markup can be read without script; here its controls become lines to write on and boxes to tick. What the page
shows only after an answer (what is right, why, what to compare with) stands at the end of each session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from lxml import etree
from markupsafe import Markup, escape

from scormkit.compiled import markdown, pages
from scormkit.compiled.course import CompiledBlock, Package, StepRole, Unit
from scormkit.compiled.messages import catalogue
from scormkit.model.interactions import Interaction, Response
from scormkit.model.session import Session

T = TypeVar("T")

NAME = "plain.html"
"""Beside the launch page, which links it."""

_OF_SCRIPTS = ("script", "promise", "when", "own", "again", "shed", "earlier", "notes", "no-map", "redraw", "errors")
_MARKS = frozenset(f"data-{mark}" for mark in (*_OF_SCRIPTS, "saved", "picture"))
_SEEN_ON_SCREENS = frozenset({"error", "verdict-word", "counter", "actions", "tally", "form-sheet"})
_LISTS = frozenset({"ul", "ol", "dl"})
_MAY_BE_EMPTY = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6"})
_FIELDS = frozenset({"textarea", "input", "select"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = " \t\r\n"
_KEPT = {"href", "src", "alt", "width", "height", "lang", "dir", "start", "target", "rel"}
_CLASSES = {"prose", "hint", "line", "lines", "box", "columns", "option"}
_CLOSED = (".", "?", "!", ":", "…", "؟", "»", "“", "”", '"')
"""Marks after which a line needs no colon."""
_PLAIN_TAGS = {"form": "div", "fieldset": "div", "legend": "p", "label": "span", "section": "div", "button": "span"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was right and why, of one activity."""

    label: str
    said: tuple[tuple[str, ...], ...]
    """The right answers; one that has several parts in several lines."""
    why: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """An activity with controls that need no screen."""

    title: str
    html: Markup
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step as it can be read and printed."""

    role: StepRole
    title: str
    seconds: int
    note: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class _Same(Generic[T]):
    """Something that is equal to itself alone, which is all that a cache needs to know of it."""

    one: T

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.one is self.one


def page(package: Package) -> bytes:
    """The page of a whole package, with all sessions of all its units, in the language of the package."""
    return _page(_Same(package))


@lru_cache(maxsize=8)
def _page(same: _Same[Package]) -> bytes:
    """All standards share the page; a package lies here in all its languages."""
    package = same.one
    words = pages.Words(catalogue(package.language, ()), {})
    sessions = [(unit, session) for unit in package.units for session in unit.sessions]
    several = len(sessions) > 1
    places = {session.id: unit.places[session.id] for unit, session in sessions}
    return (
        pages.environment()
        .get_template("plain.html.j2")
        .render(
            title=package.title,
            language=package.language,
            direction=pages.direction_of(package.language),
            direction_of=pages.direction_of,
            prose=lambda session, text, below: _below(markdown.rendered(text or "", places[session.id]), below),
            several=several,
            sessions=[
                (session, unit.language if len(unit.sessions) == 1 else session.language or package.language)
                for unit, session in sessions
            ],
            steps={session.id: steps_of(unit, session, 1 if several else 0) for unit, session in sessions},
            **words.context(),
        )
        .encode()
    )


def _below(text: Markup, heading: str) -> Markup:
    """A text whose first headings are one level below the ``heading`` that it stands under."""
    levels = [int(level) for level in re.findall("<h([1-6])>", text)]
    return _moved(text, int(heading[1]) + 1 - min(levels, default=0))


def steps_of(unit: Unit, session: Session, deeper: int) -> list[PlainStep]:
    """The steps of a session that have something to read. Headings in them are ``deeper`` by so many levels."""
    return [
        PlainStep(
            step.role, step.title, step.seconds, step.note or "", [_deeper(block, deeper) for block in step.blocks]
        )
        for step in unit.steps
        if step.session == session.id and step.blocks and step.role not in {"start", "finish"}
    ]


def _deeper(block: CompiledBlock, levels: int) -> Part:
    """A part whose headings are deeper by so many levels."""
    part = _part(_Same(block))
    if not levels:
        return part
    answers = part.answers and replace(part.answers, why=_moved(part.answers.why, levels))
    return replace(part, html=_moved(part.html, levels), answers=answers)


def _moved(text: Markup, levels: int) -> Markup:
    moved = re.sub("(?<=<h|/h)[1-6](?=>)", lambda level: str(min(6, int(level[0]) + levels)), text)
    return Markup(moved)  # noqa: S704 - nothing but the tags of headings changes


@lru_cache(maxsize=128)
def _part(same: _Same[CompiledBlock]) -> Part:
    """What a block is on paper. All standards and the session plan share it: taking a page apart takes its time."""
    block = same.one
    tree = etree.fromstring(f"<div>{block.html}</div>", etree.HTMLParser())
    title = block.title or ("" if block.reads_only else block.label)
    right = tuple(_right(tree, block))
    why: list[str] = []
    feedback: list[etree._Element] = []
    gone: set[etree._Element] = set()
    for one, marks in _marked(tree):
        if one in gone:
            continue
        classes = marks.get("class", "").split()
        if "data-after" in marks or "verdict" in classes:  # it is shown after an answer only
            gone.update(one.iter(etree.Element))
            if "data-saved" not in marks:
                _tidy(one, 0)
                if any(below.tag == "li" or "prose" in _classes(below) for below in _below_it(one)):
                    why.append(_inner(one))
            _remove(one)
        elif "feedback" in classes:
            feedback.append(one)
    notes = [(_label_of(place), "".join(place.itertext()).strip() or place.get("data-why", "")) for place in feedback]
    if any(note for _, note in notes):
        listed = "".join(
            f"<li>{escape(label)}{'' if label.endswith(_CLOSED) else ':'} {escape(note)}</li>"
            for label, note in notes
            if note
        )
        why.insert(0, f"<ul>{listed}</ul>")
    for place in feedback:
        _remove(place)
    # Where the part has no heading of its own, those in it stand right below the step's.
    _tidy(tree, 0 if block.title else -1)
    html = Markup(_inner(tree.find(".//body/div")))  # noqa: S704 - rendered with autoescape
    answers = Answers(title, right, Markup("".join(why))) if right or why else None  # noqa: S704 - as above
    return Part(title if block.title else "", html, answers)


def _marked(top: etree._Element) -> list[tuple[etree._Element, dict[str, str]]]:
    """An element and all in it, in their order, with their attributes: asking again and again takes long."""
    return [(one, dict(one.items())) for one in top.iter(etree.Element)]


def _off_screen(tree: etree._Element) -> list[tuple[etree._Element, dict[str, str]]]:
    """What is left in an element, with attributes, once it is without what only a page with script can say or do."""
    gone: set[etree._Element] = set()
    kept = []
    for element, marks in _marked(tree):
        if element in gone:
            continue
        if element is not tree and _is_for_screens(str(element.tag), marks):
            gone.update(element.iter(etree.Element))
            _remove(element)
        else:
            kept.append((element, marks))
    return kept


def _tidy(tree: etree._Element, deeper: int) -> None:
    offered: list[str] = []
    for element, marks in _off_screen(tree):
        tag = str(element.tag)
        if tag in _FIELDS or "data-list" in marks or "data-entries" in marks:
            # A list that the learner makes is written on lines as a long text is.
            _on_paper(element, tag if tag in _FIELDS else "textarea", offered)
            continue
        if tag in _PLAIN_TAGS:
            element.tag = _PLAIN_TAGS[tag]
        elif tag in _HEADINGS:
            element.tag = f"h{min(6, int(tag[1]) + deeper)}"
        if marks:
            _bare(element, marks)
    bare = [one for one in _below_it(tree) if len(one) == 0]
    for empty in bare:
        if empty.tag in _MAY_BE_EMPTY and not (empty.text or "").strip(_SPACE):
            _remove(empty)
    for empty in bare:
        if empty.tag in _LISTS:
            before = empty.getprevious()
            if before is not None and before.tag == "p":
                _remove(before)  # it announced what only a screen would show
            _remove(empty)


def _below_it(top: etree._Element) -> Iterator[etree._Element]:
    """All elements in an element, in their order."""
    found = top.iter(etree.Element)
    next(found)
    return found


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split()


def _is_for_screens(tag: str, marks: Mapping[str, str]) -> bool:
    """Whether an element says or does something that only a page with script can."""
    if tag == "template" or tag.startswith("scormkit-"):
        return True
    if tag == "button" and "data-suggestion" not in marks:
        return True
    if not marks:
        return False
    classes = marks.get("class", "").split()
    hidden = "visually-hidden" in classes and "for" not in marks
    return hidden or not _MARKS.isdisjoint(marks) or not _SEEN_ON_SCREENS.isdisjoint(classes)


def _bare(element: etree._Element, marks: Mapping[str, str]) -> None:
    """Without the names and marks that only scripts and controls need."""
    for name in marks:
        if name not in _KEPT:
            del element.attrib[name]
    classes = " ".join(name for name in marks.get("class", "").split() if name in _CLASSES)
    if classes:
        element.set("class", classes)


def _on_paper(field: etree._Element, tag: str, offered: list[str]) -> None:
    """A control as something to write on: lines, a line, a box to tick. Choices that repeat are ``offered`` once."""
    kind = field.get("type", "text")
    value = field.get("value", "")
    options = [option.text or "" for option in field.findall("option") if option.get("value")]
    tail = field.tail
    field.clear()
    field.tail = tail
    if tag == "select":
        field.tag = "span"
        if options != offered:
            choices = etree.SubElement(field, "span", {"class": "hint"})
            choices.text = " · ".join(options)
            offered[:] = options
        etree.SubElement(field, "span", {"class": "line"})
    elif tag == "textarea":
        field.tag = "div"
        field.set("class", "lines")
    elif kind in {"radio", "checkbox"}:
        field.tag = "span"
        field.set("class", "box")
    else:
        field.tag = "span"
        field.set("class", "line")
        field.text = value


def _right(tree: etree._Element, block: CompiledBlock) -> Iterator[tuple[str, ...]]:
    for one in block.activity.interactions():
        if one.correct_responses:
            said = _said(one, one.correct_responses[0], tree)
            yield (f"{one.description}: {' · '.join(said)}",) if one.key else said


def _said(one: Interaction, response: Response, tree: etree._Element) -> tuple[str, ...]:
    if isinstance(response, bool):
        value = "true" if response else "false"
        return (" ".join("".join(tree.xpath(f"string(//input[@value='{value}']/..)")).split()),)
    if not isinstance(response, tuple):
        return (f"{response:g}" if isinstance(response, float) else str(response),)
    sources, targets = dict(one.options), dict(one.targets)
    pairs = [part for part in response if not isinstance(part, str)]
    if pairs:
        return tuple(f"{sources.get(source)} → {targets.get(target)}" for source, target in pairs)
    return (" · ".join(sources.get(part, part) for part in response if isinstance(part, str)),)


def _label_of(place: etree._Element) -> str:
    """What feedback is about: the words that stand before it in its row."""
    row = place.getparent()
    if row is None:
        return ""
    heading = row.find(".//label")
    words = row if heading is None else heading
    texts = [text for text in words.itertext() if text.strip() and not _is_below(place, words)]
    own = "".join(place.itertext()).strip()
    return " ".join(text.strip() for text in texts if text.strip() != own)


def _is_below(element: etree._Element, top: etree._Element) -> bool:
    return element is top or any(parent is top for parent in element.iterancestors())


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _inner(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parts = [str(Markup.escape(element.text or ""))]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()
