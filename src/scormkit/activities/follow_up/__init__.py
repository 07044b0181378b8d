"""The follow-up's own part of its step: shows the plan, says when the report is due, opens the report's form."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import JsonValue

from scormkit.model.blocks import Activity
from scormkit.model.text import Id


class FollowUp(Activity):
    """Made by the compiler from ``follow_up`` of a session; no author writes it."""

    reads_only: ClassVar[bool] = True

    activity: Literal["follow-up"] = "follow-up"
    plan: str
    """The key of the plan's form, without the session's prefix."""
    plan_step: str | None
    """The step where the plan is made; None where that is in another package."""
    rounds: tuple[str, ...]
    """Keys of the report's forms, without the session's prefix."""
    after: int
    """Days."""
    next_plan: Id | None = None

    def client(self) -> dict[str, JsonValue]:
        """Keys and days; the plan's words are read from its form."""
        found: dict[str, JsonValue] = {"plan": self.plan, "rounds": list(self.rounds), "after": self.after}
        if self.next_plan:
            found["next"] = self.next_plan
        if self.plan_step is None:
            found["apart"] = True
        return found
