"""Walks every path of a scenario: where one can get, how it ends, and what nobody ever sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scormkit.activities.scenario import Choice, Effects, Limits, Scenario

MOST_STATES = 5_000
"""Places with all that is remembered there. Beyond it a scenario is too large to be walked, and to be understood."""

MOST_CHOICES = 60
"""Choices from the beginning to an end, in a browser; later ones are not taken."""


class State(NamedTuple):
    """A place in the story, and what is remembered there."""

    place: str
    """Id of a scene or an ending."""
    values: tuple[int, ...]
    """Of the variables, in their order."""
    pending: tuple[tuple[int, str, str], ...] = ()
    """Effects that are still to come: in how many choices, of which scene's which choice."""


@dataclass
class Walk:
    """What was found. ``whole`` is False where the walk was given up: then nothing is known of what was not seen."""

    whole: bool = True
    seen: set[str] = field(default_factory=set)
    """Scenes and endings that can be reached."""
    taken: set[tuple[str, str]] = field(default_factory=set)
    """Choices that can be taken: scene and choice."""
    dead_ends: dict[str, State] = field(default_factory=dict)
    """Scenes in which there can be nothing to choose, with an example."""
    lost: dict[tuple[str, str], State] = field(default_factory=dict)
    """Choices after which none of their ways is open, with an example."""
    traps: dict[str, State] = field(default_factory=dict)
    """Scenes from which no ending can be reached any more, with an example."""
    longest: int = 0
    """The most choices of a path; :data:`MOST_CHOICES` where one can go in circles."""


def walk(scenario: Scenario) -> Walk:
    """Every state that can be reached, each once. References must be right."""
    return _Walker(scenario).walked()


class _Walker:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scenes = {scene.id: scene for scene in scenario.scenes}
        self.choices = {(scene.id, one.id): one for scene in scenario.scenes for one in scene.choices}
        self.names = [variable.id for variable in scenario.variables]
        self.found = Walk()
        self.next: dict[State, list[State]] = {}

    def walked(self) -> Walk:
        first = State(self.scenario.scenes[0].id, tuple(one.start for one in self.scenario.variables))
        waiting = [first]
        self.next[first] = []
        while waiting:
            state = waiting.pop()
            self.found.seen.add(state.place)
            if state.place not in self.scenes:
                continue
            for after in self.steps(state):
                self.next[state].append(after)
                if after not in self.next:
                    if len(self.next) >= MOST_STATES:
                        self.found.whole = False
                        return self.found
                    self.next[after] = []
                    waiting.append(after)
        self.judge(first)
        return self.found

    def steps(self, state: State) -> Iterator[State]:
        """The states after each choice that is open; notes what is wrong."""
        scene = self.scenes[state.place]
        open_ = [one for one in scene.choices if self.holds(one.when, state.values)]
        if not open_:
            self.found.dead_ends.setdefault(scene.id, state)
        for choice in open_:
            self.found.taken.add((scene.id, choice.id))
            after = self.after(state, choice)
            if after is None:
                self.found.lost.setdefault((scene.id, choice.id), state)
            else:
                yield after

    def after(self, state: State, choice: Choice) -> State | None:
        """The state after a choice; None where none of its ways is open."""
        effects = [choice.effects]
        pending = []
        for left, scene, key in state.pending:
            later = self.choices[scene, key].later
            if left > 1:
                pending.append((left - 1, scene, key))
            elif later:
                effects.append(later.effects)
        values = self.changed(state.values, effects)
        if choice.later:
            pending.append((choice.later.after, state.place, choice.id))
        place = next((way.to for way in choice.ways if self.holds(way.when, values)), None)
        if place is None:
            return None
        # What is still to come changes nothing once the story has ended.
        return State(place, values, tuple(sorted(pending)) if place in self.scenes else ())

    def holds(self, when: Mapping[str, Limits], values: tuple[int, ...]) -> bool:
        """Whether all conditions hold."""
        return all(limits.hold(values[self.names.index(name)]) for name, limits in when.items())

    def changed(self, values: tuple[int, ...], effects: list[Effects]) -> tuple[int, ...]:
        """The values after all these effects at once, each within its variable's limits."""
        return tuple(
            min(max(value + sum(one.get(variable.id, 0) for one in effects), variable.smallest), variable.largest)
            for value, variable in zip(values, self.scenario.variables, strict=True)
        )

    def judge(self, first: State) -> None:
        """Traps, from the endings backwards; the longest path, from the beginning on."""
        before: dict[State, list[State]] = {state: [] for state in self.next}
        for state, afters in self.next.items():
            for after in afters:
                before[after].append(state)
        ends = {state for state in self.next if state.place not in self.scenes}
        waiting = list(ends)
        while waiting:
            for state in before[waiting.pop()]:
                if state not in ends:
                    ends.add(state)
                    waiting.append(state)
        for state in self.next:
            if state not in ends:
                self.found.traps.setdefault(state.place, state)
        self.found.longest = self.longest(first, {state: len(states) for state, states in before.items()})

    def longest(self, first: State, open_: dict[State, int]) -> int:
        """The most choices from the beginning on, each state after all before it: a circle has no first."""
        depth = dict.fromkeys(self.next, 0)
        waiting = [first] if not open_[first] else []
        ordered = 0
        while waiting:
            state = waiting.pop()
            ordered += 1
            for after in self.next[state]:
                depth[after] = max(depth[after], depth[state] + 1)
                open_[after] -= 1
                if not open_[after]:
                    waiting.append(after)
        return max(depth.values()) if ordered == len(self.next) else MOST_CHOICES
