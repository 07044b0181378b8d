"""All sources into one collection: what belongs together is joined, what does not is said."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from scormkit.problem import Problem, ProblemsFound
from scormkit.responses import rules
from scormkit.responses.codebooks import Codebooks
from scormkit.responses.collection import Collection
from scormkit.responses.matching import SHOWN, Matched, matched
from scormkit.responses.record import Attempt, Say
from scormkit.responses.source import attempts_in

_BROKEN = (
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    SyntaxError,
    RecursionError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)
"""What libraries raise, with or without saying so, for a file that is damaged in a way that they did not expect."""

_BESIDE = 16
"""About how many bytes stand around the values of a record."""


class Service(Protocol):
    """A platform that is asked over the network."""

    @property
    def name(self) -> str:
        """What reports and messages call it."""

    def attempts(self, known: Codebooks) -> Iterator[Attempt]:
        """What it tells. Raises :class:`ProblemsFound`."""


Tick = Callable[[int], None]
"""Called for every attempt that was read, with about how many bytes of its source it took."""


def read(
    sources: Sequence[Path], services: Sequence[Service], codebooks: Codebooks, say: Say, tick: Tick
) -> Collection:
    """Everything that the sources tell.

    Raises :class:`ProblemsFound` with the problems of all sources: a report out of a part of them would look whole.
    """
    problems: list[Problem] = []
    streams = [(str(path), partial(attempts_in, path, codebooks.ids, codebooks.titles, say)) for path in sources]
    streams += [(one.name, partial(one.attempts, codebooks)) for one in services]
    with ExitStack() as stack:
        collection = stack.enter_context(Collection(codebooks, say))
        for name, stream in streams:
            try:
                _fill(name, stream(), collection, say, tick)
            except ProblemsFound as found:
                problems += found.problems
            except _BROKEN as error:
                problems.append(
                    rules.UNKNOWN.problem(
                        f"it cannot be read: {type(error).__name__} {error}".rstrip(),
                        "It is damaged or no export. Download it again.",
                        file=name,
                    )
                )
            except (IsADirectoryError, PermissionError, FileNotFoundError) as error:
                problems.append(rules.UNKNOWN.problem(error.strerror or "it cannot be opened", file=name))
        if problems:
            raise ProblemsFound(problems)
        collection.finish()
        stack.pop_all()
    return collection


def _fill(name: str, attempts: Iterator[Attempt], collection: Collection, say: Say, tick: Tick) -> None:
    collection.new_source()
    strangers: list[Problem] = []
    kept = 0
    told = False
    unknown: dict[str, int] = {}
    cut = 0
    for attempt in attempts:
        tick(
            sum(
                len(one.id) + len(one.response or "") + len(one.result) + len(one.time) + _BESIDE
                for one in attempt.slots
            )
        )
        found = matched(attempt, collection.codebooks) if attempt.slots else _by_title(attempt, collection.codebooks)
        if isinstance(found, Problem):
            strangers = strangers or [found]
            continue
        kept += bool(attempt.slots)
        told = told or bool(attempt.slots or attempt.completion or attempt.score is not None)
        collection.add(attempt, found)
        for key, _ in found.unknown if found else ():
            unknown[key] = unknown.get(key, 0) + 1
        cut += sum("is missing" in answer.doubt for answer in found.answers) if found else 0
    if strangers and not kept:
        raise ProblemsFound(strangers)
    if not told:
        raise ProblemsFound([rules.NO_ANSWERS.problem("it holds no attempts", file=name)])
    if strangers:
        say(
            rules.UNMATCHED.problem(
                "answers of other activities were left out", "Give their codebooks too to read them.", file=name
            )
        )
    if unknown:
        named = ", ".join(islice(unknown, SHOWN)) + ("…" if len(unknown) > SHOWN else "")
        say(
            rules.UNMATCHED.problem(
                f"{sum(unknown.values())} stored answers belong to no question of the codebook ({named})",
                "They were given to another version of the content: give its codebook too. The report lists them.",
                file=name,
            )
        )
    if cut:
        say(
            rules.INCOMPLETE.problem(
                f"{cut} text{'s' * (cut > 1)} came without all {'their' if cut > 1 else 'its'} parts; they are marked",
                "The learner's session may have ended before everything was sent.",
                file=name,
            )
        )


def _by_title(attempt: Attempt, codebooks: Codebooks) -> Matched | None:
    found = matched(attempt, codebooks)
    return found if isinstance(found, Matched) else None
