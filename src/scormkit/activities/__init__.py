"""The activity kinds, one folder each. A folder here, or an entry point ``scormkit.activities``, is all it takes.

A folder holds the model (``__init__.py``, which names it ``KIND``), ``template.html.j2``, ``behaviour.ts``,
``style.css``, ``messages/<language>.json`` and ``examples/*.yaml``. The folder's name is the kind's, with
underscores for hyphens.

:data:`PARTS` have a folder too, but no author writes them: they are what scormkit itself adds to a unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

from scormkit.model.blocks import Activity

_SHELF = Path(__file__).resolve().parent
_ENTRY_POINTS = "scormkit.activities"

PARTS = ("draw", "follow-up", "reminder", "results")
"""What only some units carry: the drawing and shuffling of questions, the results of what counts, the step that asks
for a report, and reminders beside a plan."""


STAND_INS = ("prediction",)
"""What an author writes in the place of another activity; it has a model and nothing else."""


@cache
def _own() -> tuple[str, ...]:
    folders = (path.name for path in _SHELF.iterdir() if (path / "__init__.py").is_file())
    return tuple(sorted({name.replace("_", "-") for name in folders} - {*PARTS, *STAND_INS}))


@cache
def _others() -> dict[str, str]:
    """Kinds of other packages: name → module. Looked up only when asked for: reading metadata is slow."""
    from importlib.metadata import entry_points  # noqa: PLC0415

    return {point.name: point.value for point in entry_points(group=_ENTRY_POINTS)}


@cache
def module_of(name: str) -> str | None:
    """The module that holds a kind or a part, or None where there is no such thing."""
    if name in _own() or name in (*PARTS, *STAND_INS):
        return f"{__name__}.{name.replace('-', '_')}"
    return _others().get(name)


@cache
def folder_of(name: str) -> Path:
    """The folder with a kind's or part's template, style and messages. Raises ``KeyError`` where there is none."""
    module = module_of(name)
    if module is None:
        raise KeyError(name)
    found = import_module(module).__file__
    if found is None:
        raise KeyError(name)
    return Path(found).resolve().parent


@dataclass(frozen=True)
class Shelf:
    """All kinds; a model is imported when it is first asked for."""

    _models: dict[str, type[Activity] | None] = field(default_factory=dict)

    def __call__(self, name: str) -> type[Activity] | None:
        """The model of a kind, or None where there is no such kind."""
        if name not in self._models:
            module = None if name in PARTS else module_of(name)
            self._models[name] = import_module(module).KIND if module else None
        return self._models[name]

    def names(self) -> tuple[str, ...]:
        """All kinds, sorted."""
        return tuple(sorted({*_own(), *_others()}))


KINDS = Shelf()
