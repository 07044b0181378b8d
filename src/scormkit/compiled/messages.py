"""The words of the page and the runtime, from the catalogues beside the templates and the activity kinds.

A catalogue is ``messages/<language>.json``, i18next JSON version 4: flat keys, plural forms under ``key_one``,
``key_few``, … by the categories of CLDR. Translators' programs open it as it is, and nothing has to be compiled.
Placeholders are ``{name}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from scormkit import activities
from scormkit.resources import TEMPLATES

DEFAULT_LANGUAGE = "en"

_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def _file(folder: Path, language: str) -> Mapping[str, str]:
    path = folder / "messages" / f"{language}.json"
    if not path.is_file():
        return {}
    catalogue: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return catalogue


class Catalogue(dict[str, str]):
    """Messages by key, with the ``language`` whose plural rules they follow."""

    language = DEFAULT_LANGUAGE


@cache
def catalogue(language: str, kinds: tuple[str, ...]) -> Catalogue:
    """All messages of the page and of ``kinds``; English where the language has none."""
    found = Catalogue()
    for name in dict.fromkeys((DEFAULT_LANGUAGE, language.partition("-")[0].lower(), language)):
        for folder in (TEMPLATES, *(activities.folder_of(kind) for kind in kinds)):
            if words := _file(folder, name):
                found.update(words)
                found.language = name
    return found


def own_name(language: str) -> str:
    """What a language is called in itself; its tag where there is no catalogue that says so."""
    base, _, rest = language.partition("-")
    name = _file(TEMPLATES, base).get("languages.own", "")
    return f"{name} ({rest})" if name and rest else name or language


def plural_category(language: str, count: int) -> str:
    """The plural category of a whole number in a language that has a catalogue (Unicode CLDR, plural rules)."""
    base = language.partition("-")[0]
    if base == "ar" and count != 1:
        rest = count % 100
        small = {0: "zero", 2: "two"}.get(count)
        return small or ("few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other")
    if base in {"es", "fr"} and count and count % 1_000_000 == 0:
        return "many"
    return "one" if count == 1 or (base == "fr" and count == 0) else "other"


def translated(messages: Catalogue, key: str, values: Mapping[str, object]) -> str:
    """A message with its ``{placeholders}`` filled in; ``count`` picks the form. ``KeyError`` for an unknown key."""
    text = messages.get(key)
    if text is None:
        count = values.get("count")
        form = plural_category(messages.language, count) if isinstance(count, int) else "other"
        text = messages.get(f"{key}_{form}") or messages[f"{key}_other"]
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def needed(messages: Mapping[str, str], scripts: Iterable[str]) -> dict[str, str]:
    """Only the messages that the scripts can ask for: by name, or by a prefix that they complete.

    A plural form that reads like ``other`` stays away: that is what is said where a form is missing.
    """
    asked = [_asked(script) for script in scripts]
    literals = frozenset[str]().union(*(literals for literals, _ in asked))
    prefixes = tuple(prefix for _, prefixes in asked for prefix in prefixes)
    return {
        key: message
        for key, message in messages.items()
        if key in literals or _PLURAL.sub("", key) in literals or key.startswith(prefixes)
        if key.endswith("_other") or messages.get(_PLURAL.sub("_other", key)) != message or not _PLURAL.search(key)
    }


@cache
def _asked(script: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Names of messages in a script, and what it completes to names. Scripts of all standards are the same ones."""
    literals = frozenset(re.findall(r"[`\"']([a-z][\w-]*(?:\.[\w-]+)+)[`\"']", script))
    return literals, tuple(re.findall(r"[`\"']([a-z][\w-]*(?:\.[\w-]+)*\.)(?=\$\{|[`\"'])", script))
