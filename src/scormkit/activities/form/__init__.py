"""Form: an action plan, a report back, or anything else that is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import JsonValue, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.forms import Form as Handout
from scormkit.model.forms import FormField, Record
from scormkit.model.interactions import Interaction, InteractionType, Role, ValueFormat
from scormkit.model.text import Id, Markdown, sent_length
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_SOURCE = Rule("CNT-form-1", "The fields of a form come from a handout or stand in the activity.")
SAME_FIELD = Rule("CNT-form-2", "Each field of a form has an id of its own.")
RETURNED = Rule("CNT-form-3", "A form that goes to somebody is submitted.")

NAME_CHARS = 60
"""The most characters of a typed name, which is kept with the stored state."""

_ROLES: dict[str, Role] = {"action-plan": "plan", "report-back": "report"}

Purpose = Literal["action-plan", "report-back", "feedback", "other"]


class Form(Activity):
    """Something to fill in, to keep and to print."""

    activity: Literal["form"] = "form"
    prompt: Markdown | None = None
    form: Id | None = None
    """The id of a form of the session."""
    fields: tuple[FormField, ...] = ()
    """The fields, where no form is named."""
    purpose: Purpose | None = None
    """What it is for; the named form's purpose, or ``other``, where nothing is said."""

    record: Record | None = None
    """Who gets what is written: ``submitted``, ``kept`` or ``private``; the named form's word, or ``submitted``, where
    nothing is said."""

    _handout: Handout | None = PrivateAttr(default=None)
    _inline: bool = PrivateAttr(default=True)

    @property
    def handout(self) -> Handout | None:
        """The form of the session that it shows."""
        return self._handout

    @property
    def keeps(self) -> bool:
        """Whether the learner gets a copy to print or to download."""
        return self.purpose in {"action-plan", "report-back"}

    @property
    def promise(self) -> Record:
        """As it stands here or in the form of the session."""
        return self.record or "submitted"

    def limit_of(self, field: FormField) -> int:
        """The most characters of a text field."""
        return NAME_CHARS if field.type == "name" else field.limit

    def references(self) -> Iterator[Reference]:
        """The form."""
        if self.form:
            yield Reference(("form",), "form", self.form)

    def resolved(self, library: Library) -> Self:
        """With title, purpose and fields of the form."""
        handout = library.forms.get(self.form or "")
        if handout is None:
            return self.model_copy(update={"purpose": self.purpose or "other"})
        copy = self.model_copy(
            update={
                "title": self.title or handout.title,
                "purpose": self.purpose or handout.purpose,
                "record": self.record or handout.record,
                "fields": self.fields or handout.fields,
            }
        )
        copy._handout = handout
        copy._inline = bool(self.fields)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Fields from two places or from none, ids that are there twice, settings that do not fit a field."""
        if self.form and self.fields and self._inline:
            yield Finding(
                ("fields",),
                ONE_SOURCE,
                f"the fields stand here and also come from the form {self.form}",
                "Keep form or fields.",
            )
        elif not self.form and not self.fields:
            yield Finding((), ONE_SOURCE, "this form has no fields", "Write form: with a form's id, or fields.")
        if self.handout and self.handout.return_to and self.promise != "submitted":
            yield Finding(
                ("form",),
                RETURNED,
                f"the form {self.form} goes to {self.handout.return_to!r}, but its record is {self.promise}, so nobody "
                "gets it",
                "Write record: submitted, or take return_to out of the form.",
            )
        if not self._inline:
            return  # the form's fields are checked where they stand
        ids = [field.id for field in self.fields]
        for index, field in enumerate(self.fields):
            if field.id in ids[:index]:
                yield Finding(
                    ("fields", index, "id"),
                    SAME_FIELD,
                    f"the field {field.id} is there twice",
                    "Give it another id.",
                )

    def interactions(self) -> tuple[Interaction, ...]:
        """A record for each field but names and what the author keeps back, which stay with the learner; none where
        all of it stays with them."""
        if self.promise != "submitted":
            return ()
        found = []
        for field in self.fields:
            if field.type == "name" or field.record == "none":
                continue
            kind: InteractionType = "long-fill-in" if field.type == "long-text" else "fill-in"
            longest = field.limit
            form: ValueFormat = ""
            if field.type == "date":
                longest = len("yyyy-mm-dd")
                form = "due" if field is self._due else "date"
            elif field.type == "choice":
                longest = max((sent_length(option.text) for option in field.options), default=1)
            digest = field.record == "digest"
            role = _ROLES.get(self.purpose or "", "")
            found.append(
                Interaction(field.id, kind, field.label, max_chars=longest, digest=digest, role=role, format=form)
            )
        return tuple(found)

    @property
    def _due(self) -> FormField | None:
        """The day by which a plan is to be done: its first date that is not today's."""
        dates = (field for field in self.fields if field.type == "date" and field.default != 0)
        return next(dates, None) if self.purpose == "action-plan" else None

    def client(self) -> dict[str, JsonValue]:
        """The fields that the text of the whole form must leave out, where there are any."""
        withheld: list[JsonValue] = [field.id for field in self.fields if field.record != "full"]
        return {"withheld": withheld} if withheld else {}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Every field filled in."""
        state: dict[str, JsonValue] = {}
        for field in self.fields:
            shelf, value = "texts", text(self.limit_of(field))
            if field.type == "date":
                shelf, value = "dates", "yyyy-mm-dd"
            elif field.type == "choice":
                shelf, value = "choices", max((option.id for option in field.options), key=len, default="")
            elif field.type == "name":
                shelf = "names"
            group = state.setdefault(shelf, {})
            if isinstance(group, dict):
                group[field.id] = value
        state["saved"] = "yyyy-mm-dd"
        return state


KIND = Form
