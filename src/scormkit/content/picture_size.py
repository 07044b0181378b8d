"""Width and height of a picture from its first bytes, and whether a file is what its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

Size = tuple[int, int] | None

_HEAD = 4096
_MOST_SEGMENTS = 500
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG markers that begin a frame (ITU-T T.81, table B.1)."""


class NotThisType(ValueError):  # noqa: N818 - says what is the matter
    """The file's first bytes are not those of its type."""


def picture_size(file: Path, suffix: str) -> Size:
    """Width and height in pixels; None where the type has none, or where they are not said at the beginning.

    ``suffix`` is the type, for instance ``.png``. At most a few thousand bytes are read. Raises
    :class:`NotThisType` when the bytes are of another type, and ``OSError``.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
        if suffix == ".png":
            return _png(head)
        if suffix in (".jpg", ".jpeg"):
            return _jpeg(head, stream)
        if suffix == ".gif":
            return _gif(head)
        if suffix == ".webp":
            return _webp(head)
        if suffix == ".avif":
            return _avif(head)
        if suffix == ".mp4":
            _expect(head[4:8] == b"ftyp")
        elif suffix == ".mp3":
            _expect(head[:3] == b"ID3" or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0))
    return None


def _expect(fits: bool) -> None:
    if not fits:
        raise NotThisType


def _png(head: bytes) -> Size:
    """ISO/IEC 15948, 5.2 and 11.2.2."""
    _expect(head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR" and len(head) >= 24)
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def _gif(head: bytes) -> Size:
    """GIF89a, 18."""
    _expect(head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 10)
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _jpeg(head: bytes, stream: BinaryIO) -> Size:
    """ITU-T T.81, B.1 and B.2.2."""
    _expect(head[:3] == b"\xff\xd8\xff")
    place = 2
    for _ in range(_MOST_SEGMENTS):
        stream.seek(place)
        segment = stream.read(9)
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        if segment[1] == 0xFF:
            place += 1
        elif segment[1] in _FRAMES:
            return int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7])
        else:
            place += 2 + int.from_bytes(segment[2:4])
    return None


def _webp(head: bytes) -> Size:
    """RFC 9649, 2.3 to 2.7."""
    _expect(head[:4] == b"RIFF" and head[8:12] == b"WEBP" and len(head) >= 30)
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return None


def _avif(head: bytes) -> Size:
    """ISO/IEC 23008-12, 6.5.3: the first spatial extents; they stand near the beginning."""
    _expect(head[4:8] == b"ftyp" and b"avi" in head[8:64])
    place = head.find(b"ispe")
    if place < 0 or len(head) < place + 16:
        return None
    return int.from_bytes(head[place + 8 : place + 12]), int.from_bytes(head[place + 12 : place + 16])
