"""The one Jinja environment: kinds' templates into blocks, blocks into a page with marks for what a target adds."""

from __future__ import annotations

import traceback
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
    TemplateSyntaxError,
    pass_context,
)
from jinja2.bccache import Bucket, bc_version
from jinja2.runtime import Context
from markupsafe import Markup

from scormkit import activities
from scormkit.compiled import markdown
from scormkit.compiled.messages import Catalogue, translated
from scormkit.problem import Problem, ProblemsFound
from scormkit.resources import BUILT, TEMPLATES
from scormkit.rule import Rule

SCRIPT = "@scormkit-script@"
"""Stands in a page where the script goes; what it holds depends on the target."""
POLICY = "@scormkit-policy@"
"""Stands where the content security policy goes; it names the script's hash."""
PROMISE = "@scormkit-promise@"
"""Stands where the page says what becomes of the answers."""

PAGE = "@scormkit-page@"
"""Stands for the name of the launch page without its ending, which depends on what else is in the package."""

COURSE_TEMPLATE = Rule("CNT-067", "A template of a course can be rendered.", "Jinja, Template Designer Documentation")

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
    # What a course brings along may have come from anywhere: it can shape a page, and reach nothing else.
    made: type[Environment] = Environment
    if overrides:
        from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - hardly any course needs it

        made = SandboxedEnvironment
    environment = made(
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

    def __init__(self, messages: Catalogue, places: markdown.Places) -> None:
        self._messages = messages
        self._places = places

    def context(self) -> dict[str, Any]:
        """The functions, by the names that templates use."""
        return {"t": self.t, "picture": self.picture, "places": self._places}

    def t(self, key: str, **values: object) -> str:
        """A message of the catalogue. Where it runs from right to left, a text put in keeps its marks to itself."""
        if direction_of(self._messages.language) == "rtl":
            values = {name: f"\u2068{text}\u2069" if isinstance(text, str) else text for name, text in values.items()}
        return translated(self._messages, key, values)

    def picture(self, image: Any) -> Markup:
        """A figure from an image field."""
        return markdown.picture(image.file, image.alt, self._places, image.caption)


def block_html(kind: str, overrides: Path | None, context: Mapping[str, Any]) -> Markup:
    """A block of an activity kind. Raises :class:`ProblemsFound` where a course's own template fails."""
    return _rendered(f"{kind}/template.html.j2", overrides, context)


def page_html(overrides: Path | None, context: Mapping[str, Any]) -> str:
    """A page. Raises :class:`ProblemsFound` where a course's own template fails."""
    return str(_rendered("page.html.j2", overrides, context))  # a text: its marks are replaced by what is no markup


def _rendered(name: str, overrides: Path | None, context: Mapping[str, Any]) -> Markup:
    try:
        return Markup(environment(overrides).get_template(name).render(context))  # noqa: S704 - autoescape is on
    except TemplateSyntaxError as error:
        if overrides is None or not error.filename:
            raise
        place, message = (error.filename, error.lineno), str(error.message)
        raise ProblemsFound([_template_problem(place, message)]) from error
    except Exception as error:
        # Whatever a course's template does wrong while it runs: Jinja gives its traceback the template's own lines.
        frames = traceback.extract_tb(error.__traceback__)
        own = [(frame.filename, frame.lineno or 0) for frame in frames if _is_in(frame.filename, overrides)]
        if not own:
            raise
        raise ProblemsFound([_template_problem(own[-1], str(error))]) from error


def _is_in(file: str, folder: Path | None) -> bool:
    return folder is not None and Path(file).is_relative_to(folder)


def _template_problem(place: tuple[str, int], message: str) -> Problem:
    file, line = place
    hint = "Mend it, or take the file away: then the template that comes with scormkit is used."
    return COURSE_TEMPLATE.problem(f"this template cannot be rendered: {message}", hint, file=file, line=line, column=1)


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
def switch_style() -> Markup:
    """The rules of the language switch, which only units in several languages have."""
    return Markup((BUILT / "languages.css").read_text(encoding="utf-8").strip())  # noqa: S704 - our own


@cache
def chunk(name: str) -> str:
    """A chunk of the browser side, or "" where a kind has none."""
    file = BUILT / f"{name}.js"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
