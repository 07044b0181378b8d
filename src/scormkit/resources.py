"""Where the files lie that are no Python: templates, browser chunks, control documents."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_SHIPPED_TEMPLATES = PACKAGE / "templates"

TEMPLATES = _SHIPPED_TEMPLATES if _SHIPPED_TEMPLATES.is_dir() else PACKAGE.parents[1] / "templates"
"""Page templates: inside the package once installed, at the top level in a checkout."""

BUILT = PACKAGE / "built"
"""Chunks, minified styles and control documents, made when the wheel (or the checkout) is built."""
