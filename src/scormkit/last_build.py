"""What the last build like this one read, wrote and said: where nothing changed since, there is nothing to do.

Files are compared by size and times. In doubt a build is made, never left out. Imports little, so that a build with
nothing to do is over before it would have begun.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from scormkit import __version__
from scormkit.resources import PACKAGE, TEMPLATES

Seen = list[tuple[str, int, int, int]]
"""Files with size, time of the last change, and time of the last change of name, rights or content."""

TOO_FRESH = 2_000_000_000
"""Nanoseconds. What changed so shortly before it was read may have changed again without another time (FAT: 2 s)."""


class LastBuild:
    """The record of one call: the same paths, options and folder for the packages."""

    def __init__(self, paths: Iterable[Path], out: Path, options: object) -> None:
        self._out = out
        self._roots = sorted({path if path.is_dir() else path.parent for path in paths})
        call = [os.fspath(Path.cwd()), sorted(map(os.fspath, paths)), os.fspath(out), options]
        self._call = json.dumps([*call, __version__, sys.version, zlib.ZLIB_RUNTIME_VERSION])
        name = f"{zlib.crc32(self._call.encode()):08x}"  # the record itself says of which call it is
        folder = os.environ.get("XDG_CACHE_HOME") or os.fspath(Path("~/.cache").expanduser())
        self._file = Path(folder, "scormkit", f"{name}.json")
        self._begun = time.time_ns()
        self._sources = _seen(self._roots)

    def report(self) -> dict[str, str] | None:
        """What that build said; None where anything changed since, or where it cannot be known."""
        try:
            record = json.loads(self._file.read_bytes())
            known = tuple(record[key] for key in ("call", "sources", "own", "program", "packages"))
            report: dict[str, str] = record["report"]
            now = self._call, self._sources, _seen([PACKAGE, TEMPLATES]), _again(known[3]), _again(known[4])
        except (OSError, ValueError, LookupError, TypeError):
            return None
        return report if json.dumps(known) == json.dumps(now) else None

    def keep(self, packages: Iterable[Path], program: Iterable[str], report: dict[str, str]) -> None:
        """Record a build that is done; nothing where what it read may not be what lies there now.

        ``program``: the files of all modules that were at work.
        """
        out = self._out.resolve()
        if any(out.is_relative_to(root.resolve()) for root in self._roots):
            return  # what it wrote lies among what it read
        own = _seen([PACKAGE, TEMPLATES])
        # Where others could be installed counts too.
        places = {*program, *module_files(), *(folder for folder in sys.path if folder)}
        files = [seen for file in sorted(places) for seen in _file(file)]
        read = [*self._sources, *own, *(seen for seen in files if not Path(seen[0]).is_dir())]
        if any(max(seen[2:]) > self._begun - TOO_FRESH for seen in read):
            return
        import tempfile  # noqa: PLC0415 - only where there was something to do

        record = {
            "call": self._call,
            "sources": self._sources,
            "own": own,
            "program": files,
            "packages": [seen for path in packages for seen in _file(os.fspath(path))],
            "report": report,
        }
        with suppress(OSError):  # the next build then is made in full
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(record, file)
            Path(temporary).replace(self._file)


def module_files() -> frozenset[str]:
    """The files of all modules at work, those of libraries and of other packages' kinds and standards among them."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return frozenset(file for file in files if isinstance(file, str))


def _again(seen: Iterable[tuple[str, int, int, int]]) -> Seen:
    return [now for name, *_ in seen for now in _file(name)]


def _seen(folders: Iterable[Path]) -> Seen:
    """Every file and folder below ``folders``. Links to folders are not followed: builds do not either."""
    found: Seen = []
    for folder in folders:
        for place, names, files in os.walk(folder):
            if "__pycache__" in names:
                names.remove("__pycache__")
            names.sort()
            for name in ("", *sorted(files)):
                found += _file(os.path.join(place, name))  # noqa: PTH118 - half the time of a list of thousands
    return found


def _file(name: str) -> Seen:
    try:
        found = os.stat(name)  # noqa: PTH116 - as above
    except OSError:
        return [(name, -1, 0, 0)]
    return [(name, found.st_size, found.st_mtime_ns, found.st_ctime_ns)]
