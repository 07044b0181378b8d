"""What a Markdown text points to, found by the same parser that renders it later."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Target(NamedTuple):
    """A picture or a link. ``address`` is written as the parser gives it, with % codes."""

    address: str
    is_picture: bool
    words: str
    """The alternative text of a picture."""


def targets_in(text: str) -> Iterator[Target]:
    """Pictures and links, in order."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    for token in _tokens(_parser(html=False), text):
        if token.type == "image":
            yield Target(str(token.attrs.get("src", "")), True, token.content)
        elif token.type == "link_open":
            yield Target(str(token.attrs.get("href", "")), False, "")


def html_in(text: str) -> Iterator[str]:
    """The HTML tags and comments, each as it is written."""
    if "<" not in text:
        return
    for token in _tokens(_parser(html=True), text):
        if token.type in ("html_inline", "html_block"):
            yield token.content.strip()


@cache
def _parser(*, html: bool) -> MarkdownIt:
    # Imported late: most texts have neither pictures nor links, and the import costs more than the rest.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": html, "maxNesting": 50})
    setattr(parser, "validateLink", _any_address)  # noqa: B010 - mypy takes no assignment to a method
    return parser


def _any_address(_: str) -> bool:
    """Addresses of all kinds are to be seen, and judged elsewhere."""
    return True


def _tokens(parser: MarkdownIt, text: str) -> Iterator[Token]:
    for token in parser.parse(text):
        yield token
        yield from token.children or ()
