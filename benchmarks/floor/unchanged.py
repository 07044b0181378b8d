"""The floor for a build with nothing to do: every source's size and time, compared with those of the last time.

A yardstick, no product. Usage: python unchanged.py COURSE OUT
"""

from __future__ import annotations

import json
import os
import sys

if __name__ == "__main__":
    course, out = sys.argv[1:]
    seen = []
    for folder, _, names in os.walk(course):
        for name in names:
            status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - the floor imports as little as it can
            seen.append([folder, name, status.st_size, status.st_mtime_ns])
    record = os.path.join(out, "unchanged.json")  # noqa: PTH118
    try:
        with open(record, encoding="utf-8") as file:  # noqa: PTH123
            print("nothing to do" if json.load(file) == seen else "to be built")
    except FileNotFoundError:
        with open(record, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(seen, file)
