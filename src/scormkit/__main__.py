"""``python -m scormkit``."""

from __future__ import annotations

from scormkit.cli import main

if __name__ == "__main__":
    main(prog_name="scormkit")
