"""The standards, one folder each. A folder here, or an entry point ``scormkit.targets``, is all it takes.

A folder holds the manifest writer and its rules (``__init__.py``, with a table ``VARIANTS``: name → target) and
``driver.ts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scormkit.targets.target import Target

_SHELF = Path(__file__).resolve().parent
_ENTRY_POINTS = "scormkit.targets"


@cache
def targets() -> dict[str, Target]:
    """All targets by name, in the order of the shelf and of each standard's table."""
    folders = sorted(path.name for path in _SHELF.iterdir() if (path / "__init__.py").is_file())
    found: dict[str, Target] = {}
    for folder in folders:
        found.update(import_module(f"{__name__}.{folder}").VARIANTS)
    return found


@cache
def other_targets() -> dict[str, Target]:
    """Targets that other packages bring; looked up only when asked for: reading metadata is slow."""
    from importlib.metadata import entry_points  # noqa: PLC0415

    found: dict[str, Target] = {}
    for point in entry_points(group=_ENTRY_POINTS):
        found.update(import_module(point.value).VARIANTS)
    return found


def target_named(name: str) -> Target | None:
    """The target of that name, or None; the other standards are not imported where it is called as its folder is."""
    folder = name.partition("-")[0]
    if folder.isidentifier() and (_SHELF / folder / "__init__.py").is_file():
        found: Mapping[str, Target] = import_module(f"{__name__}.{folder}").VARIANTS
        if name in found:
            return found[name]
    return targets().get(name) or other_targets().get(name)
