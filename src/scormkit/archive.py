"""The zip: the same bytes for the same files, put in place whole or not at all."""

from __future__ import annotations

import os
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Self

STORED = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".avif",
    ".mp3",
    ".mp4",
    ".m4a",
    ".webm",
    ".woff",
    ".woff2",
)
"""Endings of what is compressed already."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
"""Headers of APPNOTE.TXT (PKWARE, 6.3), 4.3.7, 4.3.12 and 4.3.16."""
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION
"""Unix, whose modes stand in the entries."""
_MODE = 0o100644 << 16
_DAY = 1 << 5 | 1
"""1 January 1980."""
_PLAIN, _DEFLATED = 0, 8
_LEVEL = 6
_KEPT = 200_000
"""Bytes of the largest file that is kept in case the next package has it too."""
_MOST_FILES = 0xFFFF - 1
LARGEST = 0xFFFFFFFF
"""Bytes of a file or a zip without zip64, which some platforms do not read."""


def zipped(files: Iterable[tuple[str, bytes | Path]]) -> bytes:
    """A zip of the files, sorted by name, with fixed dates and modes, no zip64 and no data descriptors.

    Written here and not by ``zipfile``, which has no way to take in what was deflated before: scripts and schemas are
    the same in every package of a build.
    Raises ``ValueError`` for a name that stands twice (upper and lower case count as the same), that is absolute or
    leads out, or for a file or a whole that is too large.
    """
    parts: list[bytes] = []
    central: list[bytes] = []
    seen: set[str] = set()
    offset = 0
    for name, content in sorted(files, key=lambda file: file[0]):
        if name.lower() in seen:
            raise ValueError(f"two files of the package are called {name!r}")
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isascii():
            raise ValueError(f"{name!r} cannot be a name in a package")
        seen.add(name.lower())
        data = content.read_bytes() if isinstance(content, Path) else content
        if len(data) >= LARGEST:
            raise ValueError(f"{name!r} is too large for a package: {len(data)} bytes")
        stored = name.lower().endswith(STORED)
        if stored:
            method, checksum, packed = _PLAIN, zlib.crc32(data), data
        else:
            method, (checksum, packed) = _DEFLATED, _kept(data) if len(data) <= _KEPT else _deflated(data)
        label = name.encode()
        what = (_VERSION, 0, method, 0, _DAY, checksum, len(packed), len(data), len(label), 0)
        parts += (_LOCAL.pack(b"PK\3\4", *what), label, packed)
        central += (_CENTRAL.pack(b"PK\1\2", _MADE_BY, *what, 0, 0, 0, _MODE, offset), label)
        offset += _LOCAL.size + len(label) + len(packed)
        if offset >= LARGEST or len(seen) > _MOST_FILES:
            raise ValueError(f"the package is too large: {len(seen)} files, {offset} bytes")
    size = sum(map(len, central))
    end = _END.pack(b"PK\5\6", 0, 0, len(seen), len(seen), size, offset, 0)
    return b"".join((*parts, *central, end))


def _deflated(data: bytes) -> tuple[int, bytes]:
    """Checksum and deflated form."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()


_kept = lru_cache(64)(_deflated)
"""The same, the last ones kept: those that all packages share are among them."""


class Staging:
    """Files that wait, in a folder beside their place, until all of them are made: then all go there, or none.

    Forked processes share it. Nothing is left of it at the end of its ``with`` block, nor of the folder where that was
    made for nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting = folder / f".scormkit-{os.urandom(6).hex()}"
        self._new: list[Path] = []

    def __enter__(self) -> Self:
        self._new = [part for part in (self.folder, *self.folder.parents) if not part.exists()]
        return self

    def add(self, name: str, content: bytes) -> None:
        """One file more. Raises ``OSError`` where the folder cannot be written."""
        if not self._waiting.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._waiting.mkdir(mode=0o700, exist_ok=True)
        file = self._waiting / name
        file.write_bytes(content)
        file.chmod(0o644)

    def put(self) -> None:
        """Put every file in its place, each so that readers see the old one or the new one, never a part.

        Raises ``OSError`` where that cannot be done.
        """
        for file in self._files():
            file.replace(self.folder / file.name)
            self._new = []

    def clear(self) -> None:
        """Forget all files."""
        for file in self._files():
            file.unlink()

    def _files(self) -> list[Path]:
        return sorted(self._waiting.iterdir()) if self._waiting.exists() else []

    def __exit__(self, *_: object) -> None:
        if self._waiting.exists():
            self.clear()
            self._waiting.rmdir()
        for folder in self._new:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write into, which takes the place of ``path`` when all went well, and is gone otherwise.

    Raises ``OSError`` where the folder cannot be written; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        yield Path(temporary)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
