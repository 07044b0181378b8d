"""Reads a source file's bytes as text, without trusting the file."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from scormkit.content.rules import (
    FILE_CHARACTERS,
    FILE_EMPTY,
    FILE_ENCODING,
    FILE_READABLE,
    FILE_SIZE,
)
from scormkit.content.wording import size

if TYPE_CHECKING:
    from os import stat_result
    from pathlib import Path

    from scormkit.problem import Problem

LARGEST = 2_000_000
"""Bytes that a course or session file may have. The two largest samples have 30,000."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML refuses, and breaks of lines that editors do not count."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(file: Path, name: str) -> str | Problem:
    """The text of ``file``, or what is wrong with it. ``name`` stands for the file in the problem."""
    try:
        refusal = _refusal(file.stat(), name)
        if refusal:
            return refusal
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return FILE_READABLE.problem("there is no such file.", "Check the path.", file=name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the path is not valid"
        return FILE_READABLE.problem(
            f"this file cannot be read: {reason}.", "Check its rights and the path.", file=name
        )
    return _too_large(name, len(content)) if len(content) > LARGEST else _decoded(content, name)


def _refusal(status: stat_result, name: str) -> Problem | None:
    """Why a file is not even opened: to open a pipe would wait for ever."""
    if stat.S_ISDIR(status.st_mode):
        return FILE_READABLE.problem("this is a folder, not a file.", "Rename it, or name the file.", file=name)
    if not stat.S_ISREG(status.st_mode):
        return FILE_READABLE.problem("this is no ordinary file.", "Put a text file in its place.", file=name)
    if status.st_size > LARGEST:
        return _too_large(name, status.st_size)
    return None


def _too_large(name: str, number: int) -> Problem:
    return FILE_SIZE.problem(
        f"this file has {size(number)}, and at most {size(LARGEST)} are read.",
        "Split it into several sessions; pictures stay in files of their own.",
        file=name,
    )


def _decoded(content: bytes, name: str) -> str | Problem:
    if content.startswith(_UTF_16):
        return FILE_ENCODING.problem(
            "this file is UTF-16.", "Save it as UTF-8 in your editor.", file=name, line=1, column=1
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        return FILE_ENCODING.problem(
            f"the byte 0x{content[error.start]:02X} is not UTF-8.",
            "Save the file as UTF-8 in your editor.",
            file=name,
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
    text = text.removeprefix("\ufeff")
    unseen = _UNSEEN.search(text)
    if unseen:
        before = text[: unseen.start()]
        return FILE_CHARACTERS.problem(
            f"the character U+{ord(unseen[0]):04X} cannot be seen and is not allowed here.",
            "Delete it.",
            file=name,
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
    if not text.strip():
        return FILE_EMPTY.problem("this file is empty.", "Write id: … and title: … to begin with.", file=name)
    return text
