"""How much room a filled-in unit takes in an LMS that keeps few characters: the usual case and the worst."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator
from typing import Generic, NamedTuple, TypeVar

from pydantic import JsonValue

from scormkit.activities.draw import Draw
from scormkit.compiled import state_word
from scormkit.compiled.course import Unit
from scormkit.model.blocks import TextOfLength
from scormkit.model.forms import Record
from scormkit.model.text import Markdown, parts_in
from scormkit.problem import Problem
from scormkit.rule import Rule

NO_ROOM = Rule(
    "CNT-091",
    "What must be stored fits the platform's limit even without long texts.",
    "SCORM 1.2 RTE 3.4.4 cmi.suspend_data; SCORM 2004 RTE 4.2.24",
)
USUAL_TOO_LONG = Rule(
    "CNT-092",
    "A session with every field full, in the course's language, fits the platform's limit.",
    "SCORM 1.2 RTE 3.4.4 cmi.suspend_data; SCORM 2004 RTE 4.2.24",
    severity="warning",
)
T = TypeVar("T")
KEPT_NO_ROOM = Rule(
    "CNT-093",
    "What a learner is promised to find again fits the platform's limit, whatever is written.",
    "SCORM 1.2 RTE 3.4.4 cmi.suspend_data; SCORM 2004 RTE 4.2.24",
)
_LARGEST_LETTER = "\u4e00"
"""Where only the length counts: no letter that a field counts as one takes more bytes than its three."""
MARGIN = 1.03
"""The browser's deflate makes words up to this much longer than Python's (measured: under 2 %)."""


class Capacity(NamedTuple):
    """Lengths in characters of the stored state, beside the limit that they must fit."""

    limit: int
    skeleton: int
    """Without any long text: what stays when all of them are shed."""
    promised: int
    """The same with the texts that are only in the stored state, each full of text that packs as badly as any."""
    usual: int
    """Every field at its limit, text of the course's language."""
    worst: int
    """Every field at its limit, any text."""

    @property
    def sheds(self) -> bool:
        """Whether some texts could be too long to be kept for showing again."""
        return self.worst > self.limit

    def as_dict(self) -> dict[str, int | bool]:
        """For the build's report."""
        return {
            "limit": self.limit,
            "skeleton": self.skeleton,
            "promised": self.promised,
            "usual": self.usual,
            "worst": self.worst,
            "sheds": self.sheds,
        }


def capacity(unit: Unit, standard_limit: int = 0) -> Capacity:
    """The room that a unit takes beside a standard's limit, or the one that the author vouches for.

    The limit is 0 where neither is given. Of a unit in several languages it is the room of the largest.
    """
    rooms = (_capacity(one, standard_limit) for one in unit.versions)
    return Capacity(*map(max, zip(*rooms, strict=True)))


def _capacity(unit: Unit, standard_limit: int) -> Capacity:
    return Capacity(
        limit=unit.suspend_data_limit or standard_limit,
        skeleton=_packed(_fullest(unit, _any_text(), shed=["submitted", "kept"])),
        promised=_packed(_fullest(unit, _any_text(), shed=["submitted"])),
        usual=_packed(_fullest(unit, _usual_text(unit))),
        worst=state_word.longest(_fullest(unit, _LARGEST_LETTER.__mul__)),
    )


def problems(unit: Unit, room: Capacity, target: str, file: str) -> Iterator[Problem]:
    """What the author must do about a unit that does not fit."""
    if room.skeleton > room.limit:
        key, size = _largest(unit)
        yield NO_ROOM.problem(
            f"{target}: even without long texts the stored state takes {room.skeleton} of {room.limit} characters; "
            f"most of it ({size}) is {key}",
            f"Give {key} fewer entries, move a part into a session of its own, "
            f"or write suspend_data_limit: if your platform takes more.",
            file=file,
        )
    elif room.promised > room.limit:
        keys = [block.key for block in unit.blocks if block.activity.promise == "kept"]
        yield KEPT_NO_ROOM.problem(
            f"{target}: record: kept promises that {', '.join(keys)} can always be found again, but full of text the "
            f"stored state takes {room.promised} of {room.limit} characters",
            "Lower max_chars there, write record: submitted or record: private, "
            "or write suspend_data_limit: if your platform takes more.",
            file=file,
        )
    elif room.usual > room.limit:
        yield USUAL_TOO_LONG.problem(
            f"{target}: with every field full the stored state takes {room.usual} of {room.limit} characters, so "
            "some texts could not be shown to the learner again (your record keeps them whole)",
            "Lower max_chars of the longest texts, or write suspend_data_limit: if your platform takes more.",
            file=file,
        )


def _packed(state: JsonValue) -> int:
    return round(state_word.length(state) * MARGIN)


def _fullest(unit: Unit, text: TextOfLength, *, shed: Collection[Record] = ()) -> JsonValue:
    """The largest state in the shape of ``runtime/state.ts``; ``shed``: whose texts are left out."""
    entries: dict[str, JsonValue] = {}
    left_out: set[str] = set()
    for block in unit.blocks:
        if isinstance(block.activity, Draw):
            left_out |= _left_out(unit, block.activity, text)
    for block in unit.blocks:
        if block.key in left_out or (block.reads_only and not isinstance(block.activity, Draw)):
            continue
        promise = block.activity.promise
        # What is private stays on the learner's device.
        state = None if promise == "private" else block.activity.fullest_state(text)
        if promise in shed and isinstance(state, dict) and isinstance(texts := state.get("texts"), dict):
            state = {**state, "texts": {}, "shed": list(texts)}
        entries[block.key] = [9999, 1, 0.6666666666666666 if block.activity.weight() else None, state]
    if unit.languages:
        entries["_language"] = [9999, 0, None, max((one.language for one in unit.languages), key=len)]
    return {
        "c": 9999,
        "i": "k3x9z",
        "p": max((step.id for step in unit.steps), key=len),
        "s": [step.id for step in unit.steps],
        "r": entries,
        "t": ["incomplete", "unknown"],
        "b": 0.6666666666666666,
        "n": 999,
    }


def _left_out(unit: Unit, draw: Draw, text: TextOfLength) -> set[str]:
    """The smallest questions of a bank: the largest draw that there can be is without them."""
    sizes = {
        block.key: len(block.key) + len(state_word.as_json(block.activity.fullest_state(text)))
        for block in unit.blocks
        if block.key in draw.bank
    }
    return set(sorted(sizes, key=lambda key: sizes[key])[: len(sizes) - draw.draw])


def _largest(unit: Unit) -> tuple[str, int]:
    text = _LARGEST_LETTER.__mul__
    sizes = {
        block.key: len(state_word.as_json(block.activity.fullest_state(text)))
        - len(state_word.as_json(_texts(block.activity.fullest_state(text))))
        for block in unit.blocks
        if not block.reads_only
    }
    key = max(sizes, key=lambda name: sizes[name])
    return key, sizes[key]


def _texts(state: JsonValue) -> JsonValue:
    return state.get("texts") if isinstance(state, dict) else None


def _usual_text(unit: Unit) -> TextOfLength:
    """Words of the unit's own texts in random order: as varied as the language, a little harder to pack than prose."""
    words: list[str] = []
    for session in unit.sessions:
        for _, part in parts_in(session):
            if isinstance(part, Markdown):
                words += re.findall(r"[^\W\d_]+[,.;:!?]?", part)
    words = words or ["word"]
    used = 0

    def text(length: int) -> str:
        nonlocal used
        numbers = _NUMBERS.between(used, used := used + length // 2 + 1)
        enough = " ".join([words[int(number * len(words))] for number in numbers[: length // 4]])
        if len(enough) < length:
            enough = " ".join([words[int(number * len(words))] for number in numbers])
        return enough[:length]

    return text


def _any_text() -> TextOfLength:
    """Text that packs as badly as any: each letter takes three bytes, the most, and every byte is as likely as it can
    be, which is the most that a Huffman code of bytes can be made to take."""
    used = 0

    def text(length: int) -> str:
        nonlocal used
        return "".join(_LETTERS.between(used, used := used + length))

    return text


class _Endless(Generic[T]):
    """Random things one after the other, the same in every build, and made once for all its units."""

    def __init__(self, seed: int, one: Callable[[random.Random], T]) -> None:
        self._source = random.Random(seed)  # noqa: S311 - for texts that stand for others
        self._one = one
        self._made: list[T] = []

    def between(self, start: int, end: int) -> list[T]:
        """Those from ``start`` on, before ``end``."""
        while len(self._made) < end:
            self._made.append(self._one(self._source))
        return self._made[start:end]


_NUMBERS = _Endless(20040131, random.Random.random)
_SURROGATES = 0xE000 - 0xD800
_THREE_BYTES = 0xFFFE - 0x800 - _SURROGATES
"""How many letters take three bytes in UTF-8."""


def _letter(source: random.Random) -> str:
    code = 0x800 + int(source.random() * _THREE_BYTES)
    return chr(code if code < 0xD800 else code + _SURROGATES)


_LETTERS = _Endless(20010101, _letter)
