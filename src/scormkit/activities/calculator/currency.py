"""Currencies of a calculator: codes of ISO 4217, put where ``{currency}`` stands in a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from scormkit.model.blocks import Finding
from scormkit.model.text import Line, Path
from scormkit.rule import Rule

CURRENCY = Rule(
    "CNT-calculator-7", "Currencies are named once each, and {currency} stands in the units of money.", "ISO 4217"
)

Currency = Annotated[Line, Field(json_schema_extra={"pattern": "^[A-Z]{3}$"})]
"""A currency's code, for instance EUR."""

CODE_LENGTH = 3

PLACE = "{currency}"
"""Stands in a unit for the currency."""

KEY = "currency"
"""What the learner's choice is called in the stored state and in the records."""


def findings(
    currencies: tuple[str, ...], units: Iterable[tuple[Path, str | None]], ids: Iterable[tuple[Path, str]]
) -> Iterator[Finding]:
    """A place for a currency and none to put there, currencies that stand nowhere, one named twice, an id that is
    taken by the choice, what is no code."""
    places = [path for path, unit in units if unit and PLACE in unit]
    if not currencies:
        for path in places:
            yield Finding(
                path, CURRENCY, f"{PLACE} stands here, but there are no currencies", "Write currencies: [EUR]."
            )
    elif not places:
        yield Finding(
            ("currencies",), CURRENCY, f"no unit says {PLACE}", f'Write for instance unit: "thousand {PLACE}".'
        )
    for index, code in enumerate(currencies):
        if not (len(code) == CODE_LENGTH and code.isascii() and code.isalpha() and code.isupper()):
            yield Finding(
                ("currencies", index),
                CURRENCY,
                f"{code!r} is no code of a currency",
                "Write three capital letters, for instance EUR.",
            )
        if code in currencies[:index]:
            yield Finding(("currencies", index), CURRENCY, f"{code} is there twice", "Take one of them away.")
    for path, key in ids:
        if key == KEY and len(currencies) > 1:
            yield Finding(path, CURRENCY, f"{KEY} is the name of the learner's choice", "Give it another id.")
