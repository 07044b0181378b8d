"""Where answers stand in the LMS's list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scormkit.compiled.numbering import slots_of


@given(st.integers(1, 4000), st.sampled_from([250, 255, 4000]))
def test_the_slots_hold_any_text_of_the_limit_even_with_every_cut_moved(limit: int, size: int) -> None:
    slots = slots_of(limit, size)
    marks_and_moved_cuts = 3 * (slots - 1)
    assert slots * size - marks_and_moved_cuts >= limit
    assert slots == 1 or (slots - 1) * size - 3 * (slots - 2) < limit


def test_what_fits_one_record_takes_one() -> None:
    assert slots_of(255, 255) == 1
    assert slots_of(256, 255) == 2
