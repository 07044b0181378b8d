"""Identifiers: the words that answers, stored state and reports hang on."""

from __future__ import annotations

import re
import unicodedata

PATTERN = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
"""What an author may write as an id: lower case ASCII words joined by single hyphens."""

MAX_LENGTH = 48

_VALID = re.compile(PATTERN)

ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
"""An id of the web: a scheme and something behind it, without what may not stand in one (RFC 3987)."""


def is_identifier(text: str) -> bool:
    """Whether ``text`` can stand as an author's id."""
    return len(text) <= MAX_LENGTH and _VALID.fullmatch(text) is not None


def suggested(text: str) -> str:
    """The nearest valid id to any text: ``Who are they?`` becomes ``who-are-they``."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if not words or not words[0].isalpha():
        words = f"id-{words}".strip("-")
    return words[:MAX_LENGTH].rstrip("-")
