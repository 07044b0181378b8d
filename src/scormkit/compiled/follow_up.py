"""The step that comes after a while: the plan shown again, and a report for each round that may be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scormkit.activities import KINDS
from scormkit.activities.follow_up import FollowUp
from scormkit.compiled.course import CompiledBlock, Reminder, Step
from scormkit.compiled.messages import Catalogue, catalogue, translated
from scormkit.model.blocks import Activity, Library
from scormkit.model.forms import NEXT_BY, OUTCOME, OUTCOMES, FieldOption, Form, FormField
from scormkit.model.interactions import Interaction, Role
from scormkit.model.session import FollowUp as Settings
from scormkit.model.session import Session

STEP = "_follow-up"
_ROUND = re.compile(r"follow-up\.round-(\d+)\.")
PASTED_PLAN = "follow-up.plan"
"""The key of the form that takes the plan where it cannot be reached. A dot keeps it apart from every author's id."""


def is_here(session: Session) -> bool:
    """Whether the session itself is opened again for the report."""
    return bool(session.follow_up and session.follow_up.delivery == "same-unit")


def is_apart(session: Session) -> bool:
    """Whether the report is a package of its own."""
    return bool(session.follow_up and session.follow_up.delivery == "separate")


def round_keys(session: Session) -> tuple[str, ...]:
    """Keys of the report's forms, without the session's prefix; () without a follow-up."""
    most = session.follow_up.most_rounds if session.follow_up else 0
    return tuple(f"follow-up.round-{number}" for number in range(1, most + 1))


def plan_of(session: Session) -> Activity | None:
    """The form activity that a follow-up comes back to."""
    blocks = [block for phase in session.phases for block in phase.blocks]
    blocks += session.knowledge_check.blocks if session.knowledge_check else ()
    named = session.follow_up.plan if session.follow_up else None
    return next(
        (
            block
            for block in blocks
            if getattr(block, "purpose", "") == "action-plan" and (named is None or block.id == named)
        ),
        None,
    )


def step(session: Session, prefix: str, language: str) -> Step:
    """The step of a session with a follow-up; its blocks are not rendered yet."""
    settings = session.follow_up
    if settings is None:
        raise ValueError(f"{session.id} has no follow-up")
    words = catalogue(language, ("follow-up",))
    report = report_form(session, settings, words)
    plan = plan_of(session)
    apart = settings.delivery == "separate"
    check = session.knowledge_check
    place = next((phase.id for phase in session.phases if plan in phase.blocks), check.id if check else "")
    asks = FollowUp(
        id="follow-up",
        plan=PASTED_PLAN if apart or plan is None else plan.id,
        plan_step=None if apart else prefix + place,
        rounds=round_keys(session),
        after=settings.after,
        next_plan=settings.next_plan,
    )
    blocks = [_block(asks, f"{prefix}follow-up.asks", None)]
    if apart:
        blocks.append(_form(_pasted_plan(words), prefix + PASTED_PLAN))
    for number, key in enumerate(round_keys(session), 1):
        title = translated(words, "follow-up.round", {"title": report.title, "number": number})
        form = report if number == 1 else report.model_copy(update={"title": title, "intro": None})
        block = _form(form, prefix + key)
        if settings.next_plan:
            again = settings.after if number < settings.most_rounds else None
            block = block._replace(reminder=Reminder(settings.next_plan, NEXT_BY, again))
        blocks.append(block)
    title = translated(words, "follow-up.title", {})
    if prefix:
        # Beside the follow-ups of other sessions.
        title = f"{title}: {session.title}"
    return Step(prefix + STEP, "follow-up", session.id, title, blocks=tuple(blocks), days=settings.after)


def report_form(session: Session, settings: Settings, words: Catalogue) -> Form:
    """The report back as it is asked: the author's fields, with how far the learner got and a day for a next plan."""
    form = next(form for form in session.forms if form.id == settings.form)
    fields = list(form.fields)
    known = {field.id for field in fields}
    if OUTCOME not in known:
        fields.insert(0, _outcome(words))
    if settings.next_plan and NEXT_BY not in known:
        at = next(index for index, field in enumerate(fields, 1) if field.id == settings.next_plan)
        hint = translated(words, "follow-up.next-by-hint", {})
        label = translated(words, "follow-up.next-by", {})
        fields.insert(at, FormField(id=NEXT_BY, type="date", label=label, hint=hint, warn_if="past"))
    return form.model_copy(update={"fields": tuple(fields)})


def _outcome(words: Catalogue) -> FormField:
    options = tuple(FieldOption(id=one, text=translated(words, f"follow-up.{one}", {})) for one in OUTCOMES)
    return FormField(
        id=OUTCOME,
        type="choice",
        label=translated(words, "follow-up.outcome", {}),
        hint=translated(words, "follow-up.outcome-hint", {}),
        required=True,
        options=options,
    )


def _pasted_plan(words: Catalogue) -> Form:
    def text(key: str) -> str:
        return translated(words, f"follow-up.{key}", {})

    plan = FormField(id="plan", type="long-text", label=text("plan-text"), max_chars=1000)
    by = FormField(id="by", type="date", label=text("plan-by"))
    intro: Any = text("plan-intro")
    return Form(id="plan", title=text("plan-title"), intro=intro, fields=(plan, by))


def _form(form: Form, key: str) -> CompiledBlock:
    kind = KINDS("form")
    if kind is None:
        raise LookupError("the activity kind form is not installed")
    activity = kind.model_validate({"activity": "form", "id": form.id, "form": form.id}, context=KINDS)
    return _block(activity.resolved(Library({}, {form.id: form}, {})), key, form.title)


def _block(activity: Activity, key: str, title: str | None) -> CompiledBlock:
    return CompiledBlock(key, "", activity.activity, title, title or key, activity.reads_only, activity)


def placed(
    interactions: Iterable[tuple[str, Interaction]], sessions: Iterable[Session]
) -> Iterator[tuple[str, Interaction]]:
    """The same interactions; those of a report know their round, and which of them says how it went or what is next."""
    next_plans = {session.follow_up.next_plan for session in sessions if session.follow_up}
    for name, one in interactions:
        found = _ROUND.search(name)
        if not found:
            yield name, one
            continue
        role: Role = "report"
        if one.key == OUTCOME:
            role = "outcome"
        elif one.key == NEXT_BY or one.key in next_plans:
            role = "next-plan"
        yield name, one._replace(role=role, round=int(found[1]), format="due" if one.key == NEXT_BY else one.format)


def with_reminder(block: CompiledBlock, session: Session) -> CompiledBlock:
    """A saved plan offers reminders: for its day, and for the report where one will be asked for."""
    if getattr(block.activity, "purpose", "") != "action-plan":
        return block
    fields: tuple[FormField, ...] = getattr(block.activity, "fields", ())
    what = next((field.id for field in fields if field.type in {"long-text", "short-text"}), None)
    by = next((field.id for field in fields if field.type == "date"), None)
    after = session.follow_up.after if session.follow_up and block.activity == plan_of(session) else None
    return block._replace(reminder=Reminder(what, by, after)) if what and (by or after) else block
