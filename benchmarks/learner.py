"""A learner who answers everything and leaves by the exit, and what the LMS hears of it.

It knows as little of a page as it can: fields, and buttons marked ``data-answer`` (it records), ``data-next``
and ``data-exit``. What it cannot use is told in ``Visit.trouble``. When pages change, adapt this file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

FRESH = ":not([data-pressed]):visible"
ANSWER = f"button[data-answer]{FRESH}, [data-answer] button{FRESH}"
ADD = "button[type='submit'][data-edit]:visible"
"""Puts what was typed into a list."""
NEXT = "[data-next]:visible"
EXIT = "[data-exit]:visible"
HEADINGS = "h2:visible, h3:visible"
FIELDS = "input:visible, textarea:visible, select:visible"
OPEN = """radio => !radio.getRootNode().querySelector(`input[name="${radio.name}"]:checked`)"""
"""Whether nothing is chosen yet among the radio buttons of a name."""
ACTIVITY = "xpath=ancestor::*[self::form or self::article or self::section or contains(local-name(), '-')][1]"
DATE, TEXT = "2030-01-15", "An answer as a learner might give it."
STEPS, PRESSES = 40, 20
"""The most steps of a session, and recording buttons of a step: nobody walks in circles for ever."""
PATIENCE = 3000
"""Milliseconds until a field or button counts as unusable."""
QUIET, LONGEST = 1600, 30_000
"""Milliseconds without a call after which none is expected, as a commit may wait for a second; and the most."""
STILL = "([since, quiet]) => performance.now() - Math.max(since, lms.latest()) > quiet"

HEARD = """from => {
  const calls = lms.calls.slice(from);
  const responses = calls.filter(call => /^cmi\\.interactions\\.\\d+\\.student_response$/.test(call.element));
  return [calls.length, calls.filter(call => call.name === "LMSCommit").length,
          new Set(responses.map(call => call.element)).size];
}"""


WHOLE = """() => {
  const calls = lms.calls.filter(call => call.name === "LMSSetValue");
  const bytes = new TextEncoder().encode(calls.map(call => call.element + call.value).join("")).length;
  return [lms.calls.filter(call => call.name === "LMSCommit").length, bytes];
}"""


@dataclass(frozen=True)
class Heard:
    """What the LMS heard between two moments."""

    calls: int
    commits: int
    records: int
    """Interactions whose response was set; a form sets several at once."""


@dataclass
class Visit:
    """One session from its first page to the exit."""

    answers: dict[str, Heard] = field(default_factory=dict)
    """By the number and the first words of the activity, in the order of the page."""
    finish: Heard | None = None
    commits: int = 0
    """Of the whole visit."""
    sent: int = 0
    """Bytes of all elements and values that the LMS was given."""
    trouble: list[str] = field(default_factory=list)


def visit(frame: Frame) -> Visit:
    """Go through the whole session in ``frame``: answer what can be answered, then leave by the exit."""
    done = Visit()
    frame.page.set_default_timeout(PATIENCE)
    for _ in range(STEPS):
        answer_all(frame, done)
        following = frame.locator(NEXT).first
        if not following.count():
            break
        if following.is_disabled():
            done.trouble.append(f"Next is disabled after {len(done.answers)} answers")
            break
        before = frame.locator(HEADINGS).all_inner_texts()
        following.click()
        settle(frame)
        if frame.locator(HEADINGS).all_inner_texts() == before:
            done.trouble.append(f"Next leads nowhere after {len(done.answers)} answers")
            break
    leave = frame.locator(EXIT).first
    if leave.count():
        start = calls(frame)
        leave.click()
        done.finish = heard(frame, start)
    else:
        done.trouble.append("no button to exit by")
    done.commits, done.sent = frame.page.evaluate(WHOLE)
    return done


def answer_all(frame: Frame, done: Visit) -> None:
    """Answer and record everything on the page as it is, and what appears through it."""
    for _ in range(PRESSES):
        found = frame.locator(ANSWER).first
        if not found.count():
            return
        number = str(len(done.answers) + len(done.trouble) + 1)
        found.evaluate("(button, number) => { button.dataset.pressed = number }", number)
        button = frame.locator(f"[data-pressed='{number}']")
        activity = button.locator(ACTIVITY)
        if not activity.count():
            activity = frame.locator("body")
        name = f"{number} {' '.join(activity.inner_text().split())[:30]}"
        start = calls(frame)
        try:
            fill(activity)
            button.click()
            done.answers[name] = heard(frame, start)
            for place in range(activity.locator(FIELDS).count()):
                start = calls(frame)
                if choose(activity.locator(FIELDS).nth(place)):
                    done.answers[f"{name}, then {place}"] = heard(frame, start)
        except Error as problem:
            done.trouble.append(f"{name}: {problem.message.splitlines()[0]}")


def choose(radio: Locator) -> bool:
    """Choose ``radio`` if it is one of which none is chosen yet, and say whether it was."""
    fresh = radio.get_attribute("type") == "radio" and radio.is_enabled() and bool(radio.evaluate(OPEN))
    if fresh:
        radio.check(force=True)
    return fresh


def fill(activity: Locator) -> None:
    """Give every field of ``activity`` some answer: the first of several, or a short text."""
    ticked = False
    for place in range(activity.locator(FIELDS).count()):
        at = activity.locator(FIELDS).nth(place)
        kind: str = at.evaluate("field => field.type")
        if not at.is_enabled() or choose(at):
            continue
        if kind == "checkbox" and not ticked:
            at.check(force=True)
            ticked = True
        elif kind.startswith("select"):
            at.select_option(index=1)
        elif kind in {"date", "text", "textarea"}:
            at.fill(DATE if kind == "date" else TEXT)
            if kind == "text" and activity.locator(ADD).count():
                activity.locator(ADD).first.click()


def calls(frame: Frame) -> int:
    """How many calls the LMS has had so far."""
    number: int = frame.page.evaluate("lms.calls.length")
    return number


def settle(frame: Frame) -> None:
    """Wait until the page has stopped to call, or does not begin to."""
    now = frame.page.evaluate("performance.now()")
    frame.page.wait_for_function(STILL, arg=[now, QUIET], polling=100, timeout=LONGEST)


def heard(frame: Frame, start: int) -> Heard:
    """What the LMS has heard since it had heard ``start`` calls."""
    settle(frame)
    return Heard(*frame.page.evaluate(HEARD, start))
