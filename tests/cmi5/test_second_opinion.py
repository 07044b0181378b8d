"""Our judge and Ralph agree about what a statement is."""

from __future__ import annotations

from tests.cmi5.au import Au
from tests.cmi5.second_opinion import complaints


def test_what_our_judge_takes_ralph_takes_too() -> None:
    au = Au()
    au.open()
    for verb in ("initialized", "answered", "completed", "passed", "terminated"):
        au.say(verb)
    kept = au.server.lms.statements.kept
    assert len(kept) > 5
    assert complaints(kept) == []


def test_ralph_can_say_no() -> None:
    au = Au()
    au.open()
    statement = au.statement("answered")
    statement["actor"] = {"name": "nobody"}
    assert len(complaints([statement])) == 1
