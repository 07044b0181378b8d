"""The table of cmi5's requirements: each that binds an AU or a package has a test that proves it.

``requirements.tsv`` holds all 305 ids of the list that the npm package ``@cmi5/requirements`` 1.0.0 has: whom each
binds, what it is about in our words, and the test, as ``file::test`` below ``tests``. Those that bind only the LMS name
the test of our fake where there is one.
"""

from __future__ import annotations

import ast
import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.cmi5.test_judge import probes

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    requirement: str
    of: str
    words: str
    proof: str


def rows() -> list[Row]:
    with (Path(__file__).parent / "requirements.tsv").open(encoding="utf-8") as file:
        found = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(found)
        return [Row(*row) for row in found]


@cache
def named_in(file: str) -> set[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_table_has_every_requirement_once() -> None:
    ids = [row.requirement for row in rows()]
    assert len(set(ids)) == len(ids) == 305
    assert {row.of for row in rows()} == {"AU", "package", "LMS", "nobody"}


@pytest.mark.parametrize("row", [row for row in rows() if row.of in {"AU", "package"}], ids=lambda row: row.requirement)
def test_what_binds_us_is_proved_by_a_test_that_exists(row: Row) -> None:
    file, _, name = row.proof.partition("::")
    assert row.words
    assert name in named_in(file), f"{row.proof} is not there"


def test_what_binds_the_lms_is_kept_by_the_fake_where_the_table_says_so() -> None:
    for row in rows():
        file, _, name = row.proof.partition("::")
        assert not row.proof or name in named_in(file), f"{row.proof} is not there"


def test_what_binds_nobody_here_says_why() -> None:
    assert all(row.words and not row.proof for row in rows() if row.of == "nobody")


def test_every_requirement_that_a_probe_names_is_one() -> None:
    known = {row.requirement for row in rows()}
    sections = {"ok", "9.5.1", "9.5.5.1"}
    for probe in probes():
        assert probe.requirement in known | sections or probe.requirement.startswith("XD "), probe.requirement
