"""Open text: an answer in the learner's own words, then a model answer to compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from pydantic import Field, JsonValue, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.forms import Record
from scormkit.model.interactions import Interaction
from scormkit.model.resources import Resource, ResourceGroup
from scormkit.model.text import Count, Id, Limit, Line, Markdown, Model, sent_length
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_MODEL_ANSWER = Rule("CNT-open-text-1", "A model answer is written out or comes from a resource.")
ONE_LIST_OF_TOPICS = Rule("CNT-open-text-2", "Topics are written out or come from a resource.")
ANSWER_BY_TOPIC = Rule("CNT-open-text-3", "Where there are topics, each has its own model answer.")
SAME_TOPIC = Rule("CNT-open-text-4", "Each topic has an id of its own.")
CHOOSE_OF_TOPICS = Rule("CNT-open-text-5", "A learner chooses at least one and at most all of the topics.")

PLAIN_LANGUAGE = Rule("CNT-open-text-6", "What a plain text is measured by goes with plain_language.")

LONGEST_SENTENCE = 15
"""Words of a sentence that is not yet long, where the author says nothing."""


class Topic(Model):
    """Something to write about."""

    id: Id
    title: Line
    model_answer: Markdown | None = None
    """Shown after saving, to compare with."""


class Subject(NamedTuple):
    """A topic with its model answer, wherever both come from."""

    id: str
    title: str
    text: Markdown | None
    items: tuple[str, ...]


class Place(NamedTuple):
    """One text to write: ``key`` names its record, ``subject`` is its topic where the learner picks none."""

    key: str
    number: int
    subject: Subject | None


class OpenText(Activity):
    """A question that is answered in one's own words."""

    activity: Literal["open-text"] = "open-text"
    prompt: Markdown
    hint: Line | None = None
    max_chars: Limit = 400
    """The most characters of a text. A line break counts as three."""
    model_answer: Markdown | None = None
    """Shown after saving, to compare with."""
    model_from: Id | None = None
    """A resource whose groups are the model answer."""
    topics: tuple[Topic, ...] = ()
    """Topics to write about, a text each."""
    topics_from: Id | None = None
    """A resource whose groups are the topics; a group's entries are its model answer."""
    choose: Annotated[Count, Field(ge=1)] | None = None
    """How many topics the learner picks; all where nothing is said."""

    plain_language: bool = False
    """Whether the page tells while the learner writes how many words and sentences there are, and which sentences and
    words are long. It is advice: neither stored nor reported, and never a score. It counts only, so that it holds in
    every language."""
    longest_sentence: Annotated[Count, Field(ge=3, le=60)] | None = None
    """With ``plain_language``: from more words on a sentence is called long; 15 where nothing is said."""
    avoid: Annotated[tuple[Line, ...], Field(max_length=60)] = ()
    """With ``plain_language``: words that not everybody knows. The page names those that stand in the text just as they
    stand here; other forms of a word are other words."""

    record: Record = "submitted"
    """Who gets what is written: ``submitted`` the trainer; ``kept`` only the learner, stored with the progress in the
    LMS; ``private`` only the learner, in the browser where it was written. The page says so."""

    _model: Resource | None = PrivateAttr(default=None)
    _topics: Resource | None = PrivateAttr(default=None)

    @property
    def promise(self) -> Record:
        """As the author says it."""
        return self.record

    @property
    def model_groups(self) -> tuple[ResourceGroup, ...]:
        """The model answer as lists, where it comes from a resource."""
        return self._model.groups if self._model else ()

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The topics with their model answers; none where there is one question for all."""
        if self.topics:
            return tuple(Subject(topic.id, topic.title, topic.model_answer, ()) for topic in self.topics)
        groups = self._topics.groups if self._topics else ()
        return tuple(Subject(group.id, group.title, None, tuple(item.text for item in group.items)) for group in groups)

    @property
    def picks(self) -> bool:
        """Whether the learner picks among the topics."""
        return self.choose is not None and self.choose < len(self.subjects)

    @property
    def places(self) -> tuple[Place, ...]:
        """The texts to write, in order."""
        if not self.subjects:
            return (Place("", 1, None),)
        if self.picks:
            return tuple(Place(f"text-{number}", number, None) for number in range(1, (self.choose or 0) + 1))
        return tuple(Place(f"text-{number}", number, subject) for number, subject in enumerate(self.subjects, start=1))

    @property
    def compares(self) -> bool:
        """Whether there is anything to compare with."""
        if self.model_answer or self.model_groups:
            return True
        return any(subject.text or subject.items for subject in self.subjects)

    def references(self) -> Iterator[Reference]:
        """The resources with model answers and topics."""
        if self.model_from:
            yield Reference(("model_from",), "resource", self.model_from)
        if self.topics_from:
            yield Reference(("topics_from",), "resource", self.topics_from)

    def resolved(self, library: Library) -> Self:
        """With the resources at hand."""
        copy = self.model_copy()
        copy._model = library.resources.get(self.model_from or "")
        copy._topics = library.resources.get(self.topics_from or "")
        return copy

    def problems(self) -> Iterator[Finding]:
        """Two sources for one thing, topics named twice, more topics to choose than there are."""
        if self.model_answer and self.model_from:
            yield Finding(
                ("model_from",),
                ONE_MODEL_ANSWER,
                f"the model answer is written out and also taken from {self.model_from}",
                "Keep model_answer or model_from.",
            )
        if self.topics and self.topics_from:
            yield Finding(
                ("topics_from",),
                ONE_LIST_OF_TOPICS,
                f"the topics are written out and also taken from {self.topics_from}",
                "Keep topics or topics_from.",
            )
        has_topics = bool(self.topics or self.topics_from)
        for name in ("model_answer", "model_from"):
            if has_topics and getattr(self, name):
                yield Finding(
                    (name,),
                    ANSWER_BY_TOPIC,
                    f"{name} is never shown, because this question has topics",
                    "Write a model_answer with each topic, or take the topics from a resource.",
                )
        for name in ("longest_sentence", "avoid"):
            if getattr(self, name) and not self.plain_language:
                yield Finding(
                    (name,),
                    PLAIN_LANGUAGE,
                    f"{name} is never used, because plain_language is not on",
                    "Write plain_language: true, or take it away.",
                )
        ids = [topic.id for topic in self.topics]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                yield Finding(
                    ("topics", index, "id"),
                    SAME_TOPIC,
                    f"the topic {key} is there twice",
                    "Give it another id.",
                )
        if self.choose is None:
            return
        if not has_topics:
            yield Finding(
                ("choose",),
                CHOOSE_OF_TOPICS,
                f"choose is {self.choose}, but there are no topics",
                "Write topics or topics_from, or leave choose out.",
            )
        elif self.subjects and self.choose > len(self.subjects):
            yield Finding(
                ("choose",),
                CHOOSE_OF_TOPICS,
                f"choose is {self.choose}, but there are {len(self.subjects)} topics",
                f"Write {len(self.subjects)} or less, or add topics.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """A text, or for each topic a text; before it the topic, where the learner picks it. None where the learner
        keeps them."""
        if self.promise != "submitted":
            return ()
        found = []
        for place in self.places:
            description: str = self.prompt
            if self.picks:
                description = f"({place.number}) {self.prompt}"
                found.append(
                    Interaction(
                        key=f"topic-{place.number}",
                        type="fill-in",
                        description=description,
                        max_chars=max(sent_length(subject.title) for subject in self.subjects),
                    )
                )
            elif place.subject:
                description = f"{place.subject.title}: {self.prompt}"
            found.append(
                Interaction(key=place.key, type="long-fill-in", description=description, max_chars=self.max_chars)
            )
        return tuple(found)

    def client(self) -> dict[str, JsonValue]:
        """What a plain text is measured by."""
        if not self.plain_language:
            return {}
        return {"longest": self.longest_sentence or LONGEST_SENTENCE, "avoid": list[JsonValue](self.avoid)}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """All texts at full length, on the topics with the longest ids."""
        state: dict[str, JsonValue] = {
            "texts": {place.key: text(self.max_chars) for place in self.places},
            "saved": True,
        }
        if self.subjects:
            ids = sorted((subject.id for subject in self.subjects), key=len, reverse=True)
            state["topics"] = list[JsonValue](ids[: len(self.places)])
        return state


KIND = OpenText
