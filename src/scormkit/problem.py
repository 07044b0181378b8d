"""One thing that is wrong: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """A finding about one place of the source or of a package.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        label = "warning: " if self.severity == "warning" else ""
        stop = "" if not self.hint or self.message.endswith((".", "!", "?")) else "."
        return f"{place} {self.rule} {label}{self.message}{stop} {self.hint}".rstrip()

    def as_dict(self) -> dict[str, str | int]:
        """The same as plain data, for ``--format json``."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
        }


class ProblemsFound(Exception):  # noqa: N818 - it carries findings of the user's input, it is no fault of ours
    """Work stopped because of problems in the input; ``problems`` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that keep a package from being built."""
    return [problem for problem in problems if problem.severity == "error"]
