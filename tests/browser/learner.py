"""A person who works through a package: reads, types, chooses, and remembers what they answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from scormkit.compiled.messages import catalogue

TEXT = 'I greet "everybody" & say <b>hello</b>, even when it is busy; {really}, [,] yes.\nAnd I ring back: 100 %.'

NOTHING_WAITS = """
() => [localStorage, sessionStorage].every(store => Object.entries(store).every(([name, text]) => {
  if (name.split(":").length < 3) return true;
  const { dirty, pending, drafts } = JSON.parse(text);
  if (!pending) return true;
  return !dirty && pending.length + drafts.length === 0;
}))
"""
"""Nothing on this device waits for the platform."""

READY = """
const isReady = element => element.checkVisibility({ visibilityProperty: true })
    && !element.matches(":disabled") && !element.closest("[aria-disabled=true]");
"""
PRESS = f"""
element => {{
    {READY}
    if (!isReady(element)) return false;
    element.focus();
    element.click();
    return true;
}}
"""
CHECK = f"""
element => {{
    {READY}
    if (!element.checked && isReady(element)) {{
        element.focus();
        element.click();
    }}
    return element.checked;
}}
"""
SORT = f"""
activity => {{
    {READY}
    const selects = () => [...activity.querySelectorAll("select")];
    if (!selects().every(isReady)) return false;
    for (let number = 0; number < selects().length; number += 1) {{
        const select = selects()[number];
        select.selectedIndex = number % (select.options.length - 1) + 1;
        for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, {{ bubbles: true }}));
    }}
    return true;
}}
"""
"""What a learner does with what can be seen and used; false where it cannot be, or not yet."""


@dataclass
class Learner:
    """Drives the package in the platform's frame. ``said`` holds each text by the interaction's key."""

    tab: Page
    said: dict[str, str] = field(default_factory=dict)
    write: Callable[[str], str] = lambda _: TEXT
    """What they write, by the answer's key."""
    pointer: bool = False
    """Whether they move a pointer for everything: ten times as slow, and the answers are the same."""

    # --- the platform -------------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Open a package and wait until it can be used."""
        self.tab.evaluate("address => lms.play(address)", address)
        self.wait_until_ready()

    def come_back(self, **options: str) -> None:
        """Open the same package again, as a new launch."""
        self.tab.evaluate("options => lms.relaunch(options)", options)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """The page says when it can be used; its frame may be about to come."""
        self.tab.frame_locator("iframe").locator("html[data-activities=ready]").wait_for(state="attached")

    @property
    def unit(self) -> Frame:
        """The package's page. A way there through the page around it would be gone anew for everything."""
        return self.tab.frames[-1]

    @property
    def frame(self) -> Frame:
        """The same, for looking inside."""
        return self.unit

    @property
    def refused(self) -> list[dict[str, Any]]:
        """Calls that the platform refused."""
        found: list[dict[str, Any]] = self.tab.evaluate("lms.refused")
        return found

    def stored(self, element: str) -> str | None:
        """What the platform stored."""
        value: str | None = self.tab.evaluate("element => lms.stored(element)", element)
        return value

    @property
    def data(self) -> dict[str, Any]:
        """The unit's data."""
        found: dict[str, Any] = json.loads(self.frame.evaluate("JSON.stringify(scormkitPage.unit)"))
        return found

    def wait_until_stored(self) -> None:
        """Until the page says that everything is saved, and the platform has what this device has."""
        language = self.frame.evaluate("document.documentElement.lang")
        saved = catalogue(language, ())["save.saved"].partition("{")[0].strip()
        self.unit.locator("#save-line").filter(has_text=saved).wait_for()
        self.tab.wait_for_function(NOTHING_WAITS, polling=50)

    def answers(self) -> dict[str, str]:
        """Every textual answer as a trainer reads it from the platform's records, joined."""
        standard_12 = self.tab.evaluate("lms.api.LMSSetValue !== undefined")
        name = "student_response" if standard_12 else "learner_response"
        asked = self.data["interactions"]
        elements = [[f"cmi.interactions.{one['index'] + slot}.{name}" for slot in range(one["slots"])] for one in asked]
        stored = self.tab.evaluate("all => all.map(slots => slots.map(slot => lms.stored(slot) ?? ''))", elements)
        joined = self.frame.evaluate("all => all.map(slots => scormkit.joined(slots))", stored)
        return {
            one["key"]: whole if one["type"] in {"fill-in", "long-fill-in"} else slots[0]
            for one, slots, whole in zip(asked, stored, joined, strict=True)
        }

    # --- the page -----------------------------------------------------------------------------------------------

    @property
    def step(self) -> Locator:
        """The step that is shown."""
        return self.unit.locator(".step.current")

    @property
    def steps(self) -> list[str]:
        """Ids of all steps."""
        return [step["id"] for step in self.data["steps"]]

    def go_next(self) -> None:
        """Press the button that leads on."""
        before = self.step.get_attribute("data-step")
        self.press(self.step.locator("[data-next]"))
        expect(self.step).not_to_have_attribute("data-step", before or "")

    def go_to(self, step: str) -> None:
        """Go to a step by way of the list."""
        button = self.unit.locator(".steps-button")
        if button.is_visible():
            self.press(button)
        self.press(self.unit.locator(f".steps-list ol [data-go-step='{step}']"))
        expect(self.step).to_have_attribute("data-step", step)

    def press(self, control: Locator) -> None:
        """Click; what cannot be used yet is waited for."""
        if self.pointer or not control.evaluate(PRESS):
            control.click()

    def check(self, box: Locator) -> None:
        """Tick, or choose; what cannot be used yet is waited for."""
        if self.pointer or not box.evaluate(CHECK):
            box.check()

    def work_through(self) -> None:
        """Do everything on every step, to the end."""
        while self.step.locator("[data-next]").count():
            self.answer_step()
            self.go_next()

    def answer_step(self) -> None:
        """Do everything on this step."""
        for activity in self.step.locator("[data-key]").all():
            self.answer(activity)

    def report_back(self, step: str = "_follow-up") -> None:
        """Tell what became of the plan, before it is due if need be."""
        if self.step.get_attribute("data-step") != step:
            self.go_to(step)
        early = self.step.locator("[data-now]")
        if early.is_visible():
            self.press(early)
        # The newest report stands first; those of earlier rounds stay as they are.
        self.answer(self.step.locator("scormkit-form:visible").first)

    def days_pass(self, days: int) -> None:
        """Move the clock of the learner's device; it counts from the next time that the package is opened."""
        self.tab.evaluate("days => localStorage.setItem('test:days', days)", days)

    def answer(self, activity: Locator) -> None:
        """Do what an activity asks."""
        name, key = activity.evaluate("element => [element.localName, element.dataset.key]")
        getattr(self, f"_{name.removeprefix('scormkit-').replace('-', '_')}")(activity, key)

    def words(self, key: str, area: Locator) -> str:
        """A text as long as the field takes, different for each key."""
        limit = int(area.get_attribute("data-limit") or 4000)
        start = f"{key}: "
        text = self.write(key)
        room = limit - len(start)
        if len(text.replace("\n", " / ").replace("[,]", "[ ,]")) > room:
            text = text.replace("\n", " ").replace("[,]", "")[: max(1, room)]
        return (start + text).strip()

    def _follow_up(self, activity: Locator, key: str) -> None:
        """The plan is looked at."""

    def _results(self, activity: Locator, key: str) -> None:
        """The results are looked at."""

    def _text(self, activity: Locator, key: str) -> None:
        """A text is read."""

    def _reveal(self, activity: Locator, key: str) -> None:
        self.press(activity.locator("[data-all]"))

    def _brainstorm(self, activity: Locator, key: str) -> None:
        entries = [f"{word} of {key}"[:50] for word in ("Suppliers", "Neighbours & co", "People who ring")]
        entry = activity.locator("input[type=text]").first
        for text in entries:
            entry.fill(text)
            entry.press("Enter")
        self.said[key] = "\n".join(entries)
        compare = activity.locator("[data-compare]")
        if compare.count():
            self.press(compare)
            for group in activity.locator("fieldset[data-group]").all():
                self.check(group.locator("input[value=new]"))

    def _open_text(self, activity: Locator, key: str) -> None:
        for number, select in enumerate(activity.locator("select").all()):
            select.select_option(index=number + 1)
        for place in activity.locator("[data-place]").all():
            name = place.get_attribute("data-place") or ""
            name = f"{key}.{name}" if name else key
            area = place.locator("textarea")
            self.said[name] = self.words(name, area)
            area.fill(self.said[name])
        self.press(activity.locator("button[data-answer]"))

    def _sort(self, activity: Locator, key: str) -> None:
        if self.pointer or not activity.evaluate(SORT):
            for number, select in enumerate(activity.locator("select").all()):
                groups = select.locator("option").count() - 1
                select.select_option(index=number % groups + 1)
        self.press(activity.locator("button[data-answer]"))

    def _order(self, activity: Locator, key: str) -> None:
        self.press(activity.locator("button[data-edit=up]").nth(2))
        self.press(activity.locator("button[data-answer]"))

    def _multiple_choice(self, activity: Locator, key: str) -> None:
        for option in self.data["activities"][key]["data"]["correct"]:
            self.check(activity.locator(f"input[value='{option}']"))
        self.press(activity.locator("button[data-answer]"))

    def _checklist(self, activity: Locator, key: str) -> None:
        for box in activity.locator("input[type=checkbox]").all()[::3]:
            self.check(box)
        self.press(activity.locator("button[data-answer]"))

    def _map(self, activity: Locator, key: str) -> None:
        if activity.locator("[data-notes]").count():
            for place in activity.locator("[data-notes] > li:visible").all():
                name = f"{key}.note-{place.get_attribute('data-place')}"
                area = place.locator("textarea")
                note = self.words(name, area)
                label = place.locator("label").first.inner_text().strip()
                area.fill(note)
                self.said[name] = f"{label}: {note}"
            self.press(activity.locator("button[data-answer]"))
            return
        labels = ["Over the fence"]
        entry = activity.locator("form[data-add] input")
        entry.fill(labels[0])
        entry.press("Enter")
        for suggestion in activity.locator("[data-suggestion]").all()[:3]:
            labels.append(suggestion.inner_text().strip())
            self.press(suggestion)
        self.said[key] = "\n".join(labels)

    def _form(self, activity: Locator, key: str) -> None:
        for place in activity.locator("[data-field]").all():
            name = f"{key}.{place.get_attribute('data-field')}"
            kind = place.get_attribute("data-type")
            if kind == "date":
                date = place.locator("input")
                if not date.input_value():
                    date.fill("2031-05-17")
                self.said[name] = date.input_value()
            elif kind == "choice":
                option = place.locator("label").first
                self.check(option.locator("input"))
                self.said[name] = option.inner_text().strip()
            else:
                area = place.locator("textarea, input")
                text = self.words(name, area)
                area.fill(text if kind == "long-text" else text.replace("\n", " "))
                if kind != "name":
                    self.said[name] = text
        self.press(activity.locator("button[data-answer]"))
