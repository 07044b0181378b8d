"""Trouble on demand. Nothing sleeps: what is slow waits until the test lets it go."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["refused", "slow", "status", "stored-but-500", "stored-but-silent", "lost-but-200", "no-cors"]


@dataclass
class Trouble:
    """One kind of trouble, until it is over or has come ``times`` times.

    ``at`` names the resource it befalls, ``""`` all of them; ``method`` likewise.
    """

    kind: Kind
    at: str = ""
    status: int = 500
    method: str = ""
    times: int | None = None
    retry_after: str | None = None
    met: int = 0
    """How many requests have met it."""
    gate: threading.Event = field(default_factory=threading.Event)

    def befalls(self, resource: str, method: str) -> bool:
        return self.at in {"", resource} and self.method in {"", method} and self.times != 0

    def meet(self) -> None:
        self.met += 1
        if self.times is not None:
            self.times -= 1

    def over(self) -> None:
        """All is well again, and who waited goes on."""
        self.times = 0
        self.gate.set()
