"""Card: words of others, set apart: a quotation, or a claim that stays the claim of whoever made it.

Reports ``C``: it is read. Nothing is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from scormkit.model.blocks import Activity, Finding
from scormkit.model.text import Id, Line, Markdown
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_ADDRESS = Rule("CNT-card-1", "The link of a card is a web address.")
CHECKED_QUOTE = Rule("CNT-card-2", "Only of a claim can be said how it was checked.")


class Card(Activity):
    """A quotation or a claim, with where it comes from."""

    reads_only: ClassVar[bool] = True

    activity: Literal["card"] = "card"
    id: Id = ""
    """Not needed: a card has no answers."""
    card: Literal["quote", "claim"]
    """``quote``: the very words of somebody. ``claim``: what a source says, in other words."""
    text: Markdown
    source: Line
    """Who says it: a person, an article, a study."""
    date: Line | None = None
    """When it was said or published."""
    link: Line | None = None
    """Where it can be read, as a web address. Leave it out where you have not opened it yourself."""
    checked: Line | None = None
    """Of a claim: what is known beyond its source. Where it is left out, the card says that nobody has checked it."""

    def problems(self) -> Iterator[Finding]:
        """An address that is none, a quotation that was checked."""
        if self.link is not None and (not self.link.startswith(("https://", "http://")) or " " in self.link):
            yield Finding(
                ("link",), NO_ADDRESS, f"{self.link!r} is no web address", "Write all of it, from https:// on."
            )
        if self.checked is not None and self.card == "quote":
            yield Finding(
                ("checked",),
                CHECKED_QUOTE,
                "a quotation says what somebody said, so there is nothing to check",
                "Leave checked out, or write card: claim.",
            )


KIND = Card
