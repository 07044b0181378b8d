"""Word columns: a few words in each of two columns, each tagged as positive or negative, then others' words to compare.

Reports ``F``: the words of each column; ``I``: how many of them are positive, as a number. An opinion: no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import lines_length, repeated, text_type
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_COLUMN = Rule("CNT-word-columns-1", "The two columns have ids of their own.")
LIMITS_ORDER = Rule("CNT-word-columns-2", "No more words are asked than there is room for.")
WHOSE_WORDS = Rule("CNT-word-columns-3", "Words to compare with say whose they are.")


class WordColumn(Model):
    """A heading with room for words."""

    id: Id
    title: Line
    compare: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Words of others, shown after saving; up to 20."""


class WordColumns(Activity):
    """Two columns of words."""

    activity: Literal["word-columns"] = "word-columns"
    prompt: Markdown
    columns: Annotated[tuple[WordColumn, ...], Field(min_length=2, max_length=2)]
    """The two columns."""
    words: Annotated[int, Field(ge=1, le=8)] = 3
    """How many words there is room for in each column, up to 8."""
    at_least: Annotated[int, Field(ge=1)] = 1
    """How many words each column needs."""
    max_chars: Annotated[int, Field(ge=1, le=100)] = 40
    """The most characters of one word, up to 100: a few words may be meant."""
    compare_title: Line | None = None
    """Whose words ``compare`` holds, for instance: What the article reports."""
    explanation: Markdown | None = None
    """Shown after saving, below the words to compare with."""

    has_right_answer: ClassVar[bool] = False

    @property
    def total_chars(self) -> int:
        """The most characters of a column as it is sent."""
        return lines_length(self.words, self.max_chars)

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, more asked than there is room for, words of nobody."""
        keys = [interaction.key for interaction in self.interactions()]
        for index, key in repeated(self.columns):
            yield Finding(
                ("columns", index, "id"), SAME_COLUMN, f"the column {key} is there twice", "Give it another id."
            )
        for index, column in enumerate(self.columns):
            if keys.count(column.id) == 2 and len({one.id for one in self.columns}) == 2:
                yield Finding(
                    ("columns", index, "id"),
                    SAME_COLUMN,
                    f"the column {column.id} has the name of the other column's count",
                    "Give it an id that does not end in -positive.",
                )
        if self.at_least > self.words:
            yield Finding(
                ("at_least",),
                LIMITS_ORDER,
                f"at_least is {self.at_least}, but words is {self.words}",
                f"Write at_least: {self.words} or less, or more words.",
            )
        if any(column.compare for column in self.columns) != (self.compare_title is not None):
            yield Finding(
                ("compare_title",) if self.compare_title else (),
                WHOSE_WORDS,
                "compare_title has no words below it"
                if self.compare_title
                else "nothing says whose words compare holds",
                "Write compare: in a column."
                if self.compare_title
                else "Write compare_title: What the article reports.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """For each column its words, then how many of them are positive."""
        return tuple(
            interaction
            for column in self.columns
            for interaction in (
                Interaction(
                    key=column.id,
                    type=text_type(self.total_chars),
                    description=f"{column.title}: {self.prompt}",
                    max_chars=self.total_chars,
                ),
                Interaction(
                    key=f"{column.id}-positive", type="numeric", description=f"{column.title}: + ({self.prompt})"
                ),
            )
        )

    def client(self) -> dict[str, JsonValue]:
        """How many words are asked."""
        return {"atLeast": self.at_least}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """All words at full length and tagged, saved often, and changed since."""
        return {
            "texts": {column.id: text(self.words * (self.max_chars + 1) - 1) for column in self.columns},
            "given": {column.id: "+" * self.words for column in self.columns},
            "checks": 99,
            "changed": True,
        }


KIND = WordColumns
