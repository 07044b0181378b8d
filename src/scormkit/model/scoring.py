"""What counts as done, declared once."""

from __future__ import annotations

from typing import Literal

from scormkit.model.text import Id, Model


class Completion(Model):
    """The rule that decides when a session is completed. Everything named must be true."""

    phases: Literal["all", "none"] = "all"
    """``all``: every step was seen."""
    activities: Literal["required", "none"] | tuple[Id, ...] = "none"
    """``required``: every activity that is required is done; or a list of ids."""
    forms: tuple[Id, ...] = ()
    """Form activities that must be saved with all required fields."""
    quiz: Literal["none", "passed"] = "none"
    """``passed``: the score reaches ``mastery_score``."""
