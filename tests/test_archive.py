"""The zip: deterministic, plain, put in place whole."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from scormkit.archive import Staging, zipped

FILES: list[tuple[str, bytes | Path]] = [
    ("b.html", b"<p>" * 500),
    ("a.xml", b"<a/>"),
    ("p.png", b"\x89PNG" * 50),
]


def test_the_order_of_the_files_does_not_change_a_byte() -> None:
    assert zipped(FILES) == zipped(reversed(FILES))


def test_entries_are_sorted_dated_1980_and_without_data_descriptor_or_zip64() -> None:
    content = zipped(FILES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["a.xml", "b.html", "p.png"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    for entry in entries:
        version, flags = struct.unpack_from("<HH", content, entry.header_offset + 4)
        assert version <= 20
        assert flags == 0


@pytest.mark.parametrize("files", [FILES, [*FILES, ("empty.txt", b"")], [("x/y.txt", b"a" * 300_000)], []])
def test_a_zip_is_what_python_s_own_module_writes(files: list[tuple[str, bytes]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    assert zipped(files) == buffer.getvalue()


def test_text_is_deflated_and_pictures_are_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as archive:
        assert archive.getinfo("b.html").compress_type == zipfile.ZIP_DEFLATED
        assert archive.getinfo("p.png").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a\\b", "ü.html"])
def test_a_name_that_is_not_portable_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        zipped([(name, b"")])


def test_two_names_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(ValueError, match="two files"):
        zipped([("A.png", b""), ("a.png", b"")])


def test_files_come_to_their_place_when_all_are_made(tmp_path: Path) -> None:
    with Staging(tmp_path / "a" / "b") as staging:
        staging.add("one.zip", b"1")
        assert not (tmp_path / "a" / "b" / "one.zip").exists()
        staging.add("two.zip", b"2")
        staging.put()
    assert {path.name: path.read_bytes() for path in (tmp_path / "a" / "b").iterdir()} == {
        "one.zip": b"1",
        "two.zip": b"2",
    }


def test_what_is_not_put_leaves_the_old_zip_and_no_litter(tmp_path: Path) -> None:
    (tmp_path / "course.zip").write_bytes(b"old")
    with Staging(tmp_path) as staging:
        staging.add("course.zip", b"new")
    with Staging(tmp_path / "new" / "folder") as staging:
        staging.add("course.zip", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["course.zip"]
    assert (tmp_path / "course.zip").read_bytes() == b"old"


def test_a_write_that_fails_leaves_the_old_zip_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course.zip").write_bytes(b"old")

    def broken(self: Path, other: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", broken)
    with Staging(tmp_path) as staging:
        staging.add("course.zip", b"new")
        with pytest.raises(OSError, match="disk full"):
            staging.put()
    assert (tmp_path / "course.zip").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["course.zip"]
