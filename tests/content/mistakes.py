"""Reads author_mistakes.txt: a good session, a good course, and what can be wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FIXTURE = Path(__file__).parent / "author_mistakes.txt"
_SPECIAL = re.compile(r"<(TAB|BOM|BYTE ([0-9A-F]{2})|U\+([0-9A-F]{4}))>")


@dataclass
class Mistake:
    """One block of the fixture."""

    name: str
    file: str = "session.yaml"
    whole: list[str] | None = None
    changes: list[tuple[list[str], list[str]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def content(self, good: str) -> bytes:
        """The file with the mistake, made from the good one."""
        if self.whole is not None:
            return _bytes("".join(f"{line}\n" for line in self.whole))
        text = good
        for old, new in self.changes:
            before = "".join(f"{line}\n" for line in old)
            after = "".join(f"{line}\n" for line in new)
            if not before:
                text += after
                continue
            assert f"\n{text}".count(f"\n{before}") == 1, f"{self.name}: {before!r} is not there just once"
            text = f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:]
        return _bytes(text)


def _bytes(text: str) -> bytes:
    content = b""
    end = 0
    for match in _SPECIAL.finditer(text):
        content += text[end : match.start()].encode()
        if match[2]:
            content += bytes.fromhex(match[2])
        else:
            content += {"TAB": "\t", "BOM": "\ufeff"}.get(match[1], chr(int(match[3] or "0", 16))).encode()
        end = match.end()
    return content + text[end:].encode()


def mistakes() -> dict[str, Mistake]:
    """All blocks by name; the two good files are among them."""
    found: dict[str, Mistake] = {}
    current = Mistake("")
    for line in FIXTURE.read_text(encoding="utf-8").split("\n"):
        mark, rest = line[:2], line[2:]
        if line.startswith("=== "):
            current = Mistake(line[4:])
            assert current.name not in found, f"{current.name} is there twice"
            found[current.name] = current
        elif not current.name:
            continue
        elif mark == "@ ":
            current.file = rest
        elif line[:1] == "|":
            current.whole = [*(current.whole or []), rest]
        elif line[:1] == "-":
            if not current.changes or current.changes[-1][1]:
                current.changes.append(([], []))
            current.changes[-1][0].append(rest)
        elif line[:1] == "+":
            if not current.changes:
                current.changes.append(([], []))
            current.changes[-1][1].append(rest)
        elif mark == "> ":
            current.told.append(rest)
    return found
