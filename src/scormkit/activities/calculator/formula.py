"""Formulas as authors write them: ``first_year + growth * (n - 1)``. Parsed here, walked here and in the browser.

A parsed formula is plain data: a number, a name, or a list of an operator and what it is applied to, like
``["+", "first_year", ["*", "growth", ["-", "n", 1]]]``. Nothing is ever run as code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Formula = float | str | list["Formula"]
"""A number, a name, or an operator with what it is applied to."""

Values = Mapping[str, float | Sequence[float]]
"""What the names stand for: a number, or the numbers of a series."""

FUNCTIONS = ("sum", "min", "max", "first", "last", "round")
"""What can be said of a series (and of several numbers: min, max)."""

MOST_PARTS = 100
"""Numbers, names and operators of one formula."""

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/^(),×·÷−]))")  # noqa: RUF001 - as people write
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-"}  # noqa: RUF001 - as people write
_LEVELS = (("+", "-"), ("*", "/"))


class FormulaError(ValueError):
    """What is wrong with a formula, and what to do. ``column`` counts from 0."""

    def __init__(self, message: str, hint: str, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.column = column


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parsed(text: str) -> Formula:
    """The formula. Raises :class:`FormulaError`."""
    tokens = _tokens(text)
    if len(tokens) > MOST_PARTS:
        raise FormulaError(f"this formula has more than {MOST_PARTS} parts", "Split it over several results.")
    parser = _Parser(tokens, text)
    formula = parser.level(0)
    if parser.at < len(tokens):
        token = tokens[parser.at]
        raise FormulaError(
            f"{token.text!r} at character {token.column + 1} is not expected here",
            "Write an operator between two values: + - * / ^.",
            token.column,
        )
    return formula


def names_in(formula: Formula) -> list[str]:
    """The names in a formula, in order, each once; functions are none."""
    if isinstance(formula, str):
        return [formula]
    if isinstance(formula, list):
        return list(dict.fromkeys(name for part in formula[1:] for name in names_in(part)))
    return []


def value(formula: Formula, values: Values) -> float:
    """What the formula is with these values. NaN where it is nothing, for instance divided by 0."""
    found = _value(formula, values)
    return found if isinstance(found, float | int) else math.nan


def _value(formula: Formula, values: Values) -> float | Sequence[float]:
    if isinstance(formula, str):
        return values[formula]
    if not isinstance(formula, list):
        return formula
    name, *parts = formula
    found = [_value(part, values) for part in parts]
    if isinstance(found[0], float | int):
        numbers = [one for one in found if isinstance(one, float | int)]
    else:
        numbers = list(found[0])
    try:
        return _APPLIED[str(name)](numbers)
    except (ZeroDivisionError, OverflowError, ValueError, IndexError):
        return math.nan


def _power(base: float, exponent: float) -> float:
    result = base**exponent
    return result if isinstance(result, float | int) else math.nan


_APPLIED: dict[str, Callable[[list[float]], float]] = {
    "+": lambda numbers: numbers[0] + numbers[1],
    "-": lambda numbers: -numbers[0] if len(numbers) == 1 else numbers[0] - numbers[1],
    "*": lambda numbers: numbers[0] * numbers[1],
    "/": lambda numbers: numbers[0] / numbers[1],
    "^": lambda numbers: _power(numbers[0], numbers[1]),
    "sum": sum,
    "min": min,
    "max": max,
    "first": lambda numbers: numbers[0],
    "last": lambda numbers: numbers[-1],
    # Halves go up, as in the browser.
    "round": lambda numbers: float(math.floor(numbers[0] + 0.5)),
}


def _tokens(text: str) -> list[_Token]:
    tokens = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            column = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(
                f"{text[column]!r} at character {column + 1} means nothing in a formula",
                "Use numbers with a point, names, + - * / ^, brackets and commas.",
                column,
            )
        number, name, sign = match.groups()
        kind = "number" if number else "name" if name else "sign"
        found = number or name or _SIGNS.get(sign, sign)
        tokens.append(_Token(kind, found, match.start(match.lastindex or 0)))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[_Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    def sign(self, *signs: str) -> str:
        """Take one of these signs, or nothing."""
        if self.at < len(self.tokens):
            kind, text, _ = self.tokens[self.at]
            if kind == "sign" and text in signs:
                self.at += 1
                return text
        return ""

    def level(self, number: int) -> Formula:
        """Sums, then products, then what binds more."""
        if number == len(_LEVELS):
            return self.signed()
        left = self.level(number + 1)
        while sign := self.sign(*_LEVELS[number]):
            left = [sign, left, self.level(number + 1)]
        return left

    def signed(self) -> Formula:
        """Perhaps a minus, which binds less than a power: -2^2 is -4."""
        return ["-", self.signed()] if self.sign("-") else self.power()

    def power(self) -> Formula:
        """A power; 2^3^2 is 2^(3^2)."""
        base = self.single()
        return ["^", base, self.signed()] if self.sign("^") else base

    def single(self) -> Formula:
        """A number, a name, a function, or a formula in brackets."""
        if self.at == len(self.tokens):
            raise FormulaError("this formula ends too early", "Write a number or a name after it.", len(self.text))
        kind, text, column = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "name":
            return self.function(text, column) if self.sign("(") else text
        if text == "(":
            inner = self.level(0)
            self.closed(column)
            return inner
        raise FormulaError(
            f"{text!r} at character {column + 1} has nothing to work with",
            "Write a number or a name before it.",
            column,
        )

    def function(self, name: str, column: int) -> Formula:
        """A function with what is in its brackets."""
        if name not in FUNCTIONS:
            raise FormulaError(f"there is no function {name}", f"There are {', '.join(FUNCTIONS)}.", column)
        parts = [self.level(0)]
        while self.sign(","):
            parts.append(self.level(0))
        self.closed(column + len(name))
        if len(parts) > 1 and name not in {"min", "max"}:
            raise FormulaError(f"{name} takes one value, not {len(parts)}", f"Write {name}(…) with one.", column)
        return [name, *parts]

    def closed(self, column: int) -> None:
        """Take the bracket that closes the one at ``column``."""
        if not self.sign(")"):
            raise FormulaError(f"the bracket at character {column + 1} is never closed", "Close it with ).", column)
