"""The folder of a small good course, with files of every sort beside its session."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from tests.content.mistakes import mistakes

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">\n'
    '  <title>Hands</title>\n  <circle cx="20" cy="15" r="9"/>\n</svg>\n'
)
TRACKER_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">\n'
    "  <style>@import 'https://example.org/x.css'; circle { fill: u\\72l(//example.org/y) }</style>\n"
    '  <image xlink:href="https://example.org/pixel.png" width="1" height="1"/>\n'
    '  <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Hands</p></foreignObject>\n'
    "</svg>\n"
)
ENTITY_SVG = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    '<svg xmlns="http://www.w3.org/2000/svg"><title>&b;</title></svg>\n'
)
SCRIPT_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">\n'
    "  <script>alert(1)</script>\n"
    '  <circle r="9" onclick="alert(1)"/>\n'
    "</svg>\n"
)


def png(width: int, height: int, beyond: int = 0) -> bytes:
    """A picture that says its size, followed by so many bytes more."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + bytes(beyond)


def sparse(file: Path, size: int) -> None:
    """A file of ``size`` bytes that takes no room on the disk."""
    with file.open("wb") as stream:
        stream.write(png(10, 10))
        stream.truncate(size)


def hygiene(folder: Path) -> Path:
    """Make the course in ``folder``; gives the session's folder."""
    good = mistakes()
    session = folder / "washing-hands"
    files = session / "files"
    files.mkdir(parents=True)
    (folder / "course.yaml").write_bytes(good["the good course"].content(""))
    (session / "session.yaml").write_bytes(good["the good session"].content(""))
    (files / "plan.svg").write_text(SVG)
    (files / "script.svg").write_text(SCRIPT_SVG)
    (files / "tracker.svg").write_text(TRACKER_SVG)
    (files / "entity.svg").write_text(ENTITY_SVG)
    (files / "broken.svg").write_text(SVG[:-8])
    (files / "photo.png").write_bytes(png(320, 200))
    (files / "Big.PNG").write_bytes(png(4000, 3000, 1_500_000))
    sparse(files / "huge.png", 30_000_000)
    (files / "notes.pdf").write_bytes(b"%PDF-1.7\n")
    (files / "talk.mp3").write_bytes(b"ID3\x03" + bytes(60))
    (files / "liar.png").write_text("This is no picture.")
    return session
