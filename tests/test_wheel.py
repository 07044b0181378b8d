"""The wheel: built here, installed where there is nothing else, used from any folder, without Node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from scormkit.targets import targets
from tests.packages import ROOT


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds nothing but the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    return folder / "bin/scormkit"


def run(command: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command where no Node can be found."""
    return subprocess.run(
        [command, *words],
        cwd=folder,
        env={"PATH": str(command.parent), "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_chunks_templates_and_control_documents_and_no_sources_of_them(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for needed in (
        "scormkit/built/runtime.js",
        "scormkit/built/targets/scorm12.js",
        "scormkit/built/control-documents/scorm12/imscp_rootv1p1p2.xsd",
        "scormkit/templates/page.html.j2",
        "scormkit/templates/messages/en.json",
        "scormkit/activities/form/template.html.j2",
        "scormkit/activities/form/messages/en.json",
        "scormkit/py.typed",
    ):
        assert needed in names
    assert not [name for name in names if name.endswith(".ts")]


def test_an_installed_wheel_makes_checks_and_builds_a_course_in_any_folder(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "new", "my-course", folder=tmp_path).returncode == 0
    checked = run(installed, "check", "my-course", folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    built = run(installed, "build", "my-course", "--format", "json", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    report = json.loads(built.stdout)
    assert [Path(one["path"]).is_relative_to("dist") for one in report["packages"]] == [True] * len(targets())
    assert report["problems"] == []
    for one in report["packages"]:
        assert run(installed, "check", one["path"], folder=tmp_path).returncode == 0


def test_the_installed_command_and_the_checkout_build_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    content = ROOT / "content/customer-care"
    assert run(installed, "build", str(content), "--out", "there", folder=tmp_path).returncode == 0
    here = subprocess.run(
        [sys.executable, "-m", "scormkit", "build", content, "--out", tmp_path / "here"],
        env={**os.environ, "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=False,
    )
    assert here.returncode == 0
    names = sorted(path.name for path in (tmp_path / "here").iterdir())
    assert len(names) == 2 * (3 * len(targets()) + 1), "each session: packages with codebook and sheet, and one plan"
    for name in names:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
