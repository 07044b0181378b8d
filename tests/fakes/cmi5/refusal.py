"""Saying no: with an HTTP status, the requirement that was broken, and what stood there."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is an answer, not a mistake of this program
    """A request that the specification refuses."""

    def __init__(self, status: int, requirement: str, message: str) -> None:
        super().__init__(f"{status} {requirement}: {message}")
        self.status = status
        self.requirement = requirement
        self.message = message
