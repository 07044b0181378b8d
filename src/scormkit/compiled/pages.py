"""The one Jinja environment: kinds' templates into blocks, blocks into a page with marks for what a target adds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    Template,
    pass_context,
)
from jinja2.bccache import Bucket, bc_version
from jinja2.runtime import Context
from markupsafe import Markup

from scormkit import activities
from scormkit.compiled import markdown
from scormkit.compiled.messages import translated
from scormkit.resources import BUILT, TEMPLATES

SCRIPT = "@scormkit-script@"
"""Stands in a page where the script goes; what it holds depends on the target."""
POLICY = "@scormkit-policy@"
"""Stands where the content security policy goes; it names the script's hash."""
PROMISE = "@scormkit-promise@"
"""Stands where the page says what becomes of the answers."""

RTL = ("ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi")
"""Languages written from right to left."""


def direction_of(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.partition("-")[0].lower() in RTL else "ltr"


def _kind_template(name: str) -> str | None:
    kind, _, file = name.partition("/")
    if not file:
        return None
    try:
        return (activities.folder_of(kind) / file).read_text(encoding="utf-8")
    except (KeyError, OSError):
        return None


@pass_context
def _markdown(context: Context, text: str) -> Markup:
    """Markdown with the pictures of the session that is being rendered."""
    return markdown.rendered(text, context.get("places"))


class _Translated(BytecodeCache):
    """The templates as Python, made when the wheel was built; found by the checksum of a template's text."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the translation where there is one; Python keeps its compiled form beside it."""
        file = BUILT / "templates" / f"{bc_version}-{bucket.checksum}.py"
        if file.is_file():
            bucket.code = SourceFileLoader(bucket.checksum, str(file)).get_code(bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept for later: what is built in has its translation already."""


@cache
def environment(overrides: Path | None = None) -> Environment:
    """The templates, with those of the folder ``overrides`` in front where a course brings its own."""
    folders = [FileSystemLoader(folder) for folder in (overrides, TEMPLATES) if folder]
    environment = Environment(
        loader=ChoiceLoader([*folders, FunctionLoader(_kind_template)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_Translated(),
    )
    environment.filters["markdown"] = _markdown
    environment.filters["plain"] = markdown.plain
    return environment


class Words:
    """What every template can say and show: messages, Markdown, pictures."""

    def __init__(self, messages: Mapping[str, str], places: markdown.Places) -> None:
        self._messages = messages
        self._places = places

    def context(self) -> dict[str, Any]:
        """The functions, by the names that templates use."""
        return {"t": self.t, "picture": self.picture, "places": self._places}

    def t(self, key: str, **values: object) -> str:
        """A message of the catalogue."""
        return translated(self._messages, key, values)

    def picture(self, image: Any) -> Markup:
        """A figure from an image field."""
        return markdown.picture(image.file, image.alt, self._places, image.caption)


def block_template(kind: str, overrides: Path | None) -> Template:
    """The template of an activity kind."""
    return environment(overrides).get_template(f"{kind}/template.html.j2")


def page_template(overrides: Path | None) -> Template:
    """The template of a page."""
    return environment(overrides).get_template("page.html.j2")


@cache
def style(kinds: tuple[str, ...], overrides: Path | None = None) -> Markup:
    """The theme and the kinds' own rules, in one piece."""
    own = overrides / "theme.css" if overrides else None
    theme = own if own and own.is_file() else BUILT / "theme.css"
    parts = [theme.read_text(encoding="utf-8").strip()]
    for kind in kinds:
        file = BUILT / "activities" / f"{kind.replace('-', '_')}.css"
        if file.is_file():
            parts.append(file.read_text(encoding="utf-8").strip())
    return Markup("".join(parts).replace("</", "<\\/"))  # noqa: S704 - our own style sheets, or the author's


@cache
def chunk(name: str) -> str:
    """A chunk of the browser side, or "" where a kind has none."""
    file = BUILT / f"{name}.js"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
