"""A picture that a block shows."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from scormkit.model.text import Line, Model


class Image(Model):
    """A picture with what it shows."""

    file: Line
    """The picture's file, from the session's folder on."""
    alt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
    """What the picture shows, for people who do not see it."""
    caption: Line | None = None
