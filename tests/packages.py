"""Packages for tests: of the sample course, and of a small course that a test can change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scormkit.archive import zipped
from scormkit.compiled.compiler import compiled
from scormkit.compiled.course import Package
from scormkit.content.loader import load
from scormkit.targets import targets

ROOT = Path(__file__).parents[1]

SMALL = """\
id: small
title: A small session
aim: See how it works.
length: 2m
phases:
  - id: think
    kind: reflect
    title: Think
    duration: 1m
    setting: individual
    facilitator: Let them think.
    blocks:
      - text: Read **this**.
      - activity: open-text
        id: thoughts
        prompt: What do you think?
        max_chars: 300
      - activity: multiple-choice
        id: question
        question: Which one?
        options:
          - {id: this, text: This one}
          - {id: that, text: That one}
        correct: this
  - id: plan
    kind: plan
    title: Plan
    duration: 1m
    setting: individual
    facilitator: Let them plan.
    blocks:
      - activity: form
        id: action-plan
        purpose: action-plan
        fields:
          - {id: action, type: long-text, label: I am going to, required: true, max_chars: 400}
          - {id: by, type: date, label: By when?}
completion: {phases: all, forms: [action-plan]}
"""


def course_in(folder: Path, change: Callable[[str], str] = str) -> Path:
    """A small session in a folder, changed as a test wants it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "session.yaml").write_text(change(SMALL), encoding="utf-8")
    return folder


def packages_of(folder: Path, target: str) -> tuple[Package, ...]:
    """The compiled packages of the one course in a folder."""
    loaded = load([folder])
    assert not loaded.problems, loaded.problems
    (course,) = loaded.courses
    return compiled(course, several_units=targets()[target].several_units)


def zip_of(package: Package, target: str, *, control_documents: bool = True) -> bytes:
    """The zip of a package for a target."""
    files = targets()[target].packaged(package, control_documents=control_documents)
    return zipped((file.name, file.content) for file in files)
