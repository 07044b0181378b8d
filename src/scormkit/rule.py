"""Rules: what is checked, how severe a breach is, and which document says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from scormkit.problem import Problem, Severity

_RULES: dict[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. ``id`` names its test and its place in the docs; ``source`` names document and section.

    Prefixes: ``CNT-`` content, ``PKG-`` any zip, ``S12-`` SCORM 1.2, ``S04-`` SCORM 2004, ``CMI5-`` cmi5, ``XAPI-``
    tincan.xml, ``WEB-`` web pages, ``ANS-`` answers read back.
    Raises ``ValueError`` when two rules share an id.
    """

    id: str
    title: str
    source: str = "scormkit"
    severity: Severity = field(default="error", kw_only=True)

    def __post_init__(self) -> None:
        known = _RULES.setdefault(self.id, self)
        if known is not self and known != self:
            raise ValueError(f"two rules have the id {self.id}")

    def problem(self, message: str, hint: str = "", *, file: str, line: int = 0, column: int = 0) -> Problem:
        """This rule broken at one place."""
        return Problem(file, line, column, self.id, message, hint, self.severity)


def rules() -> tuple[Rule, ...]:
    """Every rule of the modules imported so far, by id."""
    return tuple(_RULES[key] for key in sorted(_RULES))
