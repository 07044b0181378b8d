"""The session plan: what a trainer needs to run a session in a room, and the sheets to print, on one page.

It is made from the same source as the session on the screen, in the session's language, and needs no script.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from scormkit.compiled import follow_up, markdown, pages, plain
from scormkit.compiled.messages import Catalogue, catalogue

if TYPE_CHECKING:
    from scormkit.compiled.course import MediaFile, Package, Unit
    from scormkit.model.forms import Form
    from scormkit.model.session import Group, PerHead, Session

PEOPLE = (6, 12, 18, 24)
"""For how many people is counted where the author says nothing and the groups allow it."""

_PICTURES = {
    "avif": "avif",
    "gif": "gif",
    "jpeg": "jpeg",
    "jpg": "jpeg",
    "png": "png",
    "svg": "svg+xml",
    "webp": "webp",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """A phase with its time on the clock, as ``minutes:seconds`` from the start."""

    start: str
    end: str
    title: str
    setting: str
    """Key of the message for who works together."""
    facilitator: str
    alone: tuple[tuple[str, bool], ...]
    """What somebody does there who works alone: name, and whether it may be left out."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Something to have at hand or to copy, counted for each number of people."""

    item: str
    note: str
    per: PerHead
    quantity: int
    counts: tuple[int | None, ...]
    optional: bool = False


def session_plans(package: Package) -> tuple[tuple[str, bytes], ...]:
    """File name and page of each session's plan; none for a package that only asks for a report.

    Nothing in it depends on the standard, nor on whether sessions share a unit.
    """
    several = sum(len(unit.sessions) for unit in package.units) > 1
    found = []
    for unit in package.units:
        if unit.steps[0].role == "start":
            for session in unit.sessions:
                name = f"{package.id}-{session.id}" if several else package.id
                found.append((f"{name}.session-plan.html", _page(package, unit, session)))
    return tuple(found)


def _page(package: Package, unit: Unit, session: Session) -> bytes:
    language = session.language or package.language
    messages = catalogue(language, ("follow-up",))
    places = unit.places[session.id]
    people = counted_people(session.group)
    steps = plain.steps_of(unit, session, 1)
    check = next((step for step in steps if step.role == "check"), None)
    text = (
        pages.environment()
        .get_template("session-plan.html.j2")
        .render(
            session=session,
            course=package.course_title if package.course_title != session.title else "",
            version=package.version,
            language=language,
            direction=pages.direction_of(language),
            prose=lambda text: markdown.rendered(text, places) if text else "",
            length=_clock(session.length).removesuffix(":00"),
            phases=tuple(_timed(unit, session)),
            people=people,
            groups=tuple(session.group.groups_of(one) for one in people) if session.group else (),
            needed=tuple(_needed(session, people)),
            answers=[(step.title, kept) for step in steps if (kept := [one for one in step.parts if one.answers])],
            forms=tuple(_forms(session, messages)),
            check=check,
            due=_due(session),
            **pages.Words(messages, places).context(),
        )
    )
    return _self_contained(text, unit.media).encode()


def counted_people(group: Group | None) -> tuple[int, ...]:
    """For how many people is counted: what the author says, or numbers that can be split into the groups."""
    if group is None:
        return PEOPLE
    if group.people:
        return group.people
    most = group.max * (group.count or 1)
    return tuple(one for one in PEOPLE if group.groups_of(one)) or tuple(
        dict.fromkeys(most if group.count else most * times for times in (1, 2, 3, 4))
    )


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _timed(unit: Unit, session: Session) -> Iterator[Timed]:
    steps = [step for step in unit.steps if step.session == session.id and step.role == "phase"]
    start = 0
    for phase, step in zip(session.phases, steps, strict=True):
        end = start + phase.duration
        alone = tuple(
            (block.label, not block.activity.required)
            for block in step.blocks
            if (not block.reads_only or block.title is not None) and block.label != block.key  # not an id for a name
        )
        setting = phase.setting.replace(" ", "-")
        yield Timed(_clock(start), _clock(end), phase.title, f"plan.setting.{setting}", phase.facilitator, alone)
        start = end


def _count(session: Session, per: PerHead, quantity: int, people: int) -> int | None:
    groups = session.group.groups_of(people) if session.group else None
    heads = {"session": 1, "group": groups, "person": people}[per]
    return heads if heads is None else heads * quantity


def _needed(session: Session, people: tuple[int, ...]) -> Iterator[Needed]:
    """What is needed, then the sheets to copy that are not among it."""
    for one in session.materials:
        counts = tuple(_count(session, one.per, one.quantity, number) for number in people)
        yield Needed(one.item, one.note or "", one.per, one.quantity, counts)
    known = {(one.handout, one.resource, one.per) for one in session.materials}
    titles = {one.id: one.title for one in session.resources}
    titles |= {one.id: one.title for one in session.forms} | {one.id: one.title for one in session.handouts}
    for step in session.preparation:
        copies = step.copies
        if copies and (copies.handout, copies.resource, copies.per) not in known:
            counts = tuple(_count(session, copies.per, 1, number) for number in people)
            title = titles[copies.handout or copies.resource or ""]
            yield Needed(title, "", copies.per, 1, counts, step.optional)


def _forms(session: Session, messages: Catalogue) -> Iterator[Form]:
    """The forms as they are filled in; the report asks the same on paper as on the screen."""
    settings = session.follow_up
    for form in session.forms:
        asked = settings is not None and form.id == settings.form
        yield follow_up.report_form(session, settings, messages) if settings and asked else form


def _due(session: Session) -> tuple[str, int, str] | None:
    """Message, its number, and the form of the report; None without a follow-up."""
    settings = session.follow_up
    if settings is None:
        return None
    title = next(form.title for form in session.forms if form.id == settings.form)
    if settings.after % 7:
        return "plan.due-days", settings.after, title
    return "plan.due-weeks", settings.after // 7, title


def _self_contained(text: str, media: Iterable[MediaFile]) -> str:
    """The page with its pictures in it; of links to other files their words stay."""
    for one in media:
        address = re.escape(str(escape(one.href)))
        kind = _PICTURES.get(one.file.suffix.lower().removeprefix("."))
        if kind and f'src="{escape(one.href)}"' in text:
            data = base64.b64encode(one.file.read_bytes()).decode()
            text = re.sub(f'src="{address}"', f'src="data:image/{kind};base64,{data}"', text)
        text = re.sub(f'<a href="{address}"[^>]*>(.*?)</a>', r"\1", text, flags=re.DOTALL)
    return text
