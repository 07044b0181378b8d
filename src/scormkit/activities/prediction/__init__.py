"""Prediction: a question that comes later, asked beforehand. Nothing is told and nothing counts; afterwards the
question shows what was said before and what is said now.

The loader puts the question itself in its place (``Graded.as_prediction``), so that it is written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scormkit.model.blocks import Activity, Reference
from scormkit.model.text import Id

if TYPE_CHECKING:
    from collections.abc import Iterator


class Prediction(Activity):
    """A question that comes later, asked beforehand: ``- predicts:`` with its id, and an ``id`` of its own."""

    activity: Literal["prediction"] = "prediction"
    predicts: Id
    """The id of the question that is predicted; it stands further down in the session, and is asked here in the same
    words."""

    def references(self) -> Iterator[Reference]:
        """The question."""
        yield Reference(("predicts",), "activity", self.predicts)


KIND = Prediction
