"""The trainer's sheet beside a package: what counts as done, what to set on the platform, and the message to send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scormkit.compiled import follow_up, pages
from scormkit.compiled.messages import catalogue, translated

if TYPE_CHECKING:
    from scormkit.compiled.course import Package, Unit
    from scormkit.model.session import Session
    from scormkit.targets.target import Target


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a platform: where it stands, what to choose, and why."""

    name: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Message:
    """A text for learners, in their language, with the time to send it in words."""

    when: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """What a trainer must know of one unit."""

    title: str
    done: tuple[str, ...]
    """What must be true for it to be completed, in sentences."""
    report: tuple[str, ...]
    """How the report back is asked for; () without a follow-up."""
    messages: tuple[Message, ...]
    moodle: tuple[Setting, ...]


def sheet(package: Package, target: Target) -> bytes:
    """The sheet as one page without script: self-contained, to read, to print and to copy from."""
    page = pages.environment().get_template("trainer.html.j2")
    text = page.render(
        title=package.title,
        target=target.title,
        file=f"{package.id}-{target.name}.zip",
        version=package.version,
        units=[_unit_sheet(unit, target) for unit in package.units],
        platforms=target.platform_notes(),
    )
    return text.encode()


def _unit_sheet(unit: Unit, target: Target) -> UnitSheet:
    report = [line for session in unit.sessions for line in _report(unit, session)]
    messages = [message for session in unit.sessions if (message := _message(unit, session, target))]
    return UnitSheet(unit.title, tuple(_done(unit)), tuple(report), tuple(messages), tuple(_moodle(unit, target)))


def _done(unit: Unit) -> Iterator[str]:
    rule = unit.completion
    labels = {block.key: block.label for block in unit.blocks}
    if rule.phases:
        yield f"Every step was opened ({_counted(len(rule.phases), 'step')})."
    activities = [key for key in rule.activities if key not in rule.forms]
    if activities:
        yield f"{_counted(len(activities), 'activity', 'activities').capitalize()} must be done."
    for key in rule.forms:
        later = ", which is asked for later" if key in unit.follow_ups and unit.steps[0].role == "start" else ""
        yield f"The form “{labels[key]}” was filled in and saved{later}."
    if rule.quiz and unit.mastery_score is not None:
        yield f"The score reached {unit.mastery_score:.0%}."
    elif unit.mastery_score is not None:
        yield f"The score is reported, but need not reach {unit.mastery_score:.0%}."
    if not (rule.phases or rule.activities or rule.forms or rule.quiz):
        yield "It was opened."


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"


def _span(days: int) -> str:
    return _counted(days, "day") if days % 7 else _counted(days // 7, "week")


def _report(unit: Unit, session: Session) -> Iterator[str]:
    settings = session.follow_up
    if settings is None:
        return
    if unit.steps[0].role == "follow-up":
        yield "This package asks for the report. The learner pastes or types the plan, because it cannot be read here."
    elif follow_up.is_apart(session):
        yield "The report is a package of its own, which lies beside this one. Upload it as a second activity."
    else:
        yield (
            f"{_span(settings.after).capitalize()} after a learner saved the plan, this same activity asks what became "
            "of it, whenever it is opened. It can be told earlier by the button “Report now”."
        )
        yield (
            "The activity is complete only with this report."
            if settings.in_completion
            else "The activity is complete without this report, and what was reached is never taken back."
        )
    if settings.most_rounds > 1:
        yield (
            f"A next plan that is written in the report comes back {_span(settings.after)} later in the same way, "
            f"{_counted(settings.most_rounds, 'report')} at most. Each has records of its own."
        )


def _message(unit: Unit, session: Session, target: Target) -> Message | None:
    settings = session.follow_up
    if settings is None or (follow_up.is_apart(session) and unit.steps[0].role == "start"):
        return None
    words = catalogue(unit.language, ())
    values = {"title": session.title, "unit": unit.title}
    span = _span(settings.after)
    weekday = ", on the same day of the week" if settings.after % 7 == 0 else ""
    kind = "apart" if follow_up.is_apart(session) else "here"
    if target.recipient == "nobody":
        kind = f"web-{kind}"
    return Message(
        f"{span.capitalize()} after the session{weekday}.",
        translated(words, "message.subject", values),
        translated(words, f"message.{kind}", values),
    )


def _moodle(unit: Unit, target: Target) -> Iterator[Setting]:
    status = target.final_status(unit)
    if not status:
        return
    yield Setting(
        "Activity completion: Require status",
        f"tick {status}, nothing else",
        "It is what this package reports when its own rule is met. A view or a score would count something else.",
    )
    if unit.mastery_score is not None:
        yield Setting("Grading method", "Highest grade", "There is one score, from 0 to 100.")
        yield Setting("Maximum grade", "100", "The package reports 0 to 100, which Moodle takes over as it is.")
    else:
        yield Setting("Grading method", "any", "Nothing is scored here, so there is no grade.")
    retries = unit.on_fail == "failed" and unit.completion.quiz
    yield Setting(
        "Number of attempts",
        "Unlimited attempts" if retries else "1 attempt",
        "After “failed” Moodle lets a learner answer again only in a new attempt."
        if retries
        else "One attempt can be opened as often as one likes. A new attempt would begin without the answers.",
    )
    yield Setting(
        "Force new attempt",
        "No",
        "A new attempt knows neither the answers nor the plan of the one before.",
    )
    yield Setting(
        "Lock after final attempt",
        "No",
        "Else the activity cannot be opened again"
        + (" for the report." if unit.follow_ups else " to look at the answers."),
    )
    yield Setting("Force completed", "No", "The package itself says when it is complete.")
    yield Setting("Disable preview mode", "Yes", "A preview looks like a launch, and its answers are not recorded.")
    if unit.follow_ups:
        yield Setting(
            "Availability: Available until",
            "not before the reports are in",
            "The same activity is opened again. What is complete opens in review mode: only the report can be written "
            "there, and Moodle stores it.",
        )
