"""Markdown texts: the short way for plain paragraphs leads where the parser leads."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scormkit.compiled.markdown import plain, rendered

_PARSER = MarkdownIt("commonmark", {"html": False})
_TEXTS = st.text(alphabet="aBé9 \n.,;:?!'\"()/%+=-–…_*`&>~\\\t\r\u00a0\u2028", max_size=40)  # noqa: RUF001 - marks of printed texts


@given(_TEXTS)
def test_every_paragraph_is_rendered_as_the_parser_renders_it(text: str) -> None:
    expected = _PARSER.render(text)
    assume("<h" not in expected)  # headings are moved below those of the page
    assert rendered(text) == expected


@given(_TEXTS)
def test_the_words_of_a_text_are_those_that_the_parser_finds(text: str) -> None:
    tokens = [token for token in _PARSER.parse(text) if token.type in {"inline", "fence", "code_block"}]
    words = []
    for token in tokens:
        breaks = {"softbreak": " ", "hardbreak": " "}
        inner = [breaks.get(part.type, part.content) for part in token.children or []]
        words.append("".join(inner) if token.type == "inline" else token.content)
    assert plain(text) == " ".join(" ".join(words).split())


def test_a_plain_paragraph_is_escaped_too() -> None:
    assert rendered('Say "yes".') == "<p>Say &quot;yes&quot;.</p>\n"
    assert rendered("a < b & c") == "<p>a &lt; b &amp; c</p>\n"
