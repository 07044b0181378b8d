"""The words of the page and the runtime, from the catalogues beside the templates and the activity kinds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from scormkit import activities
from scormkit.resources import TEMPLATES

DEFAULT_LANGUAGE = "en"

_PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def _file(folder: Path, language: str) -> Mapping[str, str]:
    path = folder / "messages" / f"{language}.json"
    if not path.is_file():
        return {}
    catalogue: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return catalogue


@cache
def catalogue(language: str, kinds: tuple[str, ...]) -> Mapping[str, str]:
    """All messages of the page and of ``kinds``; English where the language has none."""
    found: dict[str, str] = {}
    for name in dict.fromkeys((DEFAULT_LANGUAGE, language.partition("-")[0], language)):
        for folder in (TEMPLATES, *(activities.folder_of(kind) for kind in kinds)):
            found.update(_file(folder, name))
    return found


def translated(messages: Mapping[str, str], key: str, values: Mapping[str, object]) -> str:
    """A message with its ``{placeholders}`` filled in. Raises ``KeyError`` for an unknown key."""
    text = messages.get(key)
    if text is None:
        # English plural rules; the page's other languages come with their own catalogue entries.
        text = messages[f"{key}.{'one' if values.get('count') == 1 else 'other'}"]
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def needed(messages: Mapping[str, str], scripts: Iterable[str]) -> dict[str, str]:
    """Only the messages that the scripts can ask for: by name, or by a prefix that they complete."""
    text = "\n".join(scripts)
    literals = set(re.findall(r"[`\"']([a-z][\w-]*(?:\.[\w-]+)+)[`\"']", text))
    prefixes = tuple(re.findall(r"[`\"']([a-z][\w-]*(?:\.[\w-]+)*\.)(?=\$\{|[`\"'])", text))
    return {
        key: message
        for key, message in messages.items()
        if key in literals or _PLURAL.sub("", key) in literals or key.startswith(prefixes)
    }
