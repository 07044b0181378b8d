"""Text: something to read, with a picture if you like, or with what the learner wrote earlier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import JsonValue

from scormkit.model.blocks import Activity, Finding, Reference
from scormkit.model.picture import Image
from scormkit.model.text import Id, Markdown
from scormkit.rule import Rule

NOTHING_TO_READ = Rule("CNT-text-1", "A text block holds a text or a picture.")


class Text(Activity):
    """Something to read."""

    reads_only: ClassVar[bool] = True

    activity: Literal["text"] = "text"
    id: Id = ""
    """Not needed: a text has no answers."""
    text: Markdown | None = None
    image: Image | None = None
    answers_of: tuple[Id, ...] = ()
    """Activities whose answers are shown again here."""

    def references(self) -> Iterator[Reference]:
        """The activities whose answers are shown."""
        for index, key in enumerate(self.answers_of):
            yield Reference(("answers_of", index), "activity", key)

    def problems(self) -> Iterator[Finding]:
        """A block without text and picture shows nothing."""
        if self.text is None and self.image is None:
            yield Finding((), NOTHING_TO_READ, "this text block is empty", "Write text: … or image: ….")

    def client(self) -> dict[str, JsonValue]:
        """Whose answers to show."""
        return {"answersOf": list(self.answers_of)} if self.answers_of else {}


KIND = Text
