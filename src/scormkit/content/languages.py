"""The languages in which the page's own words are there, and what an author of another one is told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scormkit.content.rules import LANGUAGE_WORDS
from scormkit.content.wording import listed, quoted
from scormkit.resources import TEMPLATES

if TYPE_CHECKING:
    from scormkit.content.findings import Findings


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages that have a catalogue, sorted."""
    return tuple(sorted(path.stem for path in (TEMPLATES / "messages").glob("*.json")))


def judge_language(findings: Findings, language: str | None) -> None:
    """Warn of a language without a catalogue; a country's variant has the words of its language."""
    if language is None:
        return
    plain = language.partition("-")[0].lower()
    if {language, plain} & set(languages()):
        return
    findings.add(
        LANGUAGE_WORDS,
        ("language",),
        f"there are no words of the page itself in {quoted(language)}: its buttons, hints and messages will be "
        f"English, around texts in {language}",
        f"The page speaks {listed(languages(), 'and')}. For another language put {plain}.json beside each en.json "
        "of scormkit, in templates/messages and in messages of every activity kind; CONTRIBUTING.md, Translate, says "
        "how",
    )
