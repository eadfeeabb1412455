"""Two runs started together: ``python -m tests.faults.together --times 20``."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.night import Night, leftovers, prepare, started, tables

LOCKED = 3


def both(night: Night) -> tuple[int, ...]:
    """Start two runs at once; their exit codes. Raises when the tables are not those of one of them.

    Example: ``both(night)`` → ``(0, 3)``
    """
    out = night.again()
    runs = [started(night.corpus, out) for _ in range(2)]
    ends = [(one.communicate()[1], one.returncode) for one in runs]
    codes = tuple(sorted(code for _, code in ends))
    assert codes in ((0, 0), (0, LOCKED)), ends
    for said, code in ends:
        assert code == 0 or ("is being written by process" in said and said.count("\n") == 1), said
    assert tables(out) == night.morning
    assert leftovers(out) == []
    return codes


def main() -> None:
    """Print how often both, or only one, came to write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        night = prepare(Path(folder) / "夜")
        print(Counter(both(night) for _ in range(given.times)))


if __name__ == "__main__":
    main()
