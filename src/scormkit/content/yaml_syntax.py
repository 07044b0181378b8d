"""PyYAML's syntax errors in plain words, with the place where the mistake is rather than where it was noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from scormkit.content.rules import NO_TABS, NO_TAGS, ONE_DOCUMENT, SYNTAX
from scormkit.content.wording import in_quotes, quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from scormkit.problem import Problem
    from scormkit.rule import Rule

_KEY = re.compile(r"\s*(?:- +)*([^\s:#'\"\[{][^:#]*):(?:\s|$)")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*([A-Za-z][\w-]*):\S")


class _Spot(NamedTuple):
    """Where the parser was: the line and column it names (from 0), and those of what it was reading."""

    lines: list[str]
    line: int
    column: int
    context_line: int
    context_column: int

    def text(self, line: int | None = None) -> str:
        """A line; empty beyond the end."""
        number = self.line if line is None else line
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def value(self) -> str:
        """The line from the place on."""
        return self.text()[self.column :].strip()


class _Finding(NamedTuple):
    message: str
    hint: str
    rule: Rule = SYNTAX
    at_context: bool = False


def syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """What PyYAML found wrong in ``text``."""
    spot, words = _spot(error, text)
    found = _finding(spot, words)
    line, column = (spot.context_line, spot.context_column) if found.at_context else (spot.line, spot.column)
    return found.rule.problem(f"{found.message}.", f"{found.hint}.", file=name, line=line + 1, column=column + 1)


def _spot(error: yaml.YAMLError, text: str) -> tuple[_Spot, str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not isinstance(error, yaml.MarkedYAMLError):
        return _Spot(lines, 0, 0, 0, 0), ""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context = error.context_mark or mark
    around = (context.line, context.column) if context else (line, column)
    return _Spot(lines, line, column, *around), f"{error.context or ''}: {error.problem or ''}"


def _finding(spot: _Spot, words: str) -> _Finding:
    indentation = spot.text()[: len(spot.text()) - len(spot.text().lstrip())]
    if "tab character" in words or "\t" in indentation:
        return _Finding("a tab indents this line", "Use spaces, two for each level", NO_TABS)
    for fragment, explain in _EXPLANATIONS:
        if fragment in words:
            return explain(spot)
    return _Finding("this is not valid YAML", "Compare its indentation, colons and quotes with the lines above")


def _colon(spot: _Spot) -> _Finding:
    before = spot.text()[: spot.column]
    key = _KEY.match(before + " ")
    if key:
        value = spot.text()[key.end() - 1 :].strip()
        return _Finding(
            "a colon followed by a space stands inside a text",
            f"Put the text in quotes: {shortened(key[1])}: {in_quotes(value)}",
        )
    above = spot.line - 1
    if above < 0:
        return _Finding("this is too long for a key", "Put a text with a colon in quotes")
    while above > 0 and not spot.text(above).strip():
        above -= 1
    glued = _KEY_WITHOUT_SPACE.match(spot.text(above))
    if glued:
        return _Finding(
            f"the space after the colon of {shortened(glued[1])} in line {above + 1} is missing",
            f"Write {shortened(glued[1])}: and a space",
        )
    if _KEY.match(spot.text(above)):
        return _Finding(
            "this line is indented more than the line above, which has a value already",
            f"Begin it below the first letter of line {above + 1}, or take the value there away",
        )
    return _Finding(
        f"a key stands where the text of line {above + 1} goes on",
        "Give the line above a key: of its own, or put a text with a colon in quotes",
    )


def _first_character(spot: _Spot) -> _Finding:
    value = spot.value()
    return _Finding(f"a text cannot begin with {shortened(value[:1])}", f"Put the text in quotes: {in_quotes(value)}")


def _star_or_and(spot: _Spot) -> _Finding:
    value = spot.text(spot.context_line)[spot.context_column :].strip()
    return _Finding(
        f"a text cannot begin with {shortened(value[:1])}",
        f"Put the text in quotes: {in_quotes(value)}",
        at_context=True,
    )


def _expected_key(spot: _Spot) -> _Finding:
    before = spot.text()[: spot.column].rstrip()
    if before.endswith(("'", '"')):
        quote = before[-1]
        opened = _opened_above(spot, quote) if before.count(quote) % 2 else None
        if opened is not None:
            return _Finding(
                f"the text that a quote opens in line {opened + 1} goes on up to here",
                f"Close it with {quote} at its end in line {opened + 1}",
            )
        return _Finding(
            "there is more text after the closing quote",
            "Put the whole text in one pair of quotes; inside '…', write an apostrophe twice",
        )
    if spot.value().startswith(":"):
        return _Finding("there is no key before this colon", "Write key: value")
    if spot.value().startswith("- ") and spot.column == _indentation(spot.text()):
        return _Finding(
            f"an entry of a list stands among the keys that begin in line {spot.context_line + 1}",
            "Indent it below the key that the list belongs to",
        )
    return _misfit(spot, "keys")


def _opened_above(spot: _Spot, quote: str) -> int | None:
    """The line above with a quote that is left open, when a quote of this line closes it."""
    for number in range(spot.line - 1, max(-1, spot.line - 1000), -1):
        if spot.text(number).count(quote) % 2:
            return number
    return None


def _expected_dash(spot: _Spot) -> _Finding:
    return _misfit(spot, "list")


def _misfit(spot: _Spot, what: str) -> _Finding:
    spaces = spot.context_column
    begins = "begins" if what == "list" else "begin"
    return _Finding(
        f"the indentation does not fit: the {what} around this line {begins} in line {spot.context_line + 1} "
        f"with {spaces} space{'' if spaces == 1 else 's'} before {'it' if what == 'list' else 'them'}",
        "Line this up with what it belongs to",
    )


def _unclosed_bracket(spot: _Spot) -> _Finding:
    bracket = spot.text(spot.context_line)[spot.context_column : spot.context_column + 1]
    closing = "]" if bracket == "[" else "}"
    if spot.line == spot.context_line and spot.value():
        return _Finding(
            f"a comma or the closing {closing} is missing before this",
            "Put texts with commas, colons or brackets inside in quotes",
        )
    if re.search(r"\s#", spot.text(spot.context_line)[spot.context_column :]):
        return _Finding(
            f"this {bracket} is not closed before the # that begins a comment",
            "Put a text with # in quotes",
            at_context=True,
        )
    return _Finding(f"this {bracket} is never closed", f"Close it with {closing}", at_context=True)


def _unclosed_quote(spot: _Spot) -> _Finding:
    quote = spot.text(spot.context_line)[spot.context_column : spot.context_column + 1]
    return _Finding(
        "the quote that opens here is never closed", f"Close it with {quote} at the end of the text", at_context=True
    )


def _no_colon(spot: _Spot) -> _Finding:
    line = spot.text(spot.context_line).strip()
    return _Finding(
        f"there is no colon after {quoted(line)}",
        "Write key: value; a text that goes on over several lines is indented more than its key",
        at_context=True,
    )


def _dash(_: _Spot) -> _Finding:
    return _Finding(
        "a list cannot begin on the line of its key",
        "Begin it on the next line, or put a text that begins with - in quotes",
    )


def _question(spot: _Spot) -> _Finding:
    return _Finding("a text cannot begin with ? and a space", f"Put it in quotes: {in_quotes(spot.value())}")


def _no_value(spot: _Spot) -> _Finding:
    value = spot.value()
    if not value:
        return _Finding("a value is missing here", "Write it, or close the brackets before")
    return _Finding(
        f"a value is expected, but {shortened(value[:1])} stands here",
        f"Put a text that begins with {shortened(value[:1])} in quotes, or take it away",
    )


def _escape(_: _Spot) -> _Finding:
    return _Finding(
        "in double quotes a backslash begins a code, and this is none",
        r"Write \\ for a backslash, or put the text in single quotes",
    )


def _block_text(spot: _Spot) -> _Finding:
    mark = spot.text(spot.context_line)[spot.context_column : spot.context_column + 1]
    return _Finding(
        f"nothing may follow {mark} on its line",
        f"Begin the text on the next line, indented; put a text that begins with {mark} in quotes",
    )


def _document(_: _Spot) -> _Finding:
    return _Finding(
        "a second document begins here", "Delete this line, or move what follows into a file of its own", ONE_DOCUMENT
    )


def _directive(_: _Spot) -> _Finding:
    return _Finding(
        "a line that begins with % is an order to the parser, and this one is not known", "Take the line out"
    )


def _tag(spot: _Spot) -> _Finding:
    return _Finding("a text cannot begin with !", f"Put it in quotes: {in_quotes(spot.value())}", NO_TAGS)


_EXPLANATIONS: tuple[tuple[str, Callable[[_Spot], _Finding]], ...] = (
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("cannot start any token", _first_character),
    ("mapping values are not allowed", _colon),
    ("an alias", _star_or_and),
    ("an anchor", _star_or_and),
    ("tag", _tag),
    ("quoted scalar: found unexpected", _unclosed_quote),
    ("quoted scalar", _escape),
    ("block scalar", _block_text),
    ("could not find expected ':'", _no_colon),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _question),
    ("expected ',' or", _unclosed_bracket),
    ("expected '-' indicator", _expected_dash),
    ("expected key", _expected_key),
    ("node content", _no_value),
    ("document start", _document),
)
"""A fragment of the parser's words, and what to make of it; the first that fits counts."""


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
