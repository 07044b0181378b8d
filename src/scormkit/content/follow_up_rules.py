"""What must hold for a follow-up: a plan to come back to, a report back, a next plan that can be asked about again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scormkit.content.rules import (
    FOLLOW_UP_FORM,
    FOLLOW_UP_PLAN,
    NEXT_PLAN_FIELD,
    NEXT_PLAN_ROUNDS,
    OUTCOME_FIELD,
    SEPARATE_COMPLETION,
    SEPARATE_PLAN,
)
from scormkit.content.wording import listed
from scormkit.model.forms import NEXT_BY, OUTCOME, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scormkit.content.findings import Findings
    from scormkit.model.blocks import Activity
    from scormkit.model.forms import Form
    from scormkit.model.session import FollowUp, Session


def check_follow_up(session: Session, follow_up: FollowUp, blocks: Sequence[Activity], findings: Findings) -> None:
    """Tell what is wrong with ``session.follow_up``; ``blocks`` are the session's activities, resolved."""
    _plan(follow_up, blocks, findings)
    for index, form in enumerate(session.forms):
        if form.id == follow_up.form:
            _report(follow_up, form, index, findings)
    if (follow_up.rounds or 1) > 1 and not follow_up.next_plan:
        findings.add(
            NEXT_PLAN_ROUNDS,
            ("follow_up", "rounds"),
            f"rounds is {follow_up.rounds}, but there is no next plan to ask about",
            "Write next_plan: with the id of a field of the report, or take rounds away",
        )
    if follow_up.delivery != "separate":
        return
    if follow_up.in_completion:
        findings.add(
            SEPARATE_COMPLETION,
            ("follow_up", "in_completion"),
            "the follow-up is a package of its own, which cannot count for this session",
            "Take in_completion away, or write delivery: same-unit",
        )
    findings.add(
        SEPARATE_PLAN,
        ("follow_up", "delivery"),
        "the follow-up becomes a package of its own, which cannot reach what was stored here: "
        "the learner is asked to paste or type the plan",
        "Write delivery: same-unit where your platform lets finished sessions be opened again",
    )


def _plan(follow_up: FollowUp, blocks: Sequence[Activity], findings: Findings) -> None:
    plans = [block.id for block in blocks if getattr(block, "purpose", "") == "action-plan"]
    named = next((block for block in blocks if block.id == follow_up.plan), None)
    if named and named.id not in plans:
        what = "a form" if named.activity == "form" else f"a {named.activity} activity"
        findings.add(
            FOLLOW_UP_PLAN,
            ("follow_up", "plan"),
            f"{named.id} is {what}, not an action plan",
            "Name a block with activity: form and purpose: action-plan",
        )
    elif follow_up.plan or findings.mended.activities:
        return
    elif not plans:
        findings.add(
            FOLLOW_UP_PLAN,
            ("follow_up",),
            "there is no action plan to come back to",
            "Put a form with purpose: action-plan into a phase (activity: form), or take follow_up away",
        )
    elif len(plans) > 1:
        findings.add(
            FOLLOW_UP_PLAN,
            ("follow_up",),
            f"there are {len(plans)} action plans: {listed(plans, 'and')}",
            "Write plan: with the id of one of them",
        )


def _report(follow_up: FollowUp, form: Form, index: int, findings: Findings) -> None:
    if form.purpose != "report-back":
        findings.add(
            FOLLOW_UP_FORM,
            ("follow_up", "form"),
            f"the form {form.id} has the purpose {form.purpose}",
            "Name a form with purpose: report-back",
        )
        return
    long_texts = [field.id for field in form.fields if field.type == "long-text"]
    if follow_up.next_plan and follow_up.next_plan not in long_texts:
        there = any(field.id == follow_up.next_plan for field in form.fields)
        findings.add(
            NEXT_PLAN_FIELD,
            ("follow_up", "next_plan"),
            f"{follow_up.next_plan} is no long text of the form {form.id}"
            if there
            else f"the form {form.id} has no field {follow_up.next_plan}",
            f"Name one of its long texts: {listed(long_texts)}" if long_texts else "Give it a field of type: long-text",
        )
    for at, field in enumerate(form.fields):
        path = ("forms", index, "fields", at)
        if field.id == OUTCOME and (
            field.type != "choice" or not {option.id for option in field.options} <= set(OUTCOMES)
        ):
            findings.add(
                OUTCOME_FIELD,
                (*path, "id"),
                "the field outcome says how far the learner got with the plan, but is no choice of that",
                f"Write type: choice with options of the ids {listed(OUTCOMES)}, or give the field another id",
            )
        if field.id == NEXT_BY and follow_up.next_plan and field.type != "date":
            findings.add(
                OUTCOME_FIELD,
                (*path, "id"),
                "the field next-by is the day of the next plan, but is no date",
                "Write type: date, or give the field another id",
            )
