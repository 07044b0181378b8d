"""Rules for any zip: what every platform asks of its form."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence

from scormkit.problem import Problem
from scormkit.rule import Rule

READABLE = Rule("PKG-001", "The package is a zip that can be read.")
ROOT = Rule("PKG-002", "The manifest lies at the root of the zip.", "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4")
SIZE = Rule("PKG-003", "The package is of a size that can be read.")
XML = Rule("PKG-004", "The manifest is well-formed and harmless XML.")
STANDARD = Rule("PKG-005", "The manifest names a known standard and edition.")
NAMES = Rule("PKG-006", "Names are plain ASCII paths inside the zip, below 120 characters.")
TWICE = Rule("PKG-007", "No name stands twice, whatever its case.")
FORBIDDEN = Rule("PKG-008", "No file that platforms refuse (server scripts).")
FORM = Rule("PKG-009", "Entries are stored or deflated, not encrypted.")
ONE_STANDARD = Rule("PKG-010", "The package is of one standard.", severity="warning")

_REFUSED = re.compile(r"(^|/)\.htaccess$|\.(php\d?|phtml|cgi|sh|shtml|aspx?|jsp|py|rb|pl)$", re.IGNORECASE)
_ENCRYPTED = 0x1
LONGEST_NAME = 120


def entries(found: Sequence[zipfile.ZipInfo], label: str) -> Iterator[Problem]:
    """Breaches of the rules about entries."""
    seen: dict[str, str] = {}
    for entry in found:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or re.match(r"^[A-Za-z]:", name):
            yield NAMES.problem(f"{name!r} leads out of the package", file=label)
        elif not name.isascii() or " " in name or len(name) > LONGEST_NAME:
            yield Problem(label, 0, 0, NAMES.id, f"{name!r} is not a portable name", "", "warning")
        if (other := seen.setdefault(name.lower(), name)) is not name:
            yield TWICE.problem(f"{name!r} and {other!r} are the same name for many platforms", file=label)
        if _REFUSED.search(name):
            yield FORBIDDEN.problem(f"{name!r} is of a kind that platforms refuse", file=label)
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in {
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        }:
            yield FORM.problem(f"{name!r} is encrypted or packed in a way that platforms do not read", file=label)
