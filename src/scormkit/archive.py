"""The zip: the same bytes for the same files, put in place whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

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

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o100644 << 16
_LEVEL = 6
LARGEST = 0xFFFFFFFF
"""Bytes of a file or a zip without zip64, which some platforms do not read."""


def zipped(files: Iterable[tuple[str, bytes | Path]]) -> bytes:
    """A zip of the files, sorted by name, with fixed dates and modes, no zip64 and no data descriptors.

    Raises ``ValueError`` for a name that stands twice (upper and lower case count as the same), that is absolute or
    leads out, or for a file that is too large.
    """
    buffer = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(buffer, "w", allowZip64=False) as archive:
        for name, content in sorted(files, key=lambda file: file[0]):
            if name.lower() in seen:
                raise ValueError(f"two files of the package are called {name!r}")
            if name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isascii():
                raise ValueError(f"{name!r} cannot be a name in a package")
            seen.add(name.lower())
            data = content.read_bytes() if isinstance(content, Path) else content
            if len(data) >= LARGEST:
                raise ValueError(f"{name!r} is too large for a package: {len(data)} bytes")
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = _UNIX
            info.external_attr = _MODE
            stored = name.lower().endswith(STORED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=None if stored else _LEVEL)
    return buffer.getvalue()


def put(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part.

    Raises ``OSError`` where the folder cannot be written; the old file is then untouched.
    """
    with whole(path) as temporary:
        temporary.write_bytes(content)


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
