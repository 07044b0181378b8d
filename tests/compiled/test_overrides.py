"""A course's own templates: used file by file, unable to reach anything, and told of with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scormkit.compiled.compiler import compiled
from scormkit.content.loader import load
from scormkit.problem import ProblemsFound
from tests.packages import course_in

TEXT = "text/template.html.j2"


def page(course: Path) -> str:
    (loaded,) = load([course]).courses
    return compiled(loaded, several_units=True)[0].units[0].page


def overriding(folder: Path, name: str, text: str) -> Path:
    course = course_in(folder)
    place = course / "templates" / name
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    return course


def test_one_file_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    made = page(overriding(tmp_path, TEXT, "<p>Our own: {{ activity.text }}</p>"))
    assert "<p>Our own: " in made
    assert 'class="step' in made
    styled = page(overriding(tmp_path / "styled", "theme.css", "body { color: teal } </style><b>"))
    assert "body { color: teal }" in styled
    assert "</style><b>" not in styled


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<p>\n{{ activity.text", 2, "unexpected end"),
        ("<p>\n\n{{ activity.txet }}</p>", 3, "has no attribute 'txet'"),
        ("{% for one in activity.nothing.at_all %}{% endfor %}", 1, "nothing"),
        ("\n{{ t('no.such-word') }}", 2, "no.such-word"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "unsafe"),
        ("{% include '../../../../../../etc/hostname' %}", 1, "etc/hostname"),
    ],
)
def test_a_template_that_fails_is_told_of_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    course = overriding(tmp_path, TEXT, text)
    with pytest.raises(ProblemsFound) as found:
        page(course)
    (problem,) = found.value.problems
    assert (problem.file, problem.line, problem.rule) == (str(course / "templates" / TEXT), line, "CNT-067")
    assert said in problem.message
    assert "scormkit is used" in problem.hint
