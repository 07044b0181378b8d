"""Translations of a session: which there are, and whether they differ from it in texts only.

What is compared follows from the models: a field of type ``Markdown`` or ``Line`` is a text, everything else is the
same in all languages, because what learners answer is stored and recorded by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import StringConstraints

from scormkit.content.rules import (
    LEADS_OUT,
    TRANSLATION_IDS,
    TRANSLATION_LANGUAGE,
    TRANSLATION_NAME,
    TRANSLATION_SAME,
    TRANSLATION_TEXT,
)
from scormkit.content.session_rules import blocks_of
from scormkit.content.sources import leads_out
from scormkit.content.wording import listed, nearest, quoted, shortened
from scormkit.model.session import LANGUAGE_TAG, Session
from scormkit.model.text import Markdown, Model, SameInAll

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from scormkit.content.findings import Findings
    from scormkit.model.interactions import Interaction
    from scormkit.model.text import Path
    from scormkit.problem import Problem
    from scormkit.rule import Rule

_NAME = re.compile(r"session\.(.+)\.yaml\Z", re.DOTALL)
_OWN = ("language", "source")
"""Of the whole session: what is of each language's own."""
_MOST = 60
"""Characters of a value that a message shows."""


class Translation(NamedTuple):
    """A file that holds a session in another language. ``language`` is the tag in its name."""

    language: str
    file: File


def translations_in(folder: File, language: str | None) -> tuple[list[Translation], list[Problem]]:
    """The translations of the session in ``folder``, by their tags, and what is wrong with the files' names.

    ``language``: the tag of session.yaml; None where that is not known.
    """
    found: dict[str, Translation] = {}
    problems: list[Problem] = []
    try:
        files = sorted(file for file in folder.glob("session.*.yaml") if file.is_file())
    except OSError:
        return [], []
    for file in files:
        match = _NAME.match(file.name)
        tag = match[1] if match else ""
        if not re.fullmatch(LANGUAGE_TAG, tag):
            message = f"{quoted(tag)} is no language tag, so this file is not read."
            hint = "Name a translation after its language, like session.de.yaml or session.pt-BR.yaml."
            problems.append(TRANSLATION_NAME.problem(message, hint, file=str(file)))
        elif leads_out(file, folder):
            problems.append(
                LEADS_OUT.problem(
                    "this symbolic link leads out of its folder.", "Put the file itself here.", file=str(file)
                )
            )
        elif (twin := found.get(tag.lower())) or (language and tag.lower() == language.lower()):
            other = twin.file.name if twin else "session.yaml"
            message = f"{other} is in the language {tag} already."
            problems.append(TRANSLATION_LANGUAGE.problem(message, "Take one of the two away.", file=str(file)))
        else:
            found[tag.lower()] = Translation(tag, file)
    return [found[tag] for tag in sorted(found)], problems


@dataclass(slots=True)
class Read:
    """A session as it was read from a file: as written, and with what its activities refer to in place."""

    session: Session
    resolved: Session
    findings: Findings

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return re.split(r"[/\\]", self.findings.document.name)[-1]


def compare(original: Read, translation: Read, language: str) -> None:
    """Everything in which ``translation``, in the file of ``language``, differs and must not."""
    said = translation.session.language
    if said and said.lower() != language.lower():
        translation.findings.add(
            TRANSLATION_LANGUAGE,
            ("language",),
            f"language is {said}, but the file's name says {language}",
            f"Write language: {language}, or name the file session.{said}.yaml",
        )
    before = len(translation.findings.problems)
    comparison = _Comparison(original, translation.findings)
    comparison.models(original.session, translation.session, (), ())
    if len(translation.findings.problems) == before:
        comparison.answers(translation)


@dataclass(slots=True)
class _Comparison:
    """Walks through both sessions side by side. Paths come in pairs: in the original, in the translation."""

    original: Read
    findings: Findings

    def add(self, rule: Rule, there: Path, here: Path, message: str, hint: str, *, at_key: bool = False) -> None:
        if not self.original.findings.mended.concerns(rule, there):
            place = self.findings.document.at_key(here) if at_key else None
            self.findings.add(rule, here, message, hint, place=place)

    def line(self, path: Path) -> str:
        """Where something stands in the original."""
        return f"line {self.original.findings.document.at_key(path)[0]} of {self.original.name}"

    def models(self, one: Model, other: Model, there: Path, here: Path) -> None:
        if type(one) is not type(other):
            a, b = (getattr(model, "activity", type(model).__name__.lower()) for model in (one, other))
            self.add(
                TRANSLATION_SAME, there, here, f"this is {b}, but {a} in {self.line(there)}", f"Make it {a} here too"
            )
            return
        for name, info in type(one).model_fields.items():
            if here or name not in _OWN:
                step = info.alias or name
                self.values(
                    getattr(one, name), getattr(other, name), (*there, step), (*here, step), _is_text(type(one), name)
                )

    def values(self, one: object, other: object, there: Path, here: Path, text: bool) -> None:
        if isinstance(one, Model) and isinstance(other, Model):
            self.models(one, other, there, here)
        elif _has_models(one) or _has_models(other):
            self.lists(_tuple(one), _tuple(other), there, here)
        elif isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
            for key in one:
                self.values(one[key], other[key], (*there, key), (*here, key), text)
        elif text and _texts_only(one) and _texts_only(other):
            if one and not other:
                self.missing(there, here)
        elif one != other:
            self.different(one, other, there, here)

    def missing(self, there: Path, here: Path) -> None:
        self.add(
            TRANSLATION_TEXT, there, here, f"{here[-1]} is missing; it is in {self.line(there)}", "Translate it too"
        )

    def different(self, one: object, other: object, there: Path, here: Path) -> None:
        key = here[-1]
        if isinstance(one, Model) and other is None:
            self.add(TRANSLATION_IDS, there, here, f"{key} is missing; it is in {self.line(there)}", "Translate it too")
            return
        theirs = self.written(self.original.findings, there, one)
        ours = self.written(self.findings, here, other)
        if theirs is None:
            message, hint = f"{key} is {ours}, but nothing is said in {self.original.name}", "Take it away"
        else:
            says = f"is {ours}, but {theirs}" if ours is not None else f"is missing; it is {theirs}"
            message, hint = f"{key} {says} in {self.line(there)}", f"Write {key}: {theirs}"
        self.add(TRANSLATION_SAME, there, here, message, f"{hint}: only texts differ between languages", at_key=True)

    def written(self, findings: Findings, path: Path, value: object) -> str | None:
        """A value as its file has it; None where the file says nothing."""
        raw = findings.document.value(path)
        if raw is None:
            return None
        if isinstance(raw, bool):
            return "true" if raw else "false"
        if isinstance(raw, dict) or (isinstance(raw, list) and any(isinstance(one, (dict, list)) for one in raw)):
            return "something else" if value is not None else "nothing"
        text = "[" + ", ".join(map(str, raw)) + "]" if isinstance(raw, list) else str(raw)
        return shortened(text, _MOST)

    def lists(self, one: tuple[Any, ...], other: tuple[Any, ...], there: Path, here: Path) -> None:
        ids, own = [_id(part) for part in one], [_id(part) for part in other]
        key = here[-1]
        lacking = [number for number, name in enumerate(ids) if name and name not in own]
        surplus = [number for number, name in enumerate(own) if name and name not in ids]
        for number in lacking:
            self.add(
                TRANSLATION_IDS,
                (*there, number),
                here,
                f"{key} lacks the id {ids[number]}, which is in {self.line((*there, number))}",
                "Translate it too, under the same id",
                at_key=True,
            )
        for number in surplus:
            free = [ids[index] for index in lacking]
            meant = free[0] if len(free) == len(surplus) == 1 else nearest(own[number], free)
            self.add(
                TRANSLATION_IDS,
                there,
                (*here, number, "id"),
                f"there is no {own[number]} among the {key} of {self.original.name}",
                f"Did you mean {meant}? Ids are not translated" if meant else f"Add it to {self.original.name} as well",
            )
        pairs = [(at, own.index(name)) for at, name in enumerate(ids) if name and name in own]
        if not lacking and not surplus:
            if len(one) != len(other):
                entries = "entry" if len(other) == 1 else "entries"
                said = f"{key} has {len(other)} {entries}, but {len(one)} in {self.line(there)}"
                self.add(TRANSLATION_IDS, there, here, said, "Have as many in all languages", at_key=True)
            elif ids != own:
                in_order = listed([name for name in ids if name], "and")
                said = f"{key} are in another order than in {self.line(there)}"
                self.add(TRANSLATION_IDS, there, here, said, f"The order there is {in_order}", at_key=True)
            else:
                pairs = [(at, at) for at in range(len(one))]
        for at, place in pairs:
            self.values(one[at], other[place], (*there, at), (*here, place), text=False)

    def answers(self, translation: Read) -> None:
        """What the models do not show: what activities record."""
        for (there, one), (here, other) in zip(
            blocks_of(self.original.resolved), blocks_of(translation.resolved), strict=True
        ):
            recorded, own = (tuple(map(_recorded, block.interactions())) for block in (one, other))
            if recorded != own:
                self.add(
                    TRANSLATION_SAME,
                    there,
                    here,
                    f"{other.id} records other answers than in {self.line(there)}",
                    "Give its lists as many entries as there",
                )


def _recorded(one: Interaction) -> tuple[object, ...]:
    """What must be alike of a record. Right answers that are texts are of each language's own."""
    right = () if one.type in {"fill-in", "long-fill-in"} else one.correct_responses
    options, targets = ([option.id for option in some] for some in (one.options, one.targets))
    return one.key, one.type, options, targets, right, one.weighting, one.digest, one.tolerance


def _id(part: object) -> str:
    found = getattr(part, "id", None)
    return found if isinstance(found, str) else ""


def _has_models(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(part, Model) for part in value)


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _texts_only(value: object) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return all(part is None or isinstance(part, str) for part in parts)


@cache
def _is_text(model: type[Model], field: str) -> bool:
    """Whether what an author writes in a field is a text, or are texts."""
    info = model.model_fields[field]
    return any(_texts_of(info.annotation, tuple(info.metadata)))


def _texts_of(annotation: Any, metadata: tuple[object, ...]) -> Iterator[bool]:
    if isinstance(annotation, type) and issubclass(annotation, Markdown):
        yield True
    elif annotation is str:
        constrained = any(isinstance(one, StringConstraints) for one in metadata)
        yield constrained and not any(isinstance(one, SameInAll) for one in metadata)
    elif get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _texts_of(inner, tuple(more))
    else:
        for part in get_args(annotation):
            yield from _texts_of(part, ())
