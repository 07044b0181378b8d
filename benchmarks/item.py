"""The common benchmark item: one ten-minute session, and courses of any number of variants of it."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from pathlib import Path
from typing import Any

SESSION = Path(__file__).with_name("session.yaml").read_text(encoding="utf-8")
"""The session as an author writes it; the word NUMBER stands for the variant."""

PICTURES = ("board.png", "tidy.png")
WIDTH, HEIGHT = 640, 384
"""Pixels of a picture. At two bits a pixel of noise, two of them take 124 KB."""

NOT_TEXT = {
    "id", "kind", "type", "role", "purpose", "activity", "file", "length", "duration", "setting", "language",
    "correct", "form", "compare_with", "completion",
}  # fmt: skip
"""Keys whose values are names and numbers, which nobody reads."""


def picture(seed: str) -> bytes:
    """A PNG of grey noise that no zip can shrink, the same bytes for the same ``seed`` on every machine."""
    row = WIDTH // 4
    noise = hashlib.shake_128(seed.encode()).digest(row * HEIGHT)
    rows = b"".join(b"\0" + noise[at : at + row] for at in range(0, len(noise), row))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 2, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def write_course(folder: Path, sessions: int = 1) -> Path:
    """Write a course of ``sessions`` variants of the item into ``folder``, and return the folder."""
    ids = [f"shift-handover-{number:05}" for number in range(1, sessions + 1)]
    folder.mkdir(parents=True)
    listed = "".join(f"  - {name}\n" for name in ids)
    course = f"id: shift-handover\ntitle: Handing over a shift\nlanguage: en\nsessions:\n{listed}"
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    for name in ids:
        files = folder / name / "files"
        files.mkdir(parents=True)
        text = SESSION.replace("NUMBER", name.rpartition("-")[2])
        (folder / name / "session.yaml").write_text(text, encoding="utf-8")
        for file in PICTURES:
            (files / file).write_bytes(picture(name + file))
    return folder


def plain_text(session: object) -> list[str]:
    """Every text of a session that somebody reads, in the order of the file, without Markdown's marks."""
    if isinstance(session, str):
        return [" ".join(re.sub(r"[*_#]|^\d+\. ", "", session, flags=re.MULTILINE).split())]
    values: list[Any] = []
    if isinstance(session, dict):
        values = [value for key, value in session.items() if key not in NOT_TEXT]
    elif isinstance(session, list):
        values = session
    return [text for value in values for text in plain_text(value)]


def words(session: object) -> int:
    """How many words a session has."""
    return sum(len(re.findall(r"\w+(?:['’-]\w+)*", text)) for text in plain_text(session))  # noqa: RUF001 - an apostrophe


def zipped_text(session: object) -> int:
    """Bytes that the session's text takes in a zip by itself: the content, apart from its pictures."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return len(packer.compress("\n".join(plain_text(session)).encode()) + packer.flush())
