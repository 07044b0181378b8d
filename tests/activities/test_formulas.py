"""Formulas of the calculator: what they mean, what is wrong with them, and between which numbers they lie."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scormkit.activities.calculator import Calculator
from scormkit.activities.calculator.bounds import Bounds, bounds
from scormkit.activities.calculator.formula import FormulaError, Values, names_in, parsed, value

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "formulas.json").read_text(encoding="utf-8"))
"""The browser walks the same ones (``walk.test.ts``)."""
VALUES: Values = {"start": 10.0, "step": 2.0, "n": 5.0, "sales": [10.0, 12.0, 14.0, 16.0, 18.0]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["formula"]))
def test_a_formula_means_what_it_means_on_paper(case: dict[str, Any]) -> None:
    formula = parsed(case["formula"])
    assert formula == case["parsed"]
    assert value(formula, VALUES) == pytest.approx(case["value"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this formula ends too early"),
        ("1 +", "this formula ends too early"),
        ("* 2", "'*' at character 1 has nothing to work with"),
        ("(1 + 2", "the bracket at character 1 is never closed"),
        ("1 + 2)", "')' at character 6 is not expected here"),
        ("2 years", "'years' at character 3 is not expected here"),
        ("1,5 * 2", "',' at character 2 is not expected here"),
        ("years % 2", "'%' at character 7 means nothing in a formula"),
        ("__import__('os')", '"\'" at character 12 means nothing in a formula'),
        ("open(1)", "there is no function open"),
        ("sum(1, 2)", "sum takes one value, not 2"),
        ("+".join(["1"] * 60), "this formula has more than 100 parts"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(FormulaError) as raised:
        parsed(text)
    assert raised.value.message == message
    assert raised.value.hint


def test_names_are_told_without_functions() -> None:
    assert names_in(parsed("sum(sales) * profit / 100 + profit")) == ["sales", "profit"]


def test_what_is_no_number_is_none() -> None:
    assert math.isnan(value(parsed("1 / n"), {"n": 0.0}))
    assert math.isnan(value(parsed("(0 - n) ^ 0.5"), {"n": 2.0}))
    assert math.isnan(value(parsed("n ^ n ^ n"), {"n": 999.0}))


NAMES = st.sampled_from(["a", "b", "2", "0.5", "3"])
FORMULAS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        inner.map(lambda part: f"-({part})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        inner.map(lambda part: f"round({part})"),
    ),
    max_leaves=6,
)


@settings(deadline=None)  # how long it takes says nothing
@given(FORMULAS, st.floats(0, 1), st.floats(0, 1))
def test_a_formula_never_leaves_its_bounds(text: str, a: float, b: float) -> None:
    """``a`` lies between -3 and 5, ``b`` between 1 and 4."""
    known = {"a": Bounds(-3, 5), "b": Bounds(1, 4)}
    formula = parsed(text)
    try:
        low, high, *_ = bounds(formula, known)
    except FormulaError:
        return
    found = value(formula, {"a": -3 + 8 * a, "b": 1 + 3 * b})
    assert not math.isnan(found)
    slack = 1e-9 * max(1, abs(low), abs(high))
    assert low - slack <= found <= high + slack


def test_a_lost_customer_costs_seventy_and_fourteen() -> None:
    calculator = Calculator.model_validate(
        {
            "id": "cost",
            "prompt": "What does it cost?",
            "inputs": [
                {"id": "first-year", "label": "First year", "value": 10, "largest": 1000},
                {"id": "increase", "label": "Increase", "value": 2, "largest": 100},
                {"id": "years", "label": "Years", "value": 5, "smallest": 1, "largest": 20, "whole": True},
                {"id": "profit", "label": "Profit", "unit": "%", "value": 20, "largest": 100},
            ],
            "series": {
                "id": "sales",
                "title": "Sales",
                "row": "Year {n}",
                "label": "Sales",
                "rows": "years",
                "formula": "first_year + increase * (n - 1)",
            },
            "results": [
                {"id": "lost", "label": "Sales lost", "formula": "sum(sales)"},
                {"id": "lost-profit", "label": "Profit lost", "formula": "lost * profit / 100"},
                {"id": "huge", "label": "In cents", "formula": "lost * 100"},
            ],
        }
    )
    assert list(calculator.problems()) == []
    assert calculator.shown.rows == [10, 12, 14, 16, 18]
    assert calculator.shown.results == [70, 14, 7000]
    # A number where every platform takes it, a text where it can be larger; own figures are not reported.
    assert [(one.key, one.type) for one in calculator.interactions()] == [
        ("lost", "numeric"),
        ("lost-profit", "numeric"),
        ("huge", "fill-in"),
    ]
    asked = calculator.model_copy(update={"report_inputs": True})
    assert [one.key for one in asked.interactions()][3:] == ["first-year", "increase", "years", "profit"]
