"""Every reader against what was really sent to Moodle 4.5 and 5.1, cell by cell."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from scormkit.problem import ProblemsFound
from scormkit.responses.record import Attempt
from tests.responses.reading import Reader, answers_of
from tests.responses.recorded import (
    MOODLE,
    SENT,
    attempts_sent,
    recorded_codebook,
    sent,
    two_scos_codebook,
)

NAMES = {"student1": "Student1 Check", "student2": "Student2 Check", "student3": "Student3 Check"}
STATUS = {
    "1.2": {
        "student1": ("completed", "passed"),
        "student2": ("", "failed"),
        "student3": ("incomplete", ""),
    },
    "2004": {
        "student1": ("completed", "passed"),
        "student2": ("completed", "failed"),
        "student3": ("incomplete", ""),
    },
}
TEXT_REPORTS = [
    "moodle4.5/scorm12/interactions-all.txt",
    "moodle4.5/de/scorm12-interactions-all.txt",
    "moodle4.5/ar/scorm12-interactions-all.txt",
    "moodle5.1/scorm12/interactions-all.txt",
]
BACKUPS = {
    "1.2": ["moodle4.5/backup/scorm12.mbz"],
    "2004": ["moodle4.5/backup/scorm2004.mbz", "moodle5.1/backup/scorm2004.mbz"],
}


@pytest.fixture
def both(tmp_path: Path) -> Reader:
    return Reader(tmp_path, [recorded_codebook("1.2"), recorded_codebook("2004")])


def stored(attempt: Attempt) -> dict[str, str]:
    """Id of a record → response, without those that have none."""
    return {slot.id: slot.response for slot in attempt.slots if slot.response}


def expected(standard: str, learner: str, number: int) -> dict[str, str]:
    """The same as it was sent."""
    found = sent(standard, learner, number)
    return {key: one["response"] for key, one in found.items() if one.get("response")}


def results(attempt: Attempt) -> dict[str, str]:
    return {slot.id: slot.result for slot in attempt.slots if slot.result}


@pytest.mark.parametrize("file", TEXT_REPORTS)
def test_the_interactions_report_as_text_gives_every_answer_as_it_was_typed_in_any_language(
    both: Reader, file: str
) -> None:
    tried = {(one.learner.name, one.number): one for one in both.attempts(MOODLE / file) if one.number}
    assert len(tried) == 4
    for who, number in attempts_sent("1.2"):
        attempt = tried[NAMES[who], number]
        assert stored(attempt) == expected("1.2", who, number)
        assert attempt.learner.email == f"{who}@example.com"
        raw = SENT["sent"]["1.2"][who][number - 1].get("raw")
        assert attempt.score == (float(raw) / 100 if raw else None)
        assert attempt.started_text
        if "result" in sent("1.2", who, number)["q01_customer-groups"]:
            assert results(attempt)["q01_customer-groups"] == sent("1.2", who, number)["q01_customer-groups"]["result"]
    assert not both.noticed


def test_somebody_without_an_attempt_is_listed_as_such(both: Reader) -> None:
    (teacher,) = [one for one in both.attempts(MOODLE / TEXT_REPORTS[0]) if not one.number]
    assert teacher.learner.name == "Teacher Check"
    assert teacher.completion == "not attempted"


def test_a_report_without_ids_is_read_by_the_places_of_the_columns_and_says_so(both: Reader) -> None:
    file = MOODLE / "moodle4.5/scorm12/interactions-default.txt"
    with Reader(both.folder, [recorded_codebook("1.2")]).report(file).collection as collection:
        assert collection.count("answers")
    reader = Reader(both.folder, [recorded_codebook("1.2")])
    report = reader.report(file)
    assert answers_of(report, "Student1 Check")["f01_plan-action"] == typed("1.2", "student1", 1, "f01_plan-action")
    assert any("columns are counted" in one.message for one in reader.noticed)


def typed(standard: str, learner: str, number: int, key: str) -> str:
    """The whole text as it was sent, all parts together."""
    found = sent(standard, learner, number)
    return "".join(one.get("response", "") for name, one in found.items() if re.fullmatch(rf"{key}(_\d)?", name))


@pytest.mark.parametrize(("standard", "file"), [(one, file) for one, files in BACKUPS.items() for file in files])
def test_a_backup_gives_every_answer_status_and_the_time_of_each(both: Reader, standard: str, file: str) -> None:
    tried = {(one.learner.name, one.number): one for one in both.attempts(MOODLE / file)}
    for who, number in attempts_sent(standard):
        attempt = tried[NAMES[who], number]
        # A backup is XML, whose readers take CR LF for LF.
        wanted = {key: text.replace("\r\n", "\n") for key, text in expected(standard, who, number).items()}
        assert stored(attempt) == wanted
        assert (attempt.completion, attempt.success) == STATUS[standard][who]
        assert attempt.learner.email == f"{who}@example.com"
        assert all(slot.at and 1_795_000_000 < slot.at < 1_796_000_000 for slot in attempt.slots if slot.response)
        assert attempt.started
    assert len(tried) == len(attempts_sent(standard))


def test_a_backup_as_a_zip_reads_like_one_as_a_tar(both: Reader, tmp_path: Path) -> None:
    shutil.unpack_archive(MOODLE / BACKUPS["2004"][0], tmp_path / "open", "gztar")
    path = tmp_path / "old.mbz"
    with zipfile.ZipFile(path, "w") as archive:
        for one in sorted((tmp_path / "open").rglob("*")):
            archive.write(one, one.relative_to(tmp_path / "open"))
    there = [(one.learner, one.number, one.slots) for one in both.attempts(MOODLE / BACKUPS["2004"][0])]
    assert [(one.learner, one.number, one.slots) for one in both.attempts(path)] == there


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_track_details_as_html_give_every_answer(both: Reader, standard: str) -> None:
    for who, number in attempts_sent(standard):
        folder = MOODLE / f"moodle4.5/scorm{standard.replace('.', '')}/tracks"
        (attempt,) = both.attempts(folder / f"{who}-{number}.html")
        assert stored(attempt) == expected(standard, who, number)
        assert (attempt.completion, attempt.success) == STATUS[standard][who]
        assert attempt.learner.name == f"{who}-{number}", "the file says nothing else"
    assert {one.rule for one in both.noticed} == {"ANS-012"}


def test_the_page_of_track_details_says_whose_they_are(both: Reader) -> None:
    (attempt,) = both.attempts(MOODLE / "moodle5.1/scorm2004/tracks/student2-1-page.html")
    assert stored(attempt) == expected("2004", "student2", 1)
    assert (attempt.learner.name, attempt.number) == ("Student2 Check", 1)
    assert not both.noticed


@pytest.mark.parametrize("standard", ["1.2", "2004"])
@pytest.mark.parametrize("ending", ["csv", "json"])
def test_track_details_as_csv_or_json_lose_what_moodle_takes_and_no_more(
    both: Reader, standard: str, ending: str
) -> None:
    folder = MOODLE / f"moodle4.5/scorm{standard.replace('.', '')}/tracks"
    files = sorted(folder.glob(f"*.{ending}"))
    assert files
    for file in files:
        who, number = file.stem.split("-")
        (attempt,) = both.attempts(file)
        wanted = {
            key: re.sub(r"[\r\n]", "   ", text).replace("&amp;", "&").replace("&#233;", "é").replace("&lt;i&gt;", "<i>")
            for key, text in expected(standard, who, int(number)).items()
        }
        found = {key: text.replace("&amp;", "&").replace("&lt;i&gt;", "<i>") for key, text in stored(attempt).items()}
        assert found == wanted
    assert "ANS-006" in {one.rule for one in both.noticed}


def test_the_same_in_other_languages_and_json_that_lost_its_names_is_refused(both: Reader) -> None:
    for file in (
        "de/scorm12-tracks-student2-1.csv",
        "de/scorm12-tracks-student2-1.json",
        "ar/scorm12-tracks-student2-1.csv",
    ):
        (attempt,) = both.attempts(MOODLE / "moodle4.5" / file)
        assert stored(attempt).keys() == expected("1.2", "student2", 1).keys()
    with pytest.raises(ProblemsFound, match="left the names of the elements out"):
        both.attempts(MOODLE / "moodle4.5/ar/scorm12-tracks-student2-1.json")


@pytest.mark.parametrize(
    "file",
    [
        "moodle4.5/scorm12/interactions-all.xlsx",
        "moodle4.5/scorm12/interactions-all.ods",
        "moodle4.5/de/scorm12-interactions-all.xlsx",
        "moodle5.1/scorm12/interactions-all.xlsx",
    ],
)
def test_a_workbook_gives_every_answer_that_moodle_left_whole_and_marks_the_others(both: Reader, file: str) -> None:
    tried = {(one.learner.name, one.number): one for one in both.attempts(MOODLE / file) if one.number}
    assert len(tried) == 4
    marked = 0
    for who, number in attempts_sent("1.2"):
        attempt = tried[NAMES[who], number]
        wanted = expected("1.2", who, number)
        assert stored(attempt).keys() == wanted.keys()
        for slot in attempt.slots:
            if not slot.response:
                continue
            if slot.damage:
                marked += 1
            else:
                assert re.sub(r"\r\n?", "\n", slot.response) == re.sub(r"\r\n?", "\n", wanted[slot.id])
    # 12.50, -5, +49…, 0301234567 and the like become numbers, =1+1 and =A2 formulas.
    assert marked >= 6
    assert {one.rule for one in both.noticed} == {"ANS-006"}


def test_a_formula_in_a_workbook_is_read_as_what_was_typed(both: Reader) -> None:
    for file in ("interactions-all.xlsx", "interactions-all.ods"):
        tried = {
            (one.learner.name, one.number): one
            for one in both.attempts(MOODLE / "moodle4.5/scorm12" / file)
            if one.number
        }
        assert stored(tried["Student1 Check", 2])["f03_plan-because"] == "=1+1"
        assert stored(tried["Student2 Check", 1])["f03_plan-because"] == "=A2"


@pytest.mark.parametrize("file", ["interactions-all.txt", "interactions-all.xlsx"])
def test_a_report_of_scorm_2004_says_that_it_cannot_hold_answers_and_where_they_are(both: Reader, file: str) -> None:
    with pytest.raises(ProblemsFound, match=r"Moodle writes none of SCORM 2004.*--moodle.*\.mbz"):
        both.attempts(MOODLE / "moodle4.5/scorm2004" / file)


def test_two_pieces_in_one_report_keep_their_answers_apart(tmp_path: Path) -> None:
    for codebook in (two_scos_codebook(), recorded_codebook("1.2")):
        # With the titles known, and told by the width of the rows alone.
        reader = Reader(tmp_path, [codebook])
        found = [one for one in reader.attempts(MOODLE / "moodle4.5/two-scos/interactions-all.txt") if one.slots]
        assert [(one.learner.name, one.sco, len(one.slots)) for one in found] == [
            ("Student1 Check", "Part one", 2),
            ("Student1 Check", "Part two", 3),
            ("Student2 Check", "Part one", 2),
        ]
        assert stored(found[1])["f03_plan-because"] == sent("1.2", "student1", 1)["f03_plan-because"]["response"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("moodle4.5/scorm12/basic-details.txt", "not the columns of an Interactions report"),
        ("moodle4.5/scorm12/objectives-default.txt", "not the columns of an Interactions report"),
        ("moodle4.5/grades.csv", "not the columns of an Interactions report"),
        ("moodle4.5/completion-excel.csv", "not the columns of an Interactions report"),
        ("moodle5.1/completion.json", "no CMI elements"),
        ("moodle4.5/scorm12/user-interactions-student1-1.csv", "the file is empty"),
        ("moodle4.5/scorm12/tracks/student2-1.ods", "an answer begins with ="),
    ],
)
def test_exports_without_answers_are_refused_with_what_to_do(both: Reader, file: str, words: str) -> None:
    with pytest.raises(ProblemsFound, match=re.escape(words)) as found:
        both.attempts(MOODLE / file)
    assert all(problem.hint for problem in found.value.problems)
    assert all(problem.file.endswith(Path(file).name) for problem in found.value.problems)


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_the_report_shows_every_text_whole(both: Reader, standard: str) -> None:
    report = both.report(MOODLE / BACKUPS[standard][0])
    for who, number in attempts_sent(standard):
        answers = answers_of(report, NAMES[who], number)
        for key, question in SENT["questions"].items():
            if question["type"] in {"fill-in", "long-fill-in"}:
                assert answers.get(key, "") == typed(standard, who, number, key).replace("\r\n", "\n")
            elif question["type"] != "true-false" and key in answers:
                codes = json.dumps(answers[key])
                assert codes != '""'
    long = answers_of(report, "Student1 Check", 2)["f01_plan-action"]
    if standard == "2004":
        assert long == SENT["long_text_of_2004_attempt_2"]


def test_the_same_attempts_from_several_sources_count_once_and_the_better_source_wins(both: Reader) -> None:
    report = both.report(
        MOODLE / "moodle4.5/scorm12/interactions-all.xlsx",
        MOODLE / BACKUPS["1.2"][0],
        MOODLE / TEXT_REPORTS[0],
        MOODLE / BACKUPS["2004"][0],
    )
    assert report.numbers.learners == 4
    assert report.numbers.started == 3
    assert report.numbers.attempts == 8
    person = next(one for one in report.people() if one.label == "Student1 Check")
    for attempt in report.attempts_of(person):
        for _, given in report.answers_of(attempt):
            assert not given.doubt, "the workbook's answers gave way to the exact ones"
            assert given.at, "the backup knows when"
