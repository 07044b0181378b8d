"""What must hold across a session: sums, ids, references, and what each activity says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from scormkit.content.follow_up_rules import check_follow_up
from scormkit.content.quiz_rules import asked, check_use
from scormkit.content.rules import (
    CHOICE_OPTIONS,
    COMPLETION_FORM,
    DATE_REAL,
    FIELD_TYPE,
    GROUP_ORDER,
    GROUP_SPLIT,
    ID_UNIQUE,
    PASS_MARK_UNUSED,
    PHASES_FILL_LENGTH,
    QUIZ_PASSABLE,
    REFERENCE,
    REPORT_BACK_ONLY,
)
from scormkit.content.wording import listed, nearest, quoted, shortened
from scormkit.duration import duration_of
from scormkit.model.blocks import Activity, Library, Reference
from scormkit.model.forms import Form, FormField
from scormkit.model.text import parts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scormkit.content.findings import Findings
    from scormkit.model.session import KnowledgeCheck, Phase, Session
    from scormkit.model.text import Path

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

_ASKS = {"max_chars": ("long-text", "short-text"), "default": ("date",), "warn_if": ("date",), "options": ("choice",)}
"""Keys of a form field that only some types use."""


@dataclass(slots=True)
class SessionRules:
    """The rules of one session."""

    session: Session
    findings: Findings
    _places: dict[str, Path] = field(default_factory=dict)
    _activities: dict[str, Activity] = field(default_factory=dict)

    def resolved(self) -> Session:
        """Check everything; the session with its activities resolved. What is wrong goes to the findings."""
        self._ids()
        self._length()
        self._details()
        self._named_things()
        session = self._resolve()
        self._scoring()
        if session.follow_up:
            check_follow_up(session, session.follow_up, [block for _, block in blocks_of(session)], self.findings)
        return session

    def _ids(self) -> None:
        session = self.session
        self._unique(
            [(("phases", index, "id"), phase.id) for index, phase in enumerate(session.phases)]
            + ([(("knowledge_check", "id"), session.knowledge_check.id)] if session.knowledge_check else []),
            "phase",
        )
        blocks = [(path, block) for path, block in blocks_of(session) if block.id]
        self._unique([((*path, "id"), block.id) for path, block in blocks], "activity")
        for path, block in blocks:
            self._places.setdefault(block.id, path)
            self._activities.setdefault(block.id, block)
        self._unique(
            [(("resources", index, "id"), part.id) for index, part in enumerate(session.resources)], "resource"
        )
        self._unique(
            [(("forms", index, "id"), part.id) for index, part in enumerate(session.forms)]
            + [(("handouts", index, "id"), part.id) for index, part in enumerate(session.handouts)],
            "form or handout",
        )
        for index, resource in enumerate(session.resources):
            groups = [(("resources", index, "groups", at), group) for at, group in enumerate(resource.groups)]
            self._unique([((*path, "id"), group.id) for path, group in groups], "group")
            self._unique(
                [
                    ((*path, "items", at, "id"), item.id)
                    for path, group in groups
                    for at, item in enumerate(group.items)
                ],
                "item",
            )

    def _unique(self, ids: Iterable[tuple[Path, str]], what: str) -> None:
        first: dict[str, Path] = {}
        for path, key in ids:
            if key in first:
                line = self.findings.document.at(first[key])[0]
                self.findings.add(
                    ID_UNIQUE,
                    path,
                    f"the id {key} is there twice; the first {what} with it is in line {line}",
                    "Give one of them another id",
                )
            first.setdefault(key, path)

    def _length(self) -> None:
        total = sum(phase.duration for phase in self.session.phases)
        if total != self.session.length:
            sum_, length = duration_of(total), duration_of(self.session.length)
            change = "Shorten" if total > self.session.length else "Lengthen"
            self.findings.add(
                PHASES_FILL_LENGTH,
                ("length",),
                f"phases add up to {sum_}, but length is {length}",
                f"{change} a phase or write length: {sum_}",
            )

    def _details(self) -> None:
        group, source = self.session.group, self.session.source
        if group and group.min > group.max:
            self.findings.add(
                GROUP_ORDER, ("group", "min"), f"min is {group.min}, but max is {group.max}", "Exchange them"
            )
        elif group:
            for index, people in enumerate(group.people):
                if group.groups_of(people) is None:
                    groups = f"{group.count} groups" if group.count else "groups"
                    self.findings.add(
                        GROUP_SPLIT,
                        ("group", "people", index),
                        f"{people} people cannot be split into {groups} of {group.min} to {group.max}",
                        "Write another number, or let groups be smaller or larger",
                    )
        if source and source.published and not _is_day(source.published):
            self.findings.add(
                DATE_REAL,
                ("source", "published"),
                f"{quoted(source.published)} is no date",
                "Write year-month-day, like 2012-07-18",
            )
        for path, part in parts_in(self.session):
            if isinstance(part, FormField):
                self._field(path, part)
            elif isinstance(part, Form):
                self._form(path, part)

    def _form(self, path: Path, form: Form) -> None:
        self._unique([((*path, "fields", index, "id"), part.id) for index, part in enumerate(form.fields)], "field")
        if form.purpose == "report-back":
            return
        for key in ("return_to", "return_by"):
            if getattr(form, key) is not None:
                self.findings.add(
                    REPORT_BACK_ONLY,
                    (*path, key),
                    f"{key} is for reports back, but the purpose is {form.purpose}",
                    "Write purpose: report-back, or take it away",
                )

    def _field(self, path: Path, form_field: FormField) -> None:
        for key, types in _ASKS.items():
            if form_field.type not in types and key in form_field.model_fields_set and getattr(form_field, key):
                self.findings.add(
                    FIELD_TYPE,
                    (*path, key),
                    f"{key} means nothing in a field of type {form_field.type}",
                    f"Take it away, or write type: {listed(types)}",
                )
        self._unique(
            [((*path, "options", index, "id"), part.id) for index, part in enumerate(form_field.options)], "option"
        )
        if form_field.type == "choice" and len(form_field.options) < 2:
            self.findings.add(
                CHOICE_OPTIONS,
                path,
                f"the choice field {form_field.id} has {'one option' if form_field.options else 'no options'}",
                "Write options: with two or more, each with id and text",
            )

    def _named_things(self) -> None:
        session = self.session
        for index, material in enumerate(session.materials):
            self._refer(Reference(("materials", index, "resource"), "resource", material.resource or ""))
            self._refer(Reference(("materials", index, "handout"), "handout", material.handout or ""))
        for index, step in enumerate(session.preparation):
            if step.copies:
                path: Path = ("preparation", index, "copies")
                self._refer(Reference((*path, "resource"), "resource", step.copies.resource or ""))
                self._refer(Reference((*path, "handout"), "handout", step.copies.handout or ""))
                if not step.copies.resource and not step.copies.handout:
                    self.findings.add(
                        REFERENCE, path, "copies says not of what", "Write handout: or resource: with an id"
                    )
        if isinstance(session.completion.activities, tuple):
            self._all("activity", ("completion", "activities"), session.completion.activities)
        self._all("activity", ("keep_last",), session.keep_last)
        for index, key in enumerate(session.completion.forms):
            path = ("completion", "forms", index)
            activity = self._activities.get(key)
            if activity is not None and activity.activity != "form":
                self.findings.add(
                    COMPLETION_FORM,
                    path,
                    f"{key} is a {activity.activity} activity, not a form",
                    "Name a block with activity: form; other activities go to activities",
                )
            self._refer(Reference(path, "activity", key))
        if session.follow_up:
            self._refer(Reference(("follow_up", "form"), "form", session.follow_up.form))
            self._refer(Reference(("follow_up", "plan"), "activity", session.follow_up.plan or ""))

    def _all(self, shelf: str, path: Path, ids: Iterable[str]) -> None:
        for index, key in enumerate(ids):
            self._refer(Reference((*path, index), shelf, key))

    def _shelf(self, name: str) -> list[str]:
        session = self.session
        resources, forms = [part.id for part in session.resources], [part.id for part in session.forms]
        if name == "resource":
            return resources
        if name == "form":
            return forms
        if name == "activity":
            return list(self._activities)
        return [*(part.id for part in session.handouts), *forms, *resources]

    def _refer(self, reference: Reference) -> bool:
        """Whether the reference leads somewhere; a problem otherwise. No id, no reference."""
        path, name, key = reference
        known = self._shelf(name)
        if not key or key in known or (name == "activity" and self._not_understood(key)):
            return True
        meant = nearest(key, known)
        if meant:
            hint = f"Did you mean {meant}?"
        elif known:
            hint = f"There {'is' if len(known) == 1 else 'are'} {listed(known, 'and', 12)}"
        else:
            hint = f"This session has no {_PLURALS.get(name, name)} so far"
        self.findings.add(REFERENCE, path, f"there is no {name} {shortened(key)}", hint)
        return False

    def _not_understood(self, key: str) -> bool:
        """Whether an activity may be there, in a block that has been reported."""
        return not self.findings.mended.activities.isdisjoint({key, ""})

    def _resolve(self) -> Session:
        """Resolve the activities in order and ask each for its problems."""
        session = self.session
        activities: dict[str, Activity] = dict(self._activities)
        library = Library(
            {part.id: part for part in session.resources}, {part.id: part for part in session.forms}, activities
        )
        done: dict[Path, Activity] = {}
        for path, block in blocks_of(session):
            fine = [
                self._refer(Reference((*path, *part), shelf, key)) and key not in self.findings.mended.activities
                for part, shelf, key in block.references()
            ]
            if all(fine):
                done[path] = block.resolved(library)
                if activities.get(block.id) is block:
                    activities[block.id] = done[path]
                for finding in done[path].problems():
                    self.findings.add(finding.rule, (*path, *finding.path), finding.message, finding.hint)
        return _with_blocks(session, asked(session, done, self.findings))

    def _scoring(self) -> None:
        session = self.session
        scored = any(activity.weight() > 0 for activity in self._activities.values()) or bool(
            self.findings.mended.activities
        )
        check_use(session, scored=scored, findings=self.findings)
        if session.completion.quiz == "passed":
            path = ("completion", "quiz")
            if session.mastery_score is None:
                self.findings.add(
                    QUIZ_PASSABLE,
                    path,
                    "quiz must be passed, but there is no mastery_score",
                    "Write mastery_score: 0.6 for 60 %, or quiz: none",
                )
            if not scored:
                self.findings.add(
                    QUIZ_PASSABLE,
                    path,
                    "quiz must be passed, but nothing is scored",
                    "Write scored: true in a question, or quiz: none",
                )
        elif session.mastery_score is not None and not scored:
            self.findings.add(
                PASS_MARK_UNUSED,
                ("mastery_score",),
                "there is a mastery_score, but nothing is scored",
                "Take it away, or write scored: true in a question",
            )


_PLURALS = {"activity": "activities", "resource": "resources", "form": "forms", "handout": "handouts"}


def blocks_of(session: Session) -> Iterator[tuple[Path, Activity]]:
    """Every block with its path: those of the phases, then those of the knowledge check."""
    for number, phase in enumerate(session.phases):
        for index, block in enumerate(phase.blocks):
            yield ("phases", number, "blocks", index), block
    if session.knowledge_check:
        for index, block in enumerate(session.knowledge_check.blocks):
            yield ("knowledge_check", "blocks", index), block


def _with_blocks(session: Session, done: Mapping[Path, Activity]) -> Session:
    def renewed(part: Phase | KnowledgeCheck, path: Path) -> dict[str, tuple[Activity, ...]]:
        return {"blocks": tuple(done.get((*path, "blocks", index), block) for index, block in enumerate(part.blocks))}

    phases = tuple(
        phase.model_copy(update=renewed(phase, ("phases", number))) for number, phase in enumerate(session.phases)
    )
    check = session.knowledge_check
    if check:
        check = check.model_copy(update=renewed(check, ("knowledge_check",)))
    return session.model_copy(update={"phases": phases, "knowledge_check": check})


def _is_day(text: str) -> bool:
    if not _DAY.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
