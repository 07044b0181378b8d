"""Scenario: a story that goes on as the learner decides, with things that are remembered and several endings.

Reports ``I``: the ending, as a choice of all endings, and the way to it, scene by scene, as a text; ``S`` where it is
scored: what its ending is worth, 0 to 1. It can be gone through again; the last ending counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue, PrivateAttr

from scormkit.activities.scenario.walk import MOST_CHOICES, MOST_STATES, State, Walk, walk
from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, lines_length, repeated
from scormkit.model.scoring import Weight
from scormkit.model.text import Id, Line, Markdown, Model, Share
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.model.text import Path

SAME_ID = Rule("CNT-scenario-1", "Each scene, ending, variable, and choice of a scene has an id of its own.")
NO_SUCH_PLACE = Rule("CNT-scenario-2", "A choice leads to a scene or an ending.")
NO_SUCH_VARIABLE = Rule("CNT-scenario-3", "Effects and conditions are about the scenario's variables.")
RANGE = Rule("CNT-scenario-4", "A variable begins between its smallest and its largest value.")
DEAD_END = Rule("CNT-scenario-5", "In every scene, and after every choice, it goes on.")
UNREACHABLE = Rule("CNT-scenario-6", "Every scene, ending and choice can be reached.")
TRAP = Rule("CNT-scenario-7", "From everywhere an ending can be reached.")
NO_SCORE = Rule(
    "CNT-scenario-8", "A scored scenario says what each ending is worth, and the full score can be reached."
)
TOO_LARGE = Rule(
    "CNT-scenario-9", f"A scenario has at most {MOST_STATES:,} states, and {MOST_CHOICES} choices on a path."
)

PATH_CHARS = 500
"""The most characters of the way that is reported; of a longer one the middle is left out."""

Whole = Annotated[int, Field(ge=-1000, le=1000)]
Effects = dict[Id, Whole]
"""Variable → what is added to it."""


class Variable(Model):
    """A number that is remembered."""

    id: Id
    title: Line | None = None
    """Shown to the learner with its value; a variable without a title is kept out of sight."""
    start: Whole = 0
    smallest: Whole = 0
    """It never falls below."""
    largest: Whole = 10
    """It never rises above."""


class Limits(Model):
    """What a variable must be."""

    at_least: Whole | None = None
    at_most: Whole | None = None

    def hold(self, value: int) -> bool:
        """Whether a value is within."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


When = dict[Id, Limits]
"""Variable → what it must be; all of them must hold."""


class Later(Model):
    """What a choice brings about later."""

    after: Annotated[int, Field(ge=1, le=10)]
    """With which choice after it, up to the tenth."""
    effects: Effects = Field(default_factory=dict)
    text: Markdown | None = None
    """Told when it happens."""


class Way(Model):
    """Where a choice leads, if its conditions hold."""

    to: Id
    when: When = Field(default_factory=dict)


class Choice(Model):
    """Something to do."""

    id: Id
    text: Line
    feedback: Markdown | None = None
    """What comes of it, told at once."""
    when: When = Field(default_factory=dict)
    """When it is there to be chosen; always, where nothing is said."""
    effects: Effects = Field(default_factory=dict)
    later: Later | None = None
    goto: Id | Annotated[tuple[Way, ...], Field(min_length=1, max_length=8)]
    """The scene or ending that comes next; or several, of which the first is taken whose conditions hold."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """Where it leads, in order."""
        return (Way(to=self.goto),) if isinstance(self.goto, str) else self.goto


class Scene(Model):
    """A moment in which something is to be decided."""

    id: Id
    text: Markdown
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=6)]
    """1 to 6 choices."""


class Ending(Model):
    """How it may end."""

    id: Id
    title: Line
    text: Markdown
    score: Share | None = None
    """What it is worth, 0 to 1, where the scenario is scored."""


class Scenario(Activity):
    """A story with decisions."""

    activity: Literal["scenario"] = "scenario"
    prompt: Markdown
    variables: Annotated[tuple[Variable, ...], Field(max_length=6)] = ()
    """Up to 6 numbers that are remembered."""
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=40)]
    """1 to 40 scenes; it begins with the first."""
    endings: Annotated[tuple[Ending, ...], Field(min_length=1, max_length=MOST_OPTIONS)]
    """1 to 36 endings."""
    explanation: Markdown | None = None
    """Shown below every ending."""
    scored: bool = False
    """Whether the ending counts for the score."""
    relative_weight: Weight = 1.0
    """How much it counts beside other questions."""

    _walk: Walk | None = PrivateAttr(default=None)

    @property
    def walk(self) -> Walk:
        """What can happen."""
        if self._walk is None:
            self._walk = walk(self)
        return self._walk

    @property
    def shown_variables(self) -> tuple[Variable, ...]:
        """Those that the learner sees."""
        return tuple(one for one in self.variables if one.title)

    def weight(self) -> float:
        """Its weight in the score."""
        return self.relative_weight if self.scored else 0.0

    def problems(self) -> Iterator[Finding]:
        """Ids and references; then what a walk along every path finds."""
        wrong = [*self._ids(), *self._references()]
        yield from wrong
        if wrong:
            return
        found = self.walk
        if not found.whole:
            yield Finding(
                ("scenes",),
                TOO_LARGE,
                f"there are more than {MOST_STATES:,} states (a scene with all that is remembered in it), so not every"
                " path could be checked",
                "Take variables away, or narrow them with smallest and largest.",
            )
            return
        if found.longest > MOST_CHOICES:
            yield Finding(
                ("scenes",),
                TOO_LARGE,
                f"a path takes {found.longest} choices, and {MOST_CHOICES} are the most",
                "Make two scenarios of it.",
            )
        yield from self._stuck(found)
        yield from self._unseen(found)
        yield from self._scores(found)

    def _ids(self) -> Iterator[Finding]:
        places: list[Scene | Ending] = [*self.scenes, *self.endings]
        for index, key in repeated(places):
            at = index - len(self.scenes)
            path: Path = ("scenes", index, "id") if at < 0 else ("endings", at, "id")
            yield Finding(path, SAME_ID, f"the scene or ending {key} is there twice", "Give one of them another id.")
        for index, key in repeated(self.variables):
            yield Finding(
                ("variables", index, "id"), SAME_ID, f"the variable {key} is there twice", "Give it another id."
            )
        for number, scene in enumerate(self.scenes):
            for index, key in repeated(scene.choices):
                yield Finding(
                    ("scenes", number, "choices", index, "id"),
                    SAME_ID,
                    f"the choice {key} is there twice in the scene {scene.id}",
                    "Give it another id.",
                )
        for index, variable in enumerate(self.variables):
            if not variable.smallest <= variable.start <= variable.largest:
                yield Finding(
                    ("variables", index),
                    RANGE,
                    f"{variable.id} starts at {variable.start}, not from {variable.smallest} to {variable.largest}",
                    "Change start, or widen smallest and largest.",
                )

    def _references(self) -> Iterator[Finding]:
        places = [*(scene.id for scene in self.scenes), *(ending.id for ending in self.endings)]
        names = [variable.id for variable in self.variables]
        for number, scene in enumerate(self.scenes):
            for index, choice in enumerate(scene.choices):
                path: Path = ("scenes", number, "choices", index)
                named: list[tuple[Path, str]] = [((*path, "when", name), name) for name in choice.when]
                named += [((*path, "effects", name), name) for name in choice.effects]
                if choice.later:
                    named += [((*path, "later", "effects", name), name) for name in choice.later.effects]
                for at, way in enumerate(choice.ways):
                    one: Path = (*path, "goto") if isinstance(choice.goto, str) else (*path, "goto", at, "to")
                    if way.to not in places:
                        yield Finding(
                            one,
                            NO_SUCH_PLACE,
                            f"there is no scene or ending {way.to}",
                            f"There are {', '.join(places)}.",
                        )
                    named += [((*path, "goto", at, "when", name), name) for name in way.when]
                for place, name in named:
                    if name not in names:
                        hint = f"The variables are {', '.join(names)}." if names else "Add it to variables."
                        yield Finding(place, NO_SUCH_VARIABLE, f"there is no variable {name}", hint)

    def _stuck(self, found: Walk) -> Iterator[Finding]:
        numbers = {scene.id: number for number, scene in enumerate(self.scenes)}
        for key, state in found.dead_ends.items():
            yield Finding(
                ("scenes", numbers[key]),
                DEAD_END,
                f"in the scene {key} there can be nothing to choose{self._where(state)}",
                "Add a choice without when.",
            )
        for (key, choice), state in found.lost.items():
            index = [one.id for one in self.scenes[numbers[key]].choices].index(choice)
            yield Finding(
                ("scenes", numbers[key], "choices", index, "goto"),
                DEAD_END,
                f"after {choice} in the scene {key} it can go nowhere{self._where(state)}",
                "Add a last way without when.",
            )
        if found.dead_ends or found.lost:
            return
        for key, state in found.traps.items():
            yield Finding(
                ("scenes", numbers[key]),
                TRAP,
                f"from the scene {key} no ending can be reached{self._where(state)}",
                "Let one of the choices after it lead to an ending.",
            )

    def _where(self, state: State) -> str:
        values = ", ".join(f"{one.id} is {value}" for one, value in zip(self.variables, state.values, strict=True))
        return f" when {values}" if values else ""

    def _unseen(self, found: Walk) -> Iterator[Finding]:
        for number, scene in enumerate(self.scenes):
            if scene.id not in found.seen:
                yield Finding(
                    ("scenes", number, "id"),
                    UNREACHABLE,
                    f"no path leads to the scene {scene.id}",
                    f"Write goto: {scene.id} in a choice, or take the scene away.",
                )
                continue
            for index, choice in enumerate(scene.choices):
                if (scene.id, choice.id) not in found.taken:
                    yield Finding(
                        ("scenes", number, "choices", index, "when"),
                        UNREACHABLE,
                        f"the choice {choice.id} of the scene {scene.id} is never there: its conditions never hold",
                        "Change when, or the effects before it.",
                    )
        for index, ending in enumerate(self.endings):
            if ending.id not in found.seen:
                worth = f", so its score of {ending.score:g} cannot be reached" if ending.score is not None else ""
                yield Finding(
                    ("endings", index, "id"),
                    UNREACHABLE,
                    f"no path leads to the ending {ending.id}{worth}",
                    "Change the conditions or effects on the way, or take the ending away.",
                )

    def _scores(self, found: Walk) -> Iterator[Finding]:
        if not self.scored:
            return
        for index, ending in enumerate(self.endings):
            if ending.score is None:
                yield Finding(
                    ("endings", index),
                    NO_SCORE,
                    f"the scenario counts for the score, but nothing says what the ending {ending.id} is worth",
                    "Write score: with a number from 0 to 1.",
                )
        best = max((one.score for one in self.endings if one.id in found.seen and one.score is not None), default=None)
        if best is not None and best < 1:
            yield Finding(
                ("endings",),
                NO_SCORE,
                f"the best score that can be reached is {best:g}",
                "Write score: 1 for the best ending that can be reached.",
            )

    @property
    def path_chars(self) -> int:
        """The most characters of the way as it is reported."""
        longest = max(len(f"{scene.id}: {choice.id}") for scene in self.scenes for choice in scene.choices)
        return min(PATH_CHARS, lines_length(max(1, min(self.walk.longest, MOST_CHOICES)), longest))

    def interactions(self) -> tuple[Interaction, ...]:
        """The ending, then the way to it."""
        best = tuple((one.id,) for one in self.endings if one.score == 1) if self.scored else ()
        return (
            Interaction(
                key="ending",
                type="choice",
                description=self.prompt,
                options=tuple(Option(one.id, one.title) for one in self.endings),
                correct_responses=best,
                weighting=self.weight(),
            ),
            Interaction(key="path", type="fill-in", description=f"path: {self.prompt}", max_chars=self.path_chars),
        )

    def client(self) -> dict[str, JsonValue]:
        """What leads where; the texts stand in the markup."""
        return {
            "variables": [[one.id, one.start, one.smallest, one.largest] for one in self.variables],
            "scenes": {scene.id: [_choice(one) for one in scene.choices] for scene in self.scenes},
            "endings": {one.id: one.score for one in self.endings},
            "first": self.scenes[0].id,
            "graded": self.scored,
            "limit": self.path_chars,
            "most": MOST_CHOICES,
        }

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """The longest path, after it was gone through before."""
        longest = max((choice.id for scene in self.scenes for choice in scene.choices), key=len)
        return {"path": [longest] * min(self.walk.longest, MOST_CHOICES), "ended": True}


def _choice(choice: Choice) -> JsonValue:
    later: JsonValue = [choice.later.after, dict[str, JsonValue](choice.later.effects)] if choice.later else None
    ways: list[JsonValue] = [[way.to, _when(way.when)] for way in choice.ways]
    return [choice.id, _when(choice.when), dict[str, JsonValue](choice.effects), later, ways]


def _when(when: When) -> dict[str, JsonValue]:
    return {name: [limits.at_least, limits.at_most] for name, limits in when.items()}


KIND = Scenario
