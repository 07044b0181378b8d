"""Between which numbers a formula can lie, whatever the learner enters: by interval arithmetic, never too narrow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from scormkit.activities.calculator.formula import Formula, FormulaError


class Bounds(NamedTuple):
    """The smallest and the largest value; for a series also the fewest and the most rows."""

    low: float
    high: float
    fewest: int = 0
    most: int = 0

    @property
    def is_series(self) -> bool:
        """Whether it is a series of numbers."""
        return self.most > 0


_LARGEST = 1e15
"""Beyond it whole numbers are no longer exact in a browser (ECMA-262, Number.MAX_SAFE_INTEGER)."""


def bounds(formula: Formula, known: Mapping[str, Bounds]) -> Bounds:
    """The bounds of a formula whose names all stand in ``known``.

    Raises :class:`FormulaError` where a series is taken for a number or the other way round, where a division by 0 is
    possible, a power that is no number, or a result beyond all that a browser can count.
    """
    if isinstance(formula, str):
        return known[formula]
    if not isinstance(formula, list):
        return Bounds(formula, formula)
    name, *parts = str(formula[0]), *formula[1:]
    found = [bounds(part, known) for part in parts]
    series = next((part for part, one in zip(parts, found, strict=True) if one.is_series), None)
    if series is not None and (name not in {"sum", "min", "max", "first", "last"} or len(parts) > 1):
        raise FormulaError(f"{series} is a series, not a number", f"Write sum({series}) or last({series}).")
    if series is None and name in {"sum", "first", "last"}:
        raise FormulaError(f"{name}(…) is of a series", "Name a series in its brackets.")
    result = _applied(name, found)
    if not -_LARGEST <= result.low <= result.high <= _LARGEST:
        raise FormulaError("this can become larger than a browser can count", "Lower largest of its inputs.")
    return result


def _applied(name: str, found: list[Bounds]) -> Bounds:
    first = found[0]
    if name == "sum":
        return _hull(rows * edge for rows in (first.fewest, first.most) for edge in first[:2])
    if name == "round":
        return Bounds(math.floor(first.low + 0.5), math.floor(first.high + 0.5))
    if name == "-" and len(found) == 1:
        return Bounds(-first.high, -first.low)
    if name in {"min", "max", "first", "last"}:
        pick = max if name == "max" else min
        return Bounds(pick(one.low for one in found), pick(one.high for one in found))
    return _of_two(name, first, found[1])


def _of_two(sign: str, left: Bounds, right: Bounds) -> Bounds:
    if sign == "+":
        return Bounds(left.low + right.low, left.high + right.high)
    if sign == "-":
        return Bounds(left.low - right.high, left.high - right.low)
    if sign == "/":
        if right.low <= 0 <= right.high:
            raise FormulaError("this can divide by 0", "Raise smallest of what it divides by above 0.")
        return _hull(one / other for one, other in product(left[:2], right[:2]))
    if sign == "^":
        if left.low < 0 or (left.low == 0 and right.low < 0):
            raise FormulaError("this can be a power of a number below 0", "Raise smallest of its inputs.")
        try:
            return _hull(one**other for one, other in product(left[:2], right[:2]))
        except OverflowError:
            return Bounds(-math.inf, math.inf)
    return _hull(one * other for one, other in product(left[:2], right[:2]))


def _hull(numbers: Iterable[float]) -> Bounds:
    edges = list(numbers)
    return Bounds(min(edges), max(edges))
