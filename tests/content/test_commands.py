"""The commands as a person meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import scormkit
from scormkit.activities import KINDS, STAND_INS
from scormkit.cli import main
from scormkit.cli.schema import schema_of
from scormkit.content.yaml_source import read
from tests.content.hygiene import hygiene

Draft202012Validator = import_module("jsonschema").Draft202012Validator  # the package brings no types
SAMPLES = Path(__file__).resolve().parents[2] / "content"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(scormkit.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
COMMAND = [sys.executable, "-m", "scormkit"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="scormkit")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return hygiene(tmp_path / "course")


def test_check_of_a_good_course_says_so_and_ends_with_0(session: Path) -> None:
    result = run("check", session.parent)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 files checked, no problems.\n")


def test_check_prints_problems_and_ends_with_1(session: Path) -> None:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("length: 5m", "length: 6m"))
    result = run("check", session)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{file}:4:9 CNT-014 phases add up to 5m, but length is 6m. Lengthen a phase or write length: 5m.\n"
    )
    assert result.stderr == "1 file checked: 1 error.\n"


def test_check_with_warnings_only_ends_with_0(session: Path) -> None:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("Look at this.", "<b>Look</b>."))
    result = run("check", session)
    assert result.exit_code == 0
    assert " CNT-089 warning: " in result.stdout
    assert result.stderr == "1 file checked: 1 warning.\n"


def test_check_as_json_gives_the_same_as_data(session: Path) -> None:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("length: 5m", "length: 6m"))
    result = run("check", session, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "files": 1,
        "errors": 1,
        "warnings": 0,
        "problems": [
            {
                "file": str(file),
                "line": 4,
                "column": 9,
                "rule": "CNT-014",
                "severity": "error",
                "message": "phases add up to 5m, but length is 6m.",
                "hint": "Lengthen a phase or write length: 5m.",
            }
        ],
    }


def test_check_knows_the_targets(session: Path) -> None:
    file = session.parent / "course.yaml"
    file.write_text(file.read_text().replace("[scorm12]", "[scorm13]"))
    assert "CNT-063 there is no target 'scorm13'. Did you mean scorm12?" in run("check", session.parent).stdout


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "no-such-folder"], ["chekc", "."], ["check", "--colour", "."]]
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_misspelt_command_is_suggested() -> None:
    assert "There is no command chekc. Did you mean check?" in run("chekc").stderr


def test_line_of_a_file_with_a_hostile_name_stays_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb\x1b[31m"
    folder.mkdir()
    (folder / "session.yaml").write_text("")
    result = run("check", folder)
    assert (
        result.stdout
        == f"{tmp_path}/a?b?[31m/session.yaml CNT-005 this file is empty. Write id: … and title: … to begin with.\n"
    )


def test_new_course_has_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "Our Team's Course"
    assert run("new", folder).exit_code == 0
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (0, "")
    text = (folder / "course.yaml").read_text(encoding="utf-8")
    assert 'id: our-team-s-course\ntitle: "Our team\'s course"\n' in text


@pytest.mark.parametrize("title", ['Zu: "spät" #1', "{a}", "naïve 本", "x" * 250])
def test_new_course_takes_any_title(tmp_path: Path, title: str) -> None:
    assert run("new", tmp_path / "course", "--title", title).exit_code == 0
    document, problems = read(tmp_path / "course/course.yaml", "course.yaml")
    assert problems == []
    assert document is not None
    assert document.data["title"] == title
    assert run("check", tmp_path / "course").exit_code == 0


@pytest.mark.parametrize("title", ["", "  ", "x" * 251])
def test_new_course_takes_no_title_that_would_not_pass(tmp_path: Path, title: str) -> None:
    assert run("new", tmp_path / "course", "--title", title).exit_code == 2
    assert not (tmp_path / "course").exists()


def test_new_never_overwrites(session: Path, tmp_path: Path) -> None:
    before = (session.parent / "course.yaml").read_bytes()
    assert run("new", session.parent).exit_code == 2
    assert run("new", session / "session.yaml").exit_code == 2
    assert (session.parent / "course.yaml").read_bytes() == before
    (tmp_path / "empty").mkdir()
    assert run("new", tmp_path / "empty").exit_code == 0


def test_new_where_nothing_can_be_written_says_so(session: Path) -> None:
    result = run("new", session / "session.yaml/course")
    assert result.exit_code == 1
    assert result.stderr.startswith("scormkit: Not a directory")


@pytest.mark.parametrize("file", ["session", "course"])
def test_schema_is_valid_and_the_samples_fit_it(file: str, session: Path) -> None:
    printed = json.loads(run("schema", file).stdout)
    Draft202012Validator.check_schema(printed)
    found = [*SAMPLES.rglob(f"{file}.yaml"), *session.parent.rglob(f"{file}.yaml")]
    found += Path(scormkit.__file__).parent.rglob(f"cli/starter/**/{file}.yaml")
    for sample in found:
        document, problems = read(sample, str(sample))
        assert document is not None, problems
        assert list(Draft202012Validator(printed).iter_errors(document.data)) == []


@pytest.mark.parametrize(
    ("block", "fits"),
    [
        ({"text": "Read this."}, True),
        ({"activity": "text", "text": "Read this."}, True),
        ({"image": {"file": "files/a.svg", "alt": "A"}}, True),
        ({"activity": "reveal", "id": "a", "prompt": "Open them.", "from": "list"}, True),
        ({"activity": "text"}, False),
        ({"id": "a", "prompt": "Open them.", "from": "list"}, False),
        ({"activity": "crossword", "id": "a"}, False),
        ({"text": "Read this.", "colour": "red"}, False),
        ({"activity": "reveal", "prompt": "Open them."}, False),
    ],
)
def test_schema_of_a_block_knows_every_kind(block: dict[str, object], fits: bool) -> None:
    schema = schema_of("session")
    only = {"$schema": schema["$schema"], "$ref": "#/$defs/Block", "$defs": schema["$defs"]}
    assert Draft202012Validator(only).is_valid(block) is fits


def test_schema_explains_keys_and_knows_all_kinds() -> None:
    schema = schema_of("session")
    assert schema["properties"]["length"]["description"].startswith("How long the session takes")
    kinds = {
        definition["properties"]["activity"]["const"]
        for definition in schema["$defs"].values()
        if "activity" in definition.get("properties", {})
    }
    assert kinds == {*KINDS.names(), *STAND_INS}


HEAVY = "{'pydantic', 'jinja2', 'lxml', 'yaml', 'markdown_it', 'importlib.metadata', 'asyncio'}"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "--help"], ["build", "--help"], ["new", "--help"]]
)
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        f"sys.argv = ['scormkit', *{arguments!r}]\n"
        "from scormkit.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        f"print('HEAVY', sorted({HEAVY} & set(sys.modules)))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert ended.stdout.endswith("HEAVY []\n")


def test_nobody_reading_on_is_no_trouble(session: Path) -> None:
    (session / "session.yaml").write_text("\n".join(f"key{n}: 1" for n in range(20_000)))
    with subprocess.Popen(
        [*COMMAND, "check", "--format", "json", str(session)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_interruption_is_answered_in_a_word(session: Path) -> None:
    program = (
        "import os, signal, sys\n"
        # A shell starts what runs in its background without it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from scormkit.cli import main\n"
        "import scormkit.content.loader as loader\n"
        "def interrupted(*_):\n"
        f"    os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "    while True: pass\n"  # the signal may take its time
        "loader.load = interrupted\n"
        "main(['check', sys.argv[1]])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(session)], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr.strip()) == (130, "Stopped.")


def test_name_that_the_terminal_cannot_show_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "本"
    folder.mkdir()
    (folder / "session.yaml").write_text("")
    ended = subprocess.run(
        [*COMMAND, "check", str(folder)],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "CNT-005" in ended.stdout
    assert "Traceback" not in ended.stderr
