"""What another LRS thinks of our statements: the models of Ralph (PyPI ``ralph-malph``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def complaints(statements: Iterable[dict[str, Any]]) -> list[str]:
    """What Ralph would refuse. It knows xAPI, not cmi5, and no interaction's format."""
    ralph = pytest.importorskip("ralph.models.xapi.base.statements")
    found: list[str] = []
    for one in statements:
        try:
            ralph.BaseXapiStatement.model_validate(one)
        except ValueError as error:
            found.append(f"{one['verb']['id']} {one['object'].get('id')}: {error}")
    return found
