"""A bank of questions: every question keeps its place, and only the largest draw must fit the platform's room."""

from __future__ import annotations

from pathlib import Path

from scormkit.compiled.capacity import capacity
from scormkit.compiled.course import Unit
from scormkit.compiled.numbering import numbered
from scormkit.targets import targets
from tests.packages import course_in, packages_of

CHECK = "knowledge_check:\n  title: Check\n  blocks:\n" + "".join(
    f"    - {{activity: numeric, id: sum-{number}, question: What is {number} and {number}?, correct: {2 * number}}}\n"
    for number in range(1, 13)
)


def unit_with(folder: Path, more: str) -> Unit:
    (package,) = packages_of(course_in(folder, lambda small: small + CHECK + more), "scorm12")
    return package.units[0]


def places(unit: Unit) -> dict[str, tuple[int, str]]:
    return {one.name: (one.index, one.id) for one in numbered(unit, targets()["scorm12"].record_size)}


def test_a_draw_moves_no_question_and_stands_last_in_the_list(tmp_path: Path) -> None:
    whole, drawn = places(unit_with(tmp_path / "a", "")), places(unit_with(tmp_path / "b", "quiz: {draw: 4}\n"))
    draw = drawn.pop("check.draw")
    assert drawn == whole
    assert draw[0] > max(index for index, _ in whole.values())


def test_room_is_needed_for_the_largest_draw_and_not_for_the_whole_bank(tmp_path: Path) -> None:
    rooms = [
        capacity(unit_with(tmp_path / str(count), f"quiz: {{draw: {count}}}\n"), 4096).worst for count in (2, 6, 11)
    ]
    assert rooms == sorted(rooms)
    assert rooms[0] < rooms[1] < rooms[2]


def test_a_page_carries_draws_and_results_only_where_they_are_used(tmp_path: Path) -> None:
    assert "draw" not in unit_with(tmp_path / "a", "").kinds
    assert "draw" in unit_with(tmp_path / "b", "quiz: {shuffle: questions}\n").kinds
    assert "draw" in unit_with(tmp_path / "c", "quiz: {shuffle: options}\n").kinds
    (package,) = packages_of(course_in(tmp_path / "d", lambda small: small.replace("correct: this", "scored: false")),
                             "scorm12")  # fmt: skip
    assert "results" not in package.units[0].kinds
