"""Calculator: the author's formulas over numbers that the learner enters, worked out as they type.

Reports ``I``: each result, as a number (as a text where it can be beyond 99,999, which is the most that every platform
takes), and the currency where the learner chooses one. The learner's own figures are not reported unless the author
asks for them. Nothing is right or wrong: no score; a question about the result is a ``numeric`` beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, JsonValue, StringConstraints

from scormkit.activities.calculator import currency
from scormkit.activities.calculator.bounds import Bounds, bounds
from scormkit.activities.calculator.currency import Currency
from scormkit.activities.calculator.formula import FUNCTIONS, Formula, FormulaError, names_in, parsed, value
from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import repeated
from scormkit.model.text import Code, Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from scormkit.model.text import Path

SAME_NAME = Rule(
    "CNT-calculator-1", "Each input, series and result has an id of its own, and none is a word of formulas."
)
FORMULA = Rule("CNT-calculator-2", "A formula is written with numbers, names, + - * / ^ and brackets.")
NO_SUCH_NAME = Rule("CNT-calculator-3", "A formula names inputs, the series, and results that stand before it.")
NO_NUMBER = Rule("CNT-calculator-4", "A formula gives a number, whatever is entered.")
RANGE = Rule("CNT-calculator-5", "What an input begins with can be entered.")
ROWS = Rule("CNT-calculator-6", "A series has 1 to 60 rows, and says which is which.")

LARGEST = 99_999
"""The most that every platform takes for a number: one of them reads five digits before the point."""

RESULT_CHARS = 24
"""The most characters of a result that is reported as a text."""

INPUT_CHARS = 24
"""Characters of what is typed that are kept with the stored state."""

MOST_ROWS = 60

Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Unit = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
"""What a number counts; ``{currency}`` in it is the currency."""


class CalculatorInput(Model):
    """A number to enter."""

    id: Id
    """Its name in formulas, with _ in place of each hyphen."""
    label: Line
    hint: Line | None = None
    unit: Unit | None = None
    value: Number
    """What it begins with."""
    smallest: Number = 0.0
    largest: Number = float(LARGEST)
    whole: bool = False
    """Whether only whole numbers fit."""


class Series(Model):
    """Numbers one below the other, a row each."""

    id: Id
    """Its name in the results' formulas: ``sum(…)``, ``last(…)``."""
    title: Line
    """What stands above the table."""
    row: Line = "{n}"
    """What stands before each number; ``{n}`` is the row's number."""
    label: Line
    """What the numbers are."""
    unit: Unit | None = None
    rows: Annotated[int, Field(ge=1, le=MOST_ROWS)] | Code
    """How many rows: a number or a formula."""
    formula: Code
    """A row's number; ``n`` is the row, from 1."""


class Result(Model):
    """A number that comes out."""

    id: Id
    label: Line
    unit: Unit | None = None
    formula: Code
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    """How many decimals are shown and reported, at most."""


class _Shown(NamedTuple):
    """What stands on the page before anything is entered."""

    rows: list[float]
    results: list[float]


class Calculator(Activity):
    """Numbers to play with."""

    activity: Literal["calculator"] = "calculator"
    prompt: Markdown
    inputs: Annotated[tuple[CalculatorInput, ...], Field(min_length=1, max_length=8)]
    """1 to 8 numbers to enter."""
    series: Series | None = None
    results: Annotated[tuple[Result, ...], Field(min_length=1, max_length=6)]
    """1 to 6 numbers that come out; each may use those before it."""
    currencies: Annotated[tuple[Currency, ...], Field(max_length=12)] = ()
    """Codes of ISO 4217, for units with ``{currency}``. It begins with the first; of several the learner chooses.
    Nothing is converted."""
    report_inputs: bool = False
    """Whether what the learner entered is reported too. Their own figures may be a secret of their company."""
    explanation: Markdown | None = None
    """Shown after saving."""

    has_right_answer: ClassVar[bool] = False

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, ranges, formulas that are none or that give no number."""
        yield from self._names()
        things = self._things
        yield from currency.findings(
            self.currencies,
            (((*path, "unit"), thing.unit) for path, thing in things),
            (((*path, "id"), thing.id) for path, thing in things),
        )
        for index, one in enumerate(self.inputs):
            if not one.smallest <= one.value <= one.largest or (one.whole and one.value % 1):
                what = "a whole number " if one.whole else ""
                yield Finding(
                    ("inputs", index, "value"),
                    RANGE,
                    f"value is {one.value:g}, but {what}from {one.smallest:g} to {one.largest:g} is expected",
                    "Change it, or widen smallest and largest.",
                )
        known = self._inputs_bounds
        series = self.series
        if series:
            if "{n}" not in series.row:
                yield Finding(
                    ("series", "row"),
                    ROWS,
                    f"{series.row!r} is the same in each row",
                    "Write {n} where its number goes.",
                )
            rows = yield from self._bounds(("series", "rows"), str(series.rows), known)
            if rows and not (rows.low >= 1 and rows.high <= MOST_ROWS):
                yield Finding(
                    ("series", "rows"),
                    ROWS,
                    f"there can be {rows.low:g} to {rows.high:g} rows, but 1 to {MOST_ROWS} are expected",
                    f"Change smallest and largest of {', '.join(names_in(parsed(str(series.rows)))) or 'it'}.",
                )
            each = yield from self._bounds(
                ("series", "formula"), series.formula, {**known, "n": Bounds(1, rows.high if rows else MOST_ROWS)}
            )
            if rows is None or each is None:
                return
            known[_name(series.id)] = Bounds(each.low, each.high, max(1, int(rows.low)), max(1, int(rows.high)))
        for index, result in enumerate(self.results):
            found = yield from self._bounds(("results", index, "formula"), result.formula, known)
            if found is None:
                return
            known[_name(result.id)] = found

    @property
    def _things(self) -> list[tuple[Path, CalculatorInput | Series | Result]]:
        """Everything with an id and a unit."""
        return [
            *((("inputs", index), one) for index, one in enumerate(self.inputs)),
            *([(("series",), self.series)] if self.series else []),
            *((("results", index), one) for index, one in enumerate(self.results)),
        ]

    def _names(self) -> Iterator[Finding]:
        things = [((*path, "id"), thing) for path, thing in self._things]
        for index, key in repeated([thing for _, thing in things]):
            yield Finding(things[index][0], SAME_NAME, f"the id {key} is there twice", "Give one of them another id.")
        for path, thing in things:
            if thing.id in {"n", *FUNCTIONS}:
                yield Finding(
                    path, SAME_NAME, f"{thing.id} has a meaning of its own in formulas", "Give it another id."
                )

    def _bounds(self, path: Path, text: str, known: dict[str, Bounds]) -> Generator[Finding, None, Bounds | None]:
        """The bounds of a formula, or what is wrong with it."""
        try:
            formula = parsed(text)
        except FormulaError as error:
            yield Finding(path, FORMULA, error.message, error.hint)
            return None
        for name in names_in(formula):
            if name not in known:
                ids = ", ".join(known)
                hint = "Write _ in place of hyphens." if "-" in text and _hyphened(name, text, known) else ""
                yield Finding(path, NO_SUCH_NAME, f"there is no {name} here", hint or f"There are {ids}.")
                return None
        try:
            found = bounds(formula, known)
        except FormulaError as error:
            yield Finding(path, NO_NUMBER, error.message, error.hint)
            return None
        if found.is_series:
            yield Finding(path, NO_NUMBER, f"{text} is a series, not a number", f"Write sum({text}) or last({text}).")
            return None
        return found

    @property
    def _inputs_bounds(self) -> dict[str, Bounds]:
        return {_name(one.id): Bounds(one.smallest, max(one.smallest, one.largest)) for one in self.inputs}

    @property
    def _results_bounds(self) -> list[Bounds]:
        """The bounds of each result, where there are no problems."""
        known = self._inputs_bounds
        if self.series:
            rows = bounds(parsed(str(self.series.rows)), known)
            each = bounds(parsed(self.series.formula), {**known, "n": Bounds(1, rows.high)})
            known[_name(self.series.id)] = Bounds(each.low, each.high, int(rows.low), int(rows.high))
        for result in self.results:
            known[_name(result.id)] = bounds(parsed(result.formula), known)
        return [known[_name(result.id)] for result in self.results]

    @property
    def sums(self) -> bool:
        """Whether a result is the sum of the series: then the sum is written out below the table."""
        series = self.series
        return series is not None and any(["sum", _name(series.id)] == parsed(one.formula) for one in self.results)

    @property
    def shown(self) -> _Shown:
        """The series and the results for what the inputs begin with."""
        values: dict[str, float | Sequence[float]] = {_name(one.id): one.value for one in self.inputs}
        rows: list[float] = []
        if self.series:
            count = int(value(parsed(str(self.series.rows)), values))
            formula = parsed(self.series.formula)
            rows = [value(formula, {**values, "n": float(row)}) for row in range(1, count + 1)]
            values[_name(self.series.id)] = rows
        results = []
        for result in self.results:
            found = value(parsed(result.formula), values)
            values[_name(result.id)] = found
            results.append(found)
        return _Shown(rows, results)

    def number(self, number: float, decimals: int = 2) -> str:
        """A number in words of the page before a browser writes it as its language does."""
        return f"{round(number, decimals):.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{number:.0f}"

    def interactions(self) -> tuple[Interaction, ...]:
        """Each result, then each input where the author asks for them."""
        results = (
            Interaction(key=one.id, type="numeric", description=f"{one.label}: {self.prompt}")
            if _fits(found)
            else Interaction(
                key=one.id, type="fill-in", description=f"{one.label}: {self.prompt}", max_chars=RESULT_CHARS
            )
            for one, found in zip(self.results, self._results_bounds, strict=True)
        )
        inputs = (
            Interaction(key=one.id, type="numeric", description=f"{one.label}: {self.prompt}")
            if _fits(Bounds(one.smallest, one.largest))
            else Interaction(
                key=one.id, type="fill-in", description=f"{one.label}: {self.prompt}", max_chars=RESULT_CHARS
            )
            for one in self.inputs
        )
        chosen = Interaction(
            key=currency.KEY,
            type="choice",
            description=self.prompt,
            options=tuple(Option(code.lower(), code) for code in self.currencies),
        )
        return (*results, *(inputs if self.report_inputs else ()), *([chosen] if len(self.currencies) > 1 else []))

    def client(self) -> dict[str, JsonValue]:
        """The formulas as plain data; whose records are texts."""
        series = self.series
        formulas: list[JsonValue] = [[one.id, _data(one.formula), one.decimals] for one in self.results]
        found: dict[str, JsonValue] = {
            "inputs": [[one.id, one.smallest, one.largest, one.whole] for one in self.inputs],
            "results": formulas,
        }
        if series:
            found["series"] = [_name(series.id), _data(str(series.rows)), _data(series.formula)]
        if texts := [one.key for one in self.interactions() if one.type == "fill-in"]:
            found["texts"] = list[JsonValue](texts)
        if self.report_inputs:
            found["reports"] = True
        return found

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Something long typed everywhere, saved often, and changed since."""
        given: dict[str, JsonValue] = {one.id: text(INPUT_CHARS) for one in self.inputs}
        if len(self.currencies) > 1:
            given[currency.KEY] = self.currencies[-1]
        return {"given": given, "checks": 99, "changed": True}


def _name(key: str) -> str:
    """What an id is called in a formula, where a hyphen is a minus."""
    return key.replace("-", "_")


def _hyphened(name: str, text: str, known: dict[str, Bounds]) -> bool:
    """Whether a name is the beginning of an id that was written with its hyphens."""
    return any("_" in one and one.startswith(name) and one.replace("_", "-") in text for one in known)


def _fits(found: Bounds) -> bool:
    """Whether every platform takes such a number."""
    return found.low >= -LARGEST and found.high <= LARGEST


def _data(text: str) -> JsonValue:
    return _json(parsed(text))


def _json(formula: Formula) -> JsonValue:
    return [_json(part) for part in formula] if isinstance(formula, list) else formula


KIND = Calculator
