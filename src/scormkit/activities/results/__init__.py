"""Results: what was right and why, what counts, and how to try again; at the end of a unit with questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from scormkit.model.blocks import Activity

if TYPE_CHECKING:
    from pydantic import JsonValue


class Results(Activity):
    """Made by the compiler; no author writes it."""

    reads_only: ClassVar[bool] = True

    activity: Literal["results"] = "results"
    pass_mark: float | None
    """0 to 1."""
    waits: bool
    """Whether some answers wait for the end."""

    def client(self) -> dict[str, JsonValue]:
        """It reads everything from the page."""
        return {"results": True}
