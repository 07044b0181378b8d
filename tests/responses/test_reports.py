"""What a trainer gets: plans with their reports, learners apart, nothing lost, nothing run, nobody named."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TextIO

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from scormkit.cli import main
from scormkit.problem import ProblemsFound
from scormkit.responses import collection, interactions_report
from scormkit.responses.data import write_json
from scormkit.responses.page import write_page
from scormkit.responses.plans import Plan
from scormkit.responses.report import Report
from scormkit.responses.tabular import write_csv
from tests.responses.loop_course import loop_codebook, report_in
from tests.responses.reading import Reader, answers_of
from tests.responses.recorded import MOODLE, recorded_codebook, written

PLAN = {"q03_plan-action": "Ring back within a day", "q04_plan-by": "2026-12-01"}
DONE = {"q05_report-outcome": "b", "q06_report-result": "Two of three did work"}
NEXT = {"q07_next-action": "Ring back within an hour", "q08_next-by": "2026-12-24"}
NASTY = "<script>alert(1)</script> \"'&amp; </style> {{ 7*7 }} =1+1\n- second 😀 \u0627"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path, [loop_codebook()])


def plans(report: Report, label: str) -> list[Plan]:
    (person,) = [one for one in report.people() if one.label == label]
    return report.plans(person)


def responses(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["responses", *map(str, words)])


# --- the loop ---------------------------------------------------------------------------------------------------------


def test_a_plan_is_joined_with_its_report_its_outcome_and_the_next_plan(reader: Reader) -> None:
    report = reader.report(report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, {**PLAN, **DONE, **NEXT})))
    first, second = plans(report, "Ada")
    assert [one.given.text for one in first.plan] == ["Ring back within a day", "2026-12-01"]
    assert first.outcome == "Partly"
    assert first.by == date(2026, 12, 1)
    assert first.state == "reported"
    assert (second.round, second.by, second.state) == (2, date(2026, 12, 24), "waiting")
    assert [one.given.text for one in second.plan] == ["Ring back within an hour", "2026-12-24"]


def test_the_next_plan_is_the_plan_of_the_next_round_and_finds_its_own_report(reader: Reader) -> None:
    said = {**PLAN, **DONE, **NEXT, "q09_second-result": "Now all of them"}
    report = reader.report(report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, said)))
    first, second = plans(report, "Ada")
    assert (first.state, second.state) == ("reported", "reported")
    assert [one.given.text for one in second.plan] == ["Ring back within an hour", "2026-12-24"]
    assert [one.given.text for one in second.report] == ["Now all of them"]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 11, 20), "waiting"),
        (date(2026, 11, 24), "due"),
        (date(2026, 12, 1), "due"),
        (date(2026, 12, 2), "overdue"),
    ],
)
def test_a_plan_without_a_report_is_waiting_due_or_overdue(reader: Reader, today: date, state: str) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, PLAN))
    (plan,) = plans(reader.report(path, today=today), "Ada")
    assert plan.state == state


def test_where_the_source_knows_when_a_plan_was_made_the_report_is_asked_for_after_the_courses_days(
    tmp_path: Path,
) -> None:
    reader = Reader(tmp_path, [recorded_codebook("2004")])
    report = reader.report(MOODLE / "moodle4.5/backup/scorm2004.mbz", today=date(2026, 12, 7))
    (plan,) = plans(report, "Student2 Check")
    assert plan.made == date(2026, 11, 22)
    assert plan.asked_on == date(2026, 12, 6)
    assert plan.by is None, "a date in other digits is no date that is known"
    assert plan.state == "overdue"


def test_a_report_in_a_later_attempt_belongs_to_the_plan_before_it(reader: Reader) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, PLAN), ("Ada", "", 2, DONE))
    (plan,) = plans(reader.report(path), "Ada")
    assert plan.state == "reported"
    assert plan.plan
    assert plan.report


def test_each_attempt_keeps_its_own_plan(reader: Reader) -> None:
    other = {**PLAN, "q03_plan-action": "Something else"}
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, {**PLAN, **DONE}), ("Ada", "", 2, other))
    first, second = plans(reader.report(path), "Ada")
    assert (first.state, second.state) == ("reported", "overdue")
    assert second.plan[0].given.text == "Something else"


def test_a_report_without_a_plan_is_shown_as_such(reader: Reader) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, DONE))
    (plan,) = plans(reader.report(path), "Ada")
    assert plan.state == "no plan"


# --- how much there may be --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_csv, write_json, write_page], ids=["csv", "json", "html"])
def test_three_times_as_many_learners_take_no_more_memory(
    tmp_path: Path, write: Callable[[Report, TextIO], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of Python's; that of the database is bounded by its cache."""
    monkeypatch.setattr(collection, "REMEMBERED", 50)
    monkeypatch.setattr(interactions_report, "LOOKED_AT", 50)

    def most_held(learners: int) -> int:
        folder = tmp_path / str(learners)
        folder.mkdir()
        reader = Reader(folder, [loop_codebook()])
        source = report_in(folder, reader.codebooks[0], *((f"Ada {n}", f"{n}@x.org", 1, PLAN) for n in range(learners)))
        tracemalloc.start()
        try:
            with (folder / "report").open("w", encoding="utf-8") as file:
                write(reader.report(source), file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most_held(2)  # what is imported or made ready once
    few, many = most_held(200), most_held(600)
    assert many - few < 400 * 100, f"{(many - few) / 400:.0f} bytes more a learner"


# --- who answered what ------------------------------------------------------------------------------------------------


def test_two_people_of_one_name_are_told_apart_by_e_mail_and_numbered_without(reader: Reader) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "a@x.org", 1, PLAN), ("Ada", "b@x.org", 1, DONE))
    assert reader.report(path).numbers.learners == 2
    assert not reader.noticed
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, PLAN), ("Ada", "", 1, DONE))
    report = reader.report(path)
    assert [person.label for person in report.people()] == ["Ada", "Ada (2)"]
    assert {one.rule for one in reader.noticed} == {"ANS-011"}


def test_an_answer_that_was_taken_back_is_none(reader: Reader) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, {"q02_which": "c", **PLAN}))
    assert "q02_which" not in answers_of(reader.report(path), "Ada")


def test_answers_that_no_codebook_knows_are_listed_and_said(reader: Reader) -> None:
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, PLAN))
    path.write_text(path.read_text(encoding="utf-8").replace("q04_plan-by", "q04_plan-until"), encoding="utf-8")
    out = reader.folder / "out.html"
    run = responses(path, "--codebook", written(reader.folder, reader.codebooks[0]), "--out", out)
    assert run.exit_code == 0
    assert "ANS-008" in run.output
    page = out.read_text(encoding="utf-8")
    assert "q04_plan-until" in page
    assert "no question of the codebook has this id" in page


def test_a_text_whose_end_is_missing_is_shown_and_marked(reader: Reader) -> None:
    long = "word " * 80
    path = report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, {"q03_plan-action": long}))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(q03_plan-action_2)\t(\"[^\"]*\"|[^\t]*)", r"\1\t", text), encoding="utf-8")
    report = reader.report(path)
    (plan,) = plans(report, "Ada")
    assert plan.plan[0].given.text.startswith("word word")
    assert "end of this text is missing" in plan.plan[0].given.doubt
    assert {one.rule for one in reader.noticed} == {"ANS-013"}


def test_an_export_of_another_activity_is_refused_by_name(reader: Reader) -> None:
    with pytest.raises(ProblemsFound, match=r"none of its 15 records \(q01_customer-groups.* of The loop") as found:
        reader.report(MOODLE / "moodle4.5/scorm12/interactions-all.txt")
    (problem,) = found.value.problems
    assert "give the codebook that was built with the uploaded package" in problem.hint
    assert problem.line == 3


def test_several_sessions_find_their_own_answers(reader: Reader) -> None:
    both = Reader(reader.folder, [loop_codebook(), recorded_codebook("1.2")])
    ours = report_in(reader.folder, loop_codebook(), ("Student1 Check", "student1@example.com", 1, PLAN))
    report = both.report(ours, MOODLE / "moodle4.5/scorm12/interactions-all.txt")
    (person,) = [one for one in report.people() if one.email == "student1@example.com"]
    assert {report.unit_title(one.unit) for one in report.attempts_of(person)} == {
        "The loop",
        recorded_codebook("1.2").units[0].title,
    }


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def nasty(reader: Reader) -> tuple[Path, Path]:
    """A report and its codebook: markup and formulas in everything that somebody can type."""
    path = report_in(
        reader.folder,
        reader.codebooks[0],
        ("=HYPERLINK(1) <b>Ada</b>", "ada@example.com", 1, {**PLAN, "q01_ideas": NASTY}),
        ("Bob", "bob@example.com", 1, {"q01_ideas": "=cmd|' /C calc'!A0", "q02_which": "a"}),
        ("Cyd", "cyd@example.com", 0, {}),
    )
    return path, written(reader.folder, reader.codebooks[0])


def test_the_page_shows_what_was_typed_and_runs_nothing_of_it(nasty: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert responses(nasty[0], "--codebook", nasty[1], "--out", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("<script>") == 1, "ours"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page
    assert not re.search(r"(src|href)=\"(?!#)", page), "nothing is fetched"
    assert "default-src &#39;none&#39;" in page


@pytest.mark.parametrize("ending", ["html", "xlsx", "csv", "json"])
def test_the_same_input_gives_the_same_report(nasty: tuple[Path, Path], tmp_path: Path, ending: str) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / f"{name}.{ending}"
        run = responses(nasty[0], "--codebook", nasty[1], "--out", out, "--today", "2026-12-03")
        assert run.exit_code == 0, run.output
        made.append([list(row) for row in rows(out)] if ending == "xlsx" else out.read_bytes())
    assert made[0] == made[1]


def rows(path: Path, sheet: str = "Answers") -> list[tuple[object, ...]]:
    book = load_workbook(path)
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows()]


def test_no_cell_of_the_workbook_is_a_formula_and_every_character_is_there(
    nasty: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "report.xlsx"
    assert responses(nasty[0], "--codebook", nasty[1], "--out", out).exit_code == 0
    book = load_workbook(out)
    assert book.sheetnames == ["Answers", "Plans", "Learners", "Notes"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    answers = {row[7] for row in rows(out)}
    assert NASTY in answers
    assert "=cmd|' /C calc'!A0" in answers
    assert "=HYPERLINK(1) <b>Ada</b>" in {row[0] for row in rows(out)}


def test_a_text_longer_than_a_cell_goes_on_in_further_rows(tmp_path: Path) -> None:
    codebook = recorded_codebook("2004")
    long = "".join(f"({n}) 😀 " for n in range(9000))
    source = tmp_path / "one.json"
    said = {"id": "f05_notes", "type": "long-fill-in", "learner_response": long}
    source.write_text(json.dumps({"learner": "Ada", "cmi": {"interactions": [said]}}), encoding="utf-8")
    out = tmp_path / "report.xlsx"
    run = responses(source, "--codebook", written(tmp_path, codebook), "--out", out)
    assert run.exit_code == 0, run.output
    parts = [str(row[7]) for row in rows(out)[1:]]
    assert len(parts) > 1
    assert "".join(parts) == long


def test_no_cell_of_the_csv_begins_a_formula(nasty: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    assert responses(nasty[0], "--codebook", nasty[1], "--out", out).exit_code == 0
    text = out.read_bytes().decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert not [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert NASTY in {row[7] for row in found}


def test_the_json_holds_answers_plans_and_what_was_noticed(nasty: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    assert responses(nasty[0], "--codebook", nasty[1], "--out", out).exit_code == 0
    said = json.loads(out.read_text(encoding="utf-8"))
    ada = next(one for one in said["people"] if one["email"] == "ada@example.com")
    assert {one["id"]: one["answer"] for one in ada["attempts"][0]["answers"]}["q01_ideas"] == NASTY
    assert ada["plans"][0]["plan"]["q03_plan-action"] == "Ring back within a day"
    bob = next(one for one in said["people"] if one["email"] == "bob@example.com")
    assert bob["attempts"][0]["answers"][1]["options"] == ["this"]
    assert bob["attempts"][0]["answers"][1]["result"] == "correct"


@pytest.mark.parametrize("ending", ["html", "xlsx", "csv", "json"])
def test_an_anonymous_report_names_nobody_and_is_the_same_each_time(
    nasty: tuple[Path, Path], tmp_path: Path, ending: str
) -> None:
    source = nasty[0].rename(tmp_path / "answers-of-ada.txt")
    out = tmp_path / f"report.{ending}"
    words = (source, "--codebook", nasty[1], "--anonymous", "--out", out, "--today", "2026-12-03")
    assert responses(*words).exit_code == 0
    text = (
        "\n".join(
            str(cell) for name in ("Answers", "Plans", "Learners", "Notes") for row in rows(out, name) for cell in row
        )
        if ending == "xlsx"
        else out.read_text(encoding="utf-8")
    )
    for name in ("Ada", "Bob", "Cyd", "@example.com", "answers-of-ada", "HYPERLINK"):
        assert name not in text
    assert "Person 1" in text
    assert "Ring back within a day" in text


def test_a_report_with_names_and_one_without_do_not_rename_each_other(reader: Reader) -> None:
    named = reader.report(report_in(reader.folder, reader.codebooks[0], ("Ada", "", 1, PLAN)))
    nameless = replace(named, anonymous=True)
    (asked, *_) = (one for one in named.codebooks.questions if one.role)
    for report, label in ((named, "Ada"), (nameless, "Person 1"), (named, "Ada")):
        assert [person.label for person in report.people()] == [label]
        assert [report.label(given) for given in report.answers_to(asked)] == [label]


def test_pseudonyms_do_not_follow_the_names(tmp_path: Path) -> None:
    names = [f"Learner {n:02d}" for n in range(30)]
    reader = Reader(tmp_path, [loop_codebook()])
    path = report_in(tmp_path, loop_codebook(), *((name, "", 1, {"q01_ideas": name}) for name in names))
    report = reader.report(path, anonymous=True)
    order = [next(iter(answers_of(report, person.label).values())) for person in report.people()]
    assert sorted(order) == names
    assert order != names


def test_the_wall_shows_each_entry_once_with_how_many_wrote_it_and_nobody(reader: Reader, tmp_path: Path) -> None:
    path = report_in(
        reader.folder,
        reader.codebooks[0],
        ("Ada", "", 1, {"q01_ideas": "Colleagues\nSuppliers", "q02_which": "a", **PLAN}),
        ("Bob", "", 1, {"q01_ideas": "suppliers\n<b>Neighbours</b>", "q02_which": "b"}),
    )
    codebook = written(reader.folder, reader.codebooks[0])
    wall = tmp_path / "wall.html"
    assert responses(path, "--codebook", codebook, "--wall", wall).exit_code == 0
    page = wall.read_text(encoding="utf-8")
    assert page.count("<li") == 3
    assert "&times;2" in page
    assert "&lt;b&gt;Neighbours&lt;/b&gt;" in page
    assert "<script" not in page
    for hidden in ("Ada", "Bob", "Ring back"):
        assert hidden not in page
    assert "That one" in page
    assert responses(path, "--codebook", codebook, "--wall", wall, "--question", "q03_plan-action").exit_code == 0
    assert "Ring back within a day" in wall.read_text(encoding="utf-8")


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_summary_for_machines_is_json_and_nothing_else(nasty: tuple[Path, Path]) -> None:
    run = responses(nasty[0], "--codebook", nasty[1], "--format", "json", "--today", "2026-12-03")
    said = json.loads(run.stdout)
    assert (said["learners"], said["started"], said["answers"]) == (3, 2, 5)
    assert said["plans"] == {"overdue": 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Give a file that the platform exported"),
        (("x.txt", "--out", "report.pdf"), "must end in .html, .xlsx, .csv, .json"),
        (("x.txt", "--question", "q01_ideas"), "--question is for --wall"),
    ],
)
def test_a_wrong_call_is_explained_with_exit_code_2(
    nasty: tuple[Path, Path], words: tuple[str, ...], message: str
) -> None:
    run = responses(*words, "--codebook", nasty[1])
    assert run.exit_code == 2
    assert message in run.output


def test_where_something_cannot_be_read_nothing_is_written_and_all_of_it_is_told(
    nasty: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    out.write_text("the old one", encoding="utf-8")
    run = responses(nasty[0], tmp_path / "gone.txt", tmp_path, nasty[1], "--codebook", nasty[1], "--out", out)
    assert run.exit_code == 1
    assert "gone.txt" in run.output
    assert "ANS-001" in run.output
    assert "No report was written." in run.output
    assert out.read_text(encoding="utf-8") == "the old one"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".report")]


def test_a_person_at_a_terminal_sees_how_far_the_reading_is(nasty: tuple[Path, Path], tmp_path: Path) -> None:
    source, codebook = nasty
    ours, theirs = pty.openpty()
    words = ["responses", str(source), "--codebook", str(codebook), "--out", str(tmp_path / "report.json")]
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        run = subprocess.run(
            [sys.executable, "-m", "scormkit", *words], check=False, stdout=subprocess.DEVNULL, stderr=theirs
        )
        shown = terminal.read(65_536).decode()
        os.close(theirs)
    assert run.returncode in {0, 1}
    assert "Reading" in shown
    assert "100%" in shown
