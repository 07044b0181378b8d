"""Prints every example of every activity kind as the compiler renders it, for tests of the behaviours in a fake page.

One JSON object: ``examples`` (kind → example → ``html`` and ``data``), ``messages``.
"""

from __future__ import annotations

import json
import sys

from scormkit.activities import KINDS
from scormkit.compiled.messages import catalogue
from tests.activities.test_kinds import EXAMPLES, activity_in, rendered


def main() -> None:
    """Print them."""
    found: dict[str, dict[str, object]] = {}
    for kind, path in EXAMPLES:
        activity = activity_in(kind, path)
        found.setdefault(kind, {})[path.stem] = {"html": rendered(activity), "data": activity.client()}
    messages = dict(catalogue("en", KINDS.names()))
    sys.stdout.write(json.dumps({"examples": found, "messages": messages}))


if __name__ == "__main__":
    main()
