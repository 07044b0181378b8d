"""Raw CMI data as JSON: what a platform, a test bench or an API can give of a run.

One object, a list of objects, or one object a line, each of them::

    {"learner": {"id": "…", "name": "…", "email": "…"}, "attempt": 1, "sco": "title", "cmi": {…}}

``cmi`` holds the data model nested (``{"interactions": [{"id": …}]}``, lists or objects with numbers as keys) or flat
(``{"cmi.interactions.0.id": …}``); without ``cmi`` the flat elements stand in the object itself. All but the elements
may be left out; learner and attempt are then taken from the data model, as far as it has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from scormkit.problem import ProblemsFound
from scormkit.responses import rules
from scormkit.responses.elements import attempt_of
from scormkit.responses.record import Attempt, Learner, Say

RANK = 3
_DEEPEST = 12


def attempts(path: Path, found: object, say: Say) -> Iterator[Attempt]:
    """The attempts in some JSON. Raises :class:`ProblemsFound`."""
    several = found if isinstance(found, list) else [found]
    for number, one in enumerate(several, 1):
        yield _attempt(path, number, one, say, alone=len(several) == 1)


def of_lines(path: Path, say: Say) -> Iterator[Attempt]:
    """The same, one object a line. Raises :class:`ProblemsFound`."""
    with path.open(encoding="utf-8-sig", errors="strict") as file:
        for line, text in enumerate(chain.from_iterable(iter(lambda: file.readlines(1 << 20), [])), 1):
            if not text.strip():
                continue
            try:
                one = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise ProblemsFound(
                    [
                        rules.CUT.problem(
                            f"no JSON can be read here: {error}",
                            "Each line holds one object, or the file is one.",
                            file=str(path),
                            line=line,
                            column=1,
                        )
                    ]
                ) from error
            yield _attempt(path, line, one, say, alone=False)


def _attempt(path: Path, number: int, one: object, say: Say, *, alone: bool) -> Attempt:
    flat: dict[str, str] = {}
    if isinstance(one, dict):
        cmi = one.get("cmi")
        for key, value in one.items():
            if key.startswith("cmi."):
                _flatten(key, value, flat, 0)
        if isinstance(cmi, dict):
            nested = not any(key.startswith("cmi.") for key in cmi)
            for key, value in cmi.items():
                _flatten(f"cmi.{key}" if nested else key, value, flat, 0)
    if not flat:
        raise ProblemsFound(
            [
                rules.UNKNOWN.problem(
                    f"object {number} holds no CMI elements",
                    'Expected {"learner": {…}, "attempt": 1, "cmi": {"interactions": …}}.',
                    file=str(path),
                )
            ]
        )
    said: Mapping[str, object] = one if isinstance(one, dict) else {}
    who = said.get("learner")
    person = who if isinstance(who, dict) else {"name": who} if isinstance(who, str) else {}
    name = str(person.get("name") or flat.get("cmi.learner_name") or flat.get("cmi.core.student_name") or "")
    key = str(person.get("id") or flat.get("cmi.learner_id") or flat.get("cmi.core.student_id") or "")
    if not name and not key:
        name = path.stem if alone else f"{path.stem} {number}"
        say(
            rules.NAMELESS.problem(
                "an object does not say whose answers it holds; such learners are called by file and number",
                'Add "learner": {"name": …}.',
                file=str(path),
            )
        )
    learner = Learner(name=name, email=str(person.get("email") or ""), id=f"cmi:{key}" if key else "")
    attempt = said.get("attempt")
    return attempt_of(
        flat,
        f"{path}:{number}",
        learner,
        attempt if isinstance(attempt, int) and attempt > 0 else 1,
        sco=str(said.get("sco") or ""),
        rank=RANK,
    )


def _flatten(name: str, value: object, flat: dict[str, str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        children = value.get("childArray")  # how scorm-again keeps a list
        if isinstance(children, list):
            _flatten(name, children, flat, depth + 1)
            return
        for key, part in value.items():
            _flatten(f"{name}.{key}", part, flat, depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _flatten(f"{name}.{index}", part, flat, depth + 1)
    elif value is not None:
        flat[name] = str(value).lower() if isinstance(value, bool) else str(value)
