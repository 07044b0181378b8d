"""Pydantic's errors, each at its place in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scormkit.content.document import Document, entry
from scormkit.content.wording import Plain, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel, ValidationError

    from scormkit.model.text import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One of pydantic's errors at a place of the document."""

    code: str
    """Pydantic's word for it, for instance ``string_type``."""
    path: Path
    """Of the value; for a missing or unknown key with the key at its end."""
    value: Any
    context: dict[str, Any]
    words: str
    document: Document
    model: type[BaseModel]
    branch: bool
    """One of several attempts at the same value, because its key takes several types."""

    @property
    def name(self) -> str:
        """What the value is called in a sentence."""
        return named(self.path)


def faults_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Fault]:
    """Pydantic's errors with their places in the document; one a value, and none where reading had failed."""
    faults = []
    for found in error.errors(include_url=False):
        path, branch = _followed(found["loc"], document.data)
        if found["type"] == "missing":
            path = (*path, str(found["loc"][-1]))
        context = found.get("ctx", {})
        if not _follows(found["type"], path, context, document):
            faults.append(Fault(found["type"], path, found["input"], context, found["msg"], document, model, branch))
    return list(_one_for_each(faults))


def named(path: Path) -> str:
    """``title``, ``entry 2 of aliases``; "" for the whole file."""
    words = ""
    for step in reversed(path):
        if isinstance(step, str):
            return words + shortened(step)
        words += f"entry {step + 1} of "
    return ""


def _follows(code: str, path: Path, context: dict[str, Any], document: Document) -> bool:
    """Whether an error only follows from something else that is reported."""
    if code == "missing" and path[:-1] in document.incomplete:
        return True
    if code == "too_short":  # pydantic counts the entries that are right
        value = document.value(path)
        return isinstance(value, list) and len(value) >= context["min_length"]
    return any(path[: len(unread)] == unread for unread in document.unread)


def _followed(loc: Iterable[str | int], data: Plain) -> tuple[Path, bool]:
    """The part of pydantic's ``loc`` that the data has, without its names for types tried in between."""
    path: list[str | int] = []
    branch = False
    inner: Plain = data
    for step in loc:
        try:
            inner = entry(inner, step)
        except KeyError:
            branch = True
        else:
            path.append(step)
    return tuple(path), branch


def _one_for_each(faults: list[Fault]) -> Iterator[Fault]:
    """Of several attempts at one value, the one that comes nearest to it."""
    seen: set[Path] = set()
    for fault in faults:
        if fault.branch and fault.code != "missing":
            is_list = isinstance(fault.document.value(fault.path), list)
            if is_list != (fault.code in ("tuple_type", "too_short", "too_long")) and _has_rival(fault, faults):
                continue
            if fault.path in seen:
                continue
            seen.add(fault.path)
        yield fault


def _has_rival(fault: Fault, faults: list[Fault]) -> bool:
    size = len(fault.path)
    return any(other is not fault and other.branch and other.path[:size] == fault.path for other in faults)
