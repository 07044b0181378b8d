"""The accent can be read, whatever colour a brand has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scormkit.colour import DARK_PAPER, LIGHT_PAPER, accent_of, contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_any_accent_is_readable_on_light_and_on_dark_paper(colour: str) -> None:
    accent = accent_of(colour)
    assert contrast(accent.light, LIGHT_PAPER) >= 4.5
    assert contrast(accent.dark, DARK_PAPER) >= 4.5


def test_an_accent_that_is_readable_stays_as_it_is() -> None:
    assert accent_of("#0b6e4f").light == "#0b6e4f"


def test_contrast_is_that_of_the_guideline() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
