"""Answers any activity without knowing its kind: through its fields and buttons, by pointer or by keys alone.

Or all of it at once by script, where it does not matter by what a page is used but what becomes of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ElementHandle, Frame, Locator, Page

# Fields first, in the order of the page; then buttons. Each is used once; a field that was emptied by its button is
# filled again, so that lists get several entries.
NEXT = """
activity => {
    const used = (window.usedByHands ??= new Map());
    const times = element => used.get(element) ?? 0;
    const ready = element => element.getClientRects().length && !element.disabled
        && element.getAttribute("aria-disabled") !== "true" && !element.readOnly;
    const all = selector => [...activity.querySelectorAll(selector)].filter(ready);
    const isOpen = element => {
        if (element.type === "radio") {
            return !all(`input[name="${element.name}"]`).some(times);
        }
        if (element.matches("select, [type=checkbox], [type=date]")) return !times(element);
        return !times(element) || (!element.value && times(element) < 3);
    };
    const mayPress = element => !element.matches(".plain, [data-prints], [data-download]")
        && times(element) < (element.matches("[type=submit][data-edit]") ? 3 : 1);
    const next = all("input, select, textarea").find(isOpen)
        ?? all("button").filter(mayPress).sort((a, b) => a.matches("[data-answer]") - b.matches("[data-answer]"))[0];
    if (next) used.set(next, times(next) + 1);
    return next ?? null;
}
"""
DESCRIBED = """
element => ({
    kind: element.localName === "button" ? "button" : element.localName === "input" ? element.type : element.localName,
    number: element.inputMode === "decimal",
    limit: Number(element.dataset.limit ?? 0),
    lines: element.localName === "textarea",
    options: [...(element.options ?? [])]
        .map((option, at) => option.value && !option.disabled ? at : 0)
        .filter(Boolean),
    choices: element.type === "radio"
        ? element.closest("[data-key]").querySelectorAll(`input[name="${element.name}"]`).length
        : 0,
})
"""

CHOICE = """
(radio, number) => radio.closest("[data-key]").querySelectorAll(`input[name="${radio.name}"]`)[number]
"""
AT_ONCE = f"""
async (activity, done) => {{
    const find = {NEXT.strip()};
    const described = {DESCRIBED.strip()};
    const nth = {CHOICE.strip()};
    const change = element => {{
        for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, {{ bubbles: true }}));
    }};
    for (let next = find(activity); next; next = find(activity), done += 1) {{
        if (done > 300) throw new Error("there is always something more to do");
        const about = described(next);
        if (about.kind === "radio") {{
            nth(next, done % about.choices).click();
        }} else if (about.kind === "button" || about.kind === "checkbox") {{
            next.click();
        }} else {{
            next.focus();
            if (about.kind === "select") next.selectedIndex = about.options[done % about.options.length];
            else if (about.kind === "date") next.value = "2031-05-17";
            else if (about.number) next.value = "12";
            else {{
                const text = `One & two ${{String(done).padStart(3, "0")}}`;
                const fits = about.lines && text.length + 8 <= (about.limit || 40);
                next.value = fits ? `${{text}}\\nThree` : text.slice(0, about.limit || 40);
            }}
            change(next);
        }}
        await new Promise(resolve => setTimeout(resolve));
    }}
    return done;
}}
"""


@dataclass
class Hands:
    """``full`` fills each text to its limit with the largest letters; ``keys`` uses no pointer."""

    tab: Page
    frame: Frame
    keys: bool = False
    full: bool = False
    done: int = field(default=0, init=False)

    def answer(self, activity: Locator) -> None:
        """Do everything that an activity offers."""
        for _ in range(300):
            found = activity.evaluate_handle(NEXT).as_element()
            if found is None:
                return
            self._use(found)
            self.done += 1
        raise AssertionError("there is always something more to do")

    def answer_at_once(self, activity: Locator) -> None:
        """The same by script, some twenty times as fast."""
        self.done = activity.evaluate(AT_ONCE, self.done)

    def _use(self, control: ElementHandle) -> None:
        about = control.evaluate(DESCRIBED)
        kind = about["kind"]
        if self.keys:
            self._reach(control)
        if kind in {"text", "textarea"}:
            self._write(control, self._text(about))
        elif kind == "date":
            control.fill("2031-05-17")
        elif kind == "select":
            self._choose(control, about["options"])
        elif kind == "radio":
            self._pick(control, self.done % about["choices"])
        elif self.keys:
            self.tab.keyboard.press("Enter" if kind == "button" else "Space")
        else:
            control.click()

    def _text(self, about: dict[str, object]) -> str:
        if about["number"]:
            return "12"
        limit = int(str(about["limit"])) or 40
        if self.full:
            # A number first: lists refuse the same entry twice.
            return f"{self.done:03}".ljust(limit, "\u4e00")[:limit]
        text = f"One & two {self.done}"
        return f"{text}\nThree" if about["lines"] and len(text) + 8 <= limit else text[:limit]

    def _write(self, control: ElementHandle, text: str) -> None:
        if not self.keys:
            control.fill(text)
            return
        self.tab.keyboard.press("Control+A")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.tab.keyboard.press("Enter")
            self.tab.keyboard.type(line)

    def _choose(self, control: ElementHandle, options: list[int]) -> None:
        option = options[self.done % len(options)]
        if not self.keys:
            control.select_option(index=option)
            return
        for _ in range(option):
            self.tab.keyboard.press("ArrowDown")

    def _pick(self, control: ElementHandle, further: int) -> None:
        if not self.keys:
            other = control.evaluate_handle(CHOICE, further).as_element()
            assert other
            other.check()
            return
        self.tab.keyboard.press("Space")
        for _ in range(further):
            self.tab.keyboard.press("ArrowDown")

    def _reach(self, control: ElementHandle) -> None:
        """Press Tab until the focus is there, as somebody without a mouse does."""
        for _ in range(400):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"no way by Tab to {control.evaluate('element => element.outerHTML.slice(0, 200)')}")
