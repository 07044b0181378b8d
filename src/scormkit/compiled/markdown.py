"""Markdown to HTML and to plain text. Raw HTML is shown as text; pictures and links were checked by the loader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

HEADINGS_FROM = 3
"""Headings of authors' texts start below those of the page: h1 title, h2 step."""


class Picture(Protocol):
    """A media file, as far as markup needs it."""

    @property
    def width(self) -> int | None:
        """Pixels, where known."""
        ...

    @property
    def height(self) -> int | None:
        """Pixels, where known."""
        ...


Places = Mapping[str, tuple[str, Picture]]
"""Picture as written by the author → its address in the package and its size."""


_PROSE = re.compile(r"""
    [^\W\d_] [\w\ ,.;:?!'"()/%+=€£$§°’‘“”„–—…·×-]*+ (?<!\ )
    (?: \n [^\W\d_] [\w\ ,.;:?!'"()/%+=€£$§°’‘“”„–—…·×-]*+ (?<!\ ) )*+
""", re.VERBOSE)  # fmt: skip  # noqa: RUF001 - the marks of printed texts
"""A paragraph without any mark that Markdown knows, each line beginning with a letter: most texts of a session. It
needs no parser."""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False})
    for name in ("image", "heading_open", "heading_close", "link_open"):
        parser.add_render_rule(name, globals()[f"_{name}"])
    return parser


def rendered(text: str, places: Places | None = None) -> Markup:
    """HTML of a Markdown text; safe, because raw HTML in it is escaped."""
    if _PROSE.fullmatch(text) and "_" not in text:
        return Markup("<p>" + text.replace('"', "&quot;") + "</p>\n")  # noqa: S704 - nothing else asks for escapes
    return Markup(_parser().render(text, {"places": places or {}}))  # noqa: S704 - html is off: escaped above


def plain(text: str) -> str:
    """The words of a Markdown text on one line, for descriptions and names."""
    if _PROSE.fullmatch(text) and "_" not in text:
        return " ".join(text.split())
    words: list[str] = []
    for token in _parser().parse(text):
        if token.type == "inline":
            words.append("".join(_words(token.children or [])))
        elif token.type in {"fence", "code_block"}:
            words.append(token.content)
    return " ".join(" ".join(words).split())


def _words(tokens: Sequence[Token]) -> list[str]:
    return [
        " " if token.type in {"softbreak", "hardbreak"} else token.content
        for token in tokens
        if token.type in {"text", "code_inline", "softbreak", "hardbreak", "image"}
    ]


def picture(source: str, alt: str, places: Places, caption: str | None = None) -> Markup:
    """A figure: loaded when it comes near, with its size so that nothing jumps."""
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return Markup(f"<figure>{_img(source, alt, places)}{below}</figure>")  # noqa: S704 - every part is escaped


def _img(source: str, alt: str, places: Places) -> str:
    address, media = places.get(source, (source, None))
    size = f' width="{media.width}" height="{media.height}"' if media and media.width and media.height else ""
    return f'<img src="{escape(address)}" alt="{escape(alt)}"{size} loading="lazy">'


def _image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    alt = self.renderInlineAsText(token.children or [], options, env)
    return _img(str(token.attrs.get("src", "")), alt, env["places"])


def _shifted(tag: str) -> str:
    return f"h{min(6, int(tag[1]) + HEADINGS_FROM - 1)}"


def _heading_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:  # noqa: ARG001
    return f"<{_shifted(tokens[index].tag)}>"


def _heading_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:  # noqa: ARG001
    return f"</{_shifted(tokens[index].tag)}>\n"


def _link_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:  # noqa: ARG001
    # A link may not replace the unit in its frame: the run would end.
    source = str(tokens[index].attrs.get("href", ""))
    address = escape(env["places"].get(source, (source, None))[0])
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">'
