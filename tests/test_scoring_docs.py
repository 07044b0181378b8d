"""The page on scoring says what the kinds say."""

from __future__ import annotations

from scormkit.model.scoring import Quiz
from tests.credit import PAGE, credits_told, page


def test_every_kind_that_can_be_scored_says_how_its_partial_credit_is_counted() -> None:
    assert [kind for kind, words in credits_told().items() if not words] == []


def test_the_table_of_partial_credit_is_what_the_kinds_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.credit writes the table anew"


def test_every_setting_of_a_quiz_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [key for key in Quiz.model_fields if f"| `{key}` |" not in text] == []
