"""A course of a test's own, built and served beside the sample courses."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import Site


def serve(site: Site, course: str, session: str, form: Mapping[str, Any]) -> str:
    """A course of one session that is a form, as cmi5 and as xAPI; ``COURSE/SESSION``. Built once."""
    if not (site.folder / f"{course}-{session}-cmi5").exists():
        source = site.folder / f"{course}-source"
        (source / session).mkdir(parents=True)
        phase = {
            "id": "plan",
            "kind": "activity",
            "title": "Make a plan",
            "duration": "5m",
            "setting": "individual",
            "facilitator": "Let them write.",
            "blocks": [{"activity": "form", "id": "sheet", **form}],
        }
        about = {"id": session, "title": "A plan", "aim": "To plan.", "length": "5m", "phases": [phase]}
        _write(source / session / "session.yaml", about)
        whole = {"id": course, "title": "A course", "language": "en", "version": "1", "sessions": [session]}
        _write(source / "course.yaml", whole)
        made = build([source], [targets()[name] for name in ("cmi5", "xapi")], site.folder / "dist")
        for one in made.packages:
            with zipfile.ZipFile(one.path) as archive:
                archive.extractall(site.folder / one.path.stem)
    return f"{course}/{session}"


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
