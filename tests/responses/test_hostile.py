"""Files that are broken, cut, of another kind or made to harm: a clear message with the place, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scormkit.cli import main
from tests.responses.recorded import MOODLE, recorded_codebook, written

EXPORTS = {
    "text": "moodle4.5/scorm12/interactions-all.txt",
    "xlsx": "moodle4.5/scorm12/interactions-all.xlsx",
    "ods": "moodle4.5/scorm12/interactions-all.ods",
    "backup": "moodle4.5/backup/scorm12.mbz",
    "html": "moodle4.5/scorm12/tracks/student1-1.html",
    "csv": "moodle4.5/scorm12/tracks/student1-1.csv",
    "json": "moodle4.5/scorm12/tracks/student1-1.json",
}


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("codebook"), recorded_codebook("1.2"))


def responses(source: Path, codebook: Path) -> Result:
    run = CliRunner().invoke(main, ["responses", str(source), "--codebook", str(codebook)])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exc_info
    assert run.exit_code in {0, 1}
    assert "Traceback" not in run.output
    return run


def refused(source: Path, codebook: Path, *words: str) -> None:
    run = responses(source, codebook)
    assert run.exit_code == 1, run.output
    for word in (source.name, "ANS-", *words):
        assert word in run.output


@pytest.mark.parametrize("kind", ["text", "backup", "html", "xlsx", "ods", "json"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_half_a_file_is_refused_and_never_read_as_if_it_were_whole(
    codebook: Path, tmp_path: Path, kind: str, share: float
) -> None:
    whole = (MOODLE / EXPORTS[kind]).read_bytes()
    path = tmp_path / f"half.{kind}"
    path.write_bytes(whole[: int(len(whole) * share)])
    refused(path, codebook)


def test_a_text_cut_at_any_place_in_a_row_is_refused(codebook: Path, tmp_path: Path) -> None:
    whole = (MOODLE / EXPORTS["text"]).read_bytes()
    path = tmp_path / "cut.txt"
    pick = random.Random(7)  # noqa: S311 - which places are tried
    for at in sorted(pick.randrange(1300, len(whole) - 1) for _ in range(15)):
        if whole[at - 1 : at] == b"\n" and not whole[:at].count(b'"') % 2:
            continue
        path.write_bytes(whole[:at])
        assert responses(path, codebook).exit_code == 1, f"cut at {at}"


@pytest.mark.parametrize("kind", sorted(EXPORTS))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damaged_byte_ends_in_a_traceback(codebook: Path, tmp_path: Path, kind: str, data: st.DataObject) -> None:
    content = bytearray((MOODLE / EXPORTS[kind]).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(content)
    responses(path, codebook)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_file_at_all_ends_in_a_traceback(codebook: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anything"
    path.write_bytes(content)
    assert responses(path, codebook).exit_code == 1


def test_an_error_page_that_is_called_a_workbook_is_told_from_one(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "interactions.xlsx"
    path.write_text("<!DOCTYPE html><html><body>Error writing the file</body></html>", encoding="utf-8")
    refused(path, codebook, "web page without answers", "take text instead")


def test_a_package_in_place_of_its_answers_is_told(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    refused(path, codebook, "a package, not its answers")


def test_a_text_that_a_spreadsheet_saved_again_is_told(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.txt"
    text = (MOODLE / EXPORTS["text"]).read_text(encoding="utf-8")
    path.write_bytes(text.encode("cp1252", errors="replace"))
    refused(path, codebook, "is not utf-8", "Take the file as the platform gave it")


def test_a_bomb_in_a_workbook_is_not_unpacked(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * 50_000_000)
    refused(path, codebook, "would unpack to 50000000 bytes")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
)


def test_entities_in_a_workbook_are_not_followed(codebook: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("very-secret-words", encoding="utf-8")
    with zipfile.ZipFile(MOODLE / EXPORTS["ods"]) as archive:
        content = archive.read("content.xml").decode()
    content = content.split("?>", 1)[1].replace("q01_customer-groups", "&f;")
    path = tmp_path / "entities.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ENTITIES.replace("/etc/hostname", str(secret)) + content)
    out = tmp_path / "out.json"
    run = CliRunner().invoke(main, ["responses", str(path), "--codebook", str(codebook), "--out", str(out)])
    assert run.exit_code in {0, 1}
    assert "very-secret-words" not in run.output + (out.read_text(encoding="utf-8") if out.exists() else "")


def test_entities_in_a_backup_are_not_followed(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "entities.mbz"
    with tarfile.open(path, "w:gz") as archive:
        for name, xml in (
            ("activities/scorm_1/scorm.xml", f"{ENTITIES}<a><sco_track><value>&c;&f;</value></sco_track></a>"),
            ("users.xml", '<users><user id="1"><firstname>A</firstname></user></users>'),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(xml)
            archive.addfile(info, io.BytesIO(xml.encode()))
    responses(path, codebook)


def test_a_backup_without_users_says_what_to_tick(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.mbz"
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("activities/scorm_1/scorm.xml")
        xml = b"<activity><sco_tracks/></activity>"
        info.size = len(xml)
        archive.addfile(info, io.BytesIO(xml))
    refused(path, codebook, "no users", "Include enrolled users")


def test_gzip_that_is_no_backup_is_told(codebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.gz"
    path.write_bytes(gzip.compress(b"nothing of the kind" * 100))
    refused(path, codebook, "cannot be unpacked")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "no codebook"),
        ("not even JSON", "no codebook"),
        (json.dumps({**json.loads(recorded_codebook("1.2").as_json()), "codebook": 9}), "codebook"),
    ],
)
def test_a_codebook_that_is_none_is_told(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "wrong.codebook.json"
    path.write_text(content, encoding="utf-8")
    refused_by = responses(MOODLE / EXPORTS["text"], path)
    assert refused_by.exit_code == 1
    assert "ANS-003" in refused_by.output
    assert words in refused_by.output
    assert "beside the package" in refused_by.output


def test_a_package_of_somebody_else_has_no_codebook(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    run = responses(MOODLE / EXPORTS["text"], path)
    assert run.exit_code == 1
    assert "the package has no codebook" in run.output


@pytest.mark.parametrize(
    "content",
    [
        '{"cmi": ' * 60 + "1" + "}" * 60,
        "[" * 100_000,
        '{"cmi": {"interactions": {"0": {"id": ["x"]}}}}',
        "[1, 2]",
        "[[]]",
    ],
)
def test_json_of_any_depth_and_shape_is_survived(codebook: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content, encoding="utf-8")
    assert responses(path, codebook).exit_code == 1
