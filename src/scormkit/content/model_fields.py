"""Which model, and so which keys, stand at a place of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from scormkit.activities import KINDS
from scormkit.model.blocks import Activity, kind_named

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from scormkit.content.wording import Plain
    from scormkit.model.text import Path


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """A model's fields by the keys that an author writes."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def model_at(model: type[BaseModel], path: Path, data: Plain) -> type[BaseModel] | None:
    """The model of the mapping at ``path``; None where the format knows of none."""
    found: type[BaseModel] | None = model
    inner: Plain = data
    for step in path:
        if isinstance(step, str):
            info = keys_of(found).get(step) if found else None
            found = _model_in(info.annotation) if info else None
            inner = inner.get(step) if isinstance(inner, dict) else None
        else:
            inner = inner[step] if isinstance(inner, list) and step < len(inner) else None
        if found is Activity and isinstance(inner, dict):
            found = kind_of(inner)
    return found


def field_at(model: type[BaseModel], path: Path, data: Plain) -> FieldInfo | None:
    """The field whose value, or an entry of whose list, stands at ``path``."""
    keys = [index for index, step in enumerate(path) if isinstance(step, str)]
    if not keys:
        return None
    parent = model_at(model, path[: keys[-1]], data)
    return keys_of(parent).get(str(path[keys[-1]])) if parent else None


def kind_of(block: dict[str, Plain]) -> type[Activity] | None:
    """The model of a block."""
    name = kind_named(block)
    return KINDS(name) if isinstance(name, str) else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found:
            return found
    return None
