"""Map: the learner draws what leads to the middle, and may later write a note on each of its pathways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, JsonValue, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.resources import Resource, ResourceGroup
from scormkit.model.text import Count, Id, Limit, Line, Markdown, sent_length
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS_IN_ORDER = Rule("CNT-map-1", "A map asks for no more pathways than it has room for.")
LABEL_FITS = Rule("CNT-map-2", "What is put on a map fits the limit of a label.")
LABEL_SHORT = Rule("CNT-map-3", "A label on a map has at most 100 characters.")
NOTES_FOR_MAP = Rule("CNT-map-4", "Notes are written for a map.")
ONE_STAGE = Rule("CNT-map-5", "A map is either drawn or has notes written for it.")
ONE_LIST_OF_SUGGESTIONS = Rule("CNT-map-6", "Suggestions are written out or come from a resource.")

LABEL_CHARS = 40
NOTE_CHARS = 180
LONGEST_LABEL = 100
NONE_ASKED_TWICE = "none, asked twice"
"""Recorded where the learner was asked again and still sees no part of their own. The same in every language,
so that reports can count it."""

_DRAWING = ("centre", "suggestions", "suggest_from", "at_least", "at_most")
_NOTING = ("ask_again", "examples_from")


class Map(Activity):
    """A middle with pathways that lead to it; with ``notes_for``, notes on the pathways of an earlier map."""

    activity: Literal["map"] = "map"
    prompt: Markdown
    centre: Line | None = None
    """What is in the middle; the learner may change it. "Your organisation" where nothing is said."""
    suggestions: tuple[Line, ...] = ()
    """Labels that can be added with one press."""
    suggest_from: Id | None = None
    """A resource whose groups' titles are suggested."""
    at_least: Count = 3
    """How many pathways the learner is asked for."""
    at_most: Annotated[Count, Field(ge=1, le=20)] = 10
    """How many pathways there is room for."""
    max_chars: Limit | None = None
    """The most characters of a label (40 where nothing is said), or of a note (180)."""
    notes_for: Id | None = None
    """The id of an earlier map: this one then asks for a note on each of its pathways."""
    ask_again: Markdown | None = None
    """Said once where a note is empty."""
    examples_from: Id | None = None
    """A resource with examples: the group that resembles the pathway is shown with ``ask_again``."""

    _resource: Resource | None = PrivateAttr(default=None)
    _earlier: Activity | None = PrivateAttr(default=None)

    @property
    def limit(self) -> int:
        """The most characters of a label; of a note, in the second stage."""
        return self.max_chars or (NOTE_CHARS if self.notes_for else LABEL_CHARS)

    @property
    def suggested(self) -> tuple[str, ...]:
        """The labels that are suggested, each once."""
        groups = self._resource.groups if self._resource and self.suggest_from else ()
        return tuple(dict.fromkeys((*self.suggestions, *(group.title for group in groups))))

    @property
    def examples(self) -> tuple[ResourceGroup, ...]:
        """Groups with examples for the second stage."""
        return self._resource.groups if self._resource and self.examples_from else ()

    @property
    def places(self) -> int:
        """How many pathways there can be; in the second stage, those of the earlier map."""
        return self._earlier.at_most if isinstance(self._earlier, Map) else self.at_most

    @property
    def label_limit(self) -> int:
        """The most characters of a pathway's label, in either stage."""
        if self.notes_for is None:
            return self.limit
        return self._earlier.limit if isinstance(self._earlier, Map) else LABEL_CHARS

    def references(self) -> Iterator[Reference]:
        """The resources and the earlier map."""
        for name in ("suggest_from", "examples_from"):
            if key := getattr(self, name):
                yield Reference((name,), "resource", key)
        if self.notes_for:
            yield Reference(("notes_for",), "activity", self.notes_for)

    def resolved(self, library: Library) -> Self:
        """With the resource and the earlier map at hand."""
        copy = self.model_copy()
        copy._resource = library.resources.get(self.suggest_from or self.examples_from or "")
        copy._earlier = library.activities.get(self.notes_for or "")
        return copy

    def problems(self) -> Iterator[Finding]:
        """Limits that contradict each other, labels that do not fit, notes for something that is no map."""
        yield from self._misplaced()
        yield from self._noted() if self.notes_for else self._drawn()

    def _misplaced(self) -> Iterator[Finding]:
        names: tuple[str, ...]
        if self.notes_for:
            names, where, mend = _DRAWING, "with notes_for", "write it in the map that is drawn"
        else:
            names, where, mend = _NOTING, "without notes_for", "add notes_for"
        for name in names:
            if name in self.model_fields_set:
                yield Finding(
                    (name,), ONE_STAGE, f"{name} has no use in a map {where}", f"Leave {name} out, or {mend}."
                )

    def _noted(self) -> Iterator[Finding]:
        earlier = self._earlier
        if earlier is None:
            return
        if not isinstance(earlier, Map):
            message = f"notes_for names {self.notes_for}, which is no map but {earlier.activity}"
        elif earlier.notes_for:
            message = f"notes_for names {self.notes_for}, which itself holds notes"
        else:
            return
        yield Finding(("notes_for",), NOTES_FOR_MAP, message, "Name the map in which the learner adds the pathways.")

    def _drawn(self) -> Iterator[Finding]:
        if self.at_least > self.at_most:
            yield Finding(
                ("at_least",) if "at_least" in self.model_fields_set else ("at_most",),
                LABELS_IN_ORDER,
                f"at_least is {self.at_least}, but at_most is {self.at_most}",
                f"Write at_least: {self.at_most} or less, or a larger at_most.",
            )
        if self.limit > LONGEST_LABEL:
            yield Finding(
                ("max_chars",),
                LABEL_SHORT,
                f"max_chars is {self.limit}, too much for a label on a map",
                f"Write {LONGEST_LABEL} or less; longer texts belong in notes.",
            )
        if self.suggestions and self.suggest_from:
            yield Finding(
                ("suggest_from",),
                ONE_LIST_OF_SUGGESTIONS,
                f"suggestions are written out and also taken from {self.suggest_from}",
                "Keep suggestions or suggest_from.",
            )
        if self.centre and sent_length(self.centre) > self.limit:
            yield self._too_long(("centre",), self.centre)
        for index, label in enumerate(self.suggestions):
            if sent_length(label) > self.limit:
                yield self._too_long(("suggestions", index), label)
        for label in self.suggested[len(dict.fromkeys(self.suggestions)) :]:
            if sent_length(label) > self.limit:
                yield self._too_long(("suggest_from",), label)

    def _too_long(self, path: tuple[str | int, ...], label: str) -> Finding:
        return Finding(
            path,
            LABEL_FITS,
            f"“{label}” takes {sent_length(label)} characters, but a label has at most {self.limit}",
            f"Shorten it, or write max_chars: {sent_length(label)}.",
        )

    def interactions(self) -> tuple[Interaction, ...]:
        """The labels and how many they are; or a note for each place that the earlier map has room for."""
        if not self.notes_for:
            # Between two labels stands a line break, which takes three characters when it is sent.
            room = self.places * self.limit + 3 * (self.places - 1)
            return (
                Interaction(key="", type="long-fill-in", description=self.prompt, max_chars=room),
                Interaction(key="count", type="numeric", description=self.prompt),
            )
        room = self.label_limit + len(": ") + max(self.limit, len(NONE_ASKED_TWICE))
        return tuple(
            Interaction(
                key=f"note-{place}",
                type="long-fill-in",
                description=f"({place}) {self.prompt}",
                max_chars=room,
            )
            for place in range(1, self.places + 1)
        )

    def client(self) -> dict[str, JsonValue]:
        """The limits of the list; or which map the notes are for."""
        if self.notes_for:
            return {"notesFor": self.notes_for}
        return {"atLeast": self.at_least, "atMost": self.at_most}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Every label and every note at full length."""
        if not self.notes_for:
            labels = "\n".join(text(self.limit) for _ in range(self.places))
            return {"centre": text(self.limit), "texts": {"": labels}}
        places = range(1, self.places + 1)
        return {
            "texts": {f"note-{place}": f"{text(self.label_limit)}\n{text(self.limit)}" for place in places},
            "none": list[JsonValue](places),
            "asked": list[JsonValue](places),
            "saved": True,
        }


KIND = Map
