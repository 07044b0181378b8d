"""The plain version: everything of a package on one page, to read and to print, without script.

A kind's markup can be read without script; here its controls become lines to write on and boxes to tick. What the page
shows only after an answer (what is right, why, what to compare with) stands at the end of each session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree
from markupsafe import Markup

from scormkit.compiled import markdown, pages
from scormkit.compiled.course import CompiledBlock, Package, StepRole, Unit
from scormkit.compiled.messages import catalogue
from scormkit.model.interactions import Interaction, Response
from scormkit.model.session import Session

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


def page(package: Package) -> bytes:
    """The page of a whole package, with all sessions of all its units, in the language of the package."""
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


@dataclass(frozen=True, slots=True)
class _Same:
    """A block that is equal to itself alone, which is all that a cache needs to know of it."""

    block: CompiledBlock

    def __hash__(self) -> int:
        return id(self.block)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.block is self.block


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
def _part(same: _Same) -> Part:
    """What a block is on paper. All standards and the session plan share it: taking a page apart takes its time."""
    block = same.block
    tree = etree.fromstring(f"<div>{block.html}</div>", etree.HTMLParser())
    title = block.title or ("" if block.reads_only else block.label)
    right = tuple(_right(tree, block))
    why: list[str] = []
    for later in [one for one in tree.iter(etree.Element) if _is_later(one)]:
        if later.get("data-saved") is None:
            _tidy(later, 0)
            if any(one.tag == "li" or "prose" in _classes(one) for one in _below_it(later)):
                why.append(_inner(later))
        _remove(later)
    feedback = [one for one in tree.iter(etree.Element) if "feedback" in _classes(one)]
    notes = [(_label_of(place), "".join(place.itertext()).strip() or place.get("data-why", "")) for place in feedback]
    if any(note for _, note in notes):
        listed = Markup().join(
            Markup("<li>{}{} {}</li>").format(label, "" if label.endswith(_CLOSED) else ":", note)
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


def _tidy(tree: etree._Element, deeper: int) -> None:
    for gone in [one for one in _below_it(tree) if _is_for_screens(one)]:
        _remove(gone)
    offered: list[str] = []
    for element in list(tree.iter(etree.Element)):
        tag = str(element.tag)
        if tag in _FIELDS or "data-list" in element.attrib or "data-entries" in element.attrib:
            # A list that the learner makes is written on lines as a long text is.
            _on_paper(element, tag if tag in _FIELDS else "textarea", offered)
        elif tag in _PLAIN_TAGS:
            element.tag = _PLAIN_TAGS[tag]
        elif tag in _HEADINGS:
            element.tag = f"h{min(6, int(tag[1]) + deeper)}"
        _bare(element)
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


def _is_later(element: etree._Element) -> bool:
    """Whether it is shown after an answer only."""
    return "data-after" in element.attrib or "verdict" in _classes(element)


def _is_for_screens(element: etree._Element) -> bool:
    """Whether it says or does something that only a page with script can."""
    tag = str(element.tag)
    if tag == "template" or tag.startswith("scormkit-"):
        return True
    if tag == "button" and "data-suggestion" not in element.attrib:
        return True
    if not _MARKS.isdisjoint(element.attrib):
        return True
    classes = _classes(element)
    hidden = "visually-hidden" in classes and "for" not in element.attrib
    return hidden or not _SEEN_ON_SCREENS.isdisjoint(classes)


def _bare(element: etree._Element) -> None:
    """Without the names and marks that only scripts and controls need."""
    classes = " ".join(name for name in element.get("class", "").split() if name in _CLASSES)
    for name in set(element.keys()) - _KEPT:
        del element.attrib[name]
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
