"""What an LMS remembers of a registration, of each of its AUs, and of each session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

JsonObject = dict[str, Any]


@dataclass
class Progress:
    """One AU in one registration."""

    completed: bool = False
    passed: bool = False
    waived: bool = False
    satisfied: bool = False


@dataclass
class Session:
    """One launch of an AU, with what it was told and what it has said."""

    id: str
    actor: JsonObject
    registration: str
    activity_id: str
    mode: str
    template: JsonObject
    progress: Progress
    mastery_score: float | None = None
    judged: bool = True
    """False for a plain xAPI launch, which has no rules for sessions."""
    fetched: bool = False
    launch_data_read: bool = False
    preferences_read: bool = False
    verbs: list[str] = field(default_factory=list)
    """Of the cmi5 defined statements, in order."""
    first: datetime | None = None
    latest: datetime | None = None
    abandoned: bool = False

    @property
    def terminated(self) -> bool:
        return "terminated" in self.verbs

    @property
    def open(self) -> bool:
        """Whether its token is still good."""
        return not self.terminated and not self.abandoned
