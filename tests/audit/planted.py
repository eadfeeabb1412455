"""Planted faults: one operand of a relation that holds is changed by a digit or by ten, and the audit has to say so.

    python -m tests.audit.planted FOLDER [--times 300] [--seed 1]

FOLDER holds reports as plain text (.txt). Which relations count: those whose arithmetic leaves no room (``STRICT``).
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ingest.model import DocumentRows, SourceFile
from pipeline.ingest.process import process_bytes
from pipeline.ingest.rows import doc_id
from tests.audit.audit_examples import _engine

STRICT = (
    "A01", "A05", "A07", "A08", "A11", "A12", "A13", "R01", "R01T", "R02", "R08", "X02", "X04B", "X09C")  # fmt: skip
"""Sums, balances, shares, rates by their operands, growths with both levels."""


@dataclass(frozen=True)
class Planted:
    """A fault that was put into a report, and whether a finding names the changed figure."""

    path: str
    check: str
    before: str
    after: str
    found: bool


def audited(name: str, text: str | bytes) -> DocumentRows:
    """The rows of a report's text, or of its file's bytes, the audit's included."""
    data = text.encode() if isinstance(text, str) else text
    rows = process_bytes(SourceFile(name, Path(name), doc_id(name), len(data), 0), data, _engine())
    assert isinstance(rows, DocumentRows), rows
    return rows


def plant(paths: Sequence[Path], times: int, seed: int) -> Iterator[Planted]:
    """Change one operand of a relation at random, so many times; reports that give no relation are passed over."""
    chance = random.Random(seed)
    known = {path: _clean(path) for path in paths}
    open_to = [(path, relation) for path, (_, rows) in known.items() for relation in _strict(rows)]
    while times and open_to:
        path, relation = chance.choice(open_to)
        text, rows = known[path]
        figures = {one["mention_id"]: one for one in rows.mentions}
        figure = figures[chance.choice(relation["mention_ids"])]
        altered = _altered(figure["text"], chance)
        if altered is None:
            continue
        times -= 1
        changed = text[: figure["char_start"]] + altered + text[figure["char_end"] :]
        found = _new_finding(path.name, changed, figure["char_start"], rows)
        if not found and _still_holds(
            path.name, changed, relation, figures, figure, len(altered) - len(figure["text"])
        ):
            times += 1
            continue
        yield Planted(path.name, relation["check"], figure["text"], altered, found)


def _clean(path: Path) -> tuple[str, DocumentRows]:
    rows = audited(path.name, path.read_bytes())
    return rows.document["text"], rows


def _strict(rows: DocumentRows) -> list[dict[str, Any]]:
    """The relations that hold and whose figures no finding doubts already."""
    doubted = {id for one in rows.findings for id in one["mention_ids"]}
    held = (one for one in rows.relations if one["check"] in STRICT and one["verdict"] == "consistent")
    return [one for one in held if len(one["mention_ids"]) > 1 and not doubted & set(one["mention_ids"])]


def _altered(text: str, chance: random.Random) -> str | None:
    """The figure with one other digit, or ten times or a tenth of it; None where it has no digits."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    if match is None or re.match(r"[\d．，,.]", text[match.end() :]) or text[match.end() :][:1] > "\ue000":
        return None
    number = match[0]
    if chance.random() < 0.3:
        value = float(number.replace(",", ""))
        places = len(number.partition(".")[2])
        other = f"{value * 10:.{places}f}" if chance.random() < 0.5 else f"{value / 10:.{places + 1}f}"
    else:
        at = chance.choice([index for index, digit in enumerate(number) if digit.isdigit()])
        digits = [digit for digit in "0123456789" if digit != number[at] and (at or digit != "0")]
        other = number[:at] + chance.choice(digits) + number[at + 1 :]
    return text[: match.start()] + other + text[match.end() :]


def _still_holds(
    name: str, text: str, relation: dict[str, Any], figures: dict[str, Any], changed: dict[str, Any], shift: int
) -> bool:
    """Whether rounding allows the changed figure too: then it contradicts nothing."""
    first = changed["char_start"]
    wanted = {
        one["char_start"] + (shift if one["char_start"] > first else 0)
        for one in (figures[id] for id in relation["mention_ids"])
    }
    rows = audited(name, text)
    places = {one["mention_id"]: one["char_start"] for one in rows.mentions}
    return any(
        one["check"] == relation["check"]
        and one["verdict"] in ("consistent", "truncated")
        and {places[id] for id in one["mention_ids"]} == wanted
        for one in rows.relations
    )


def _new_finding(name: str, text: str, start: int, before: DocumentRows) -> bool:
    """Whether a finding that was not there before names the figure at that place."""
    rows = audited(name, text)
    places = {one["mention_id"]: one["char_start"] for one in rows.mentions}
    known = {(one["check"], one["message"]) for one in before.findings}
    fresh = [one for one in rows.findings if (one["check"], one["message"]) not in known]
    return any(places.get(id) == start for one in fresh for id in one["mention_ids"])


def main() -> None:
    """Plant faults in the reports of a folder and print the share that was found, by check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    given = parser.parse_args()
    all_: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for one in plant(sorted(given.folder.rglob("*.txt")), given.times, given.seed):
        all_[one.check] += 1
        found[one.check] += one.found
        if given.missed and not one.found:
            print(f"missed {one.check} {one.path}: {one.before} -> {one.after}")
    for check in sorted(all_):
        print(f"{check:6s} {found[check]:4d}/{all_[check]:4d}")
    print(f"all    {found.total():4d}/{all_.total():4d} = {found.total() / max(1, all_.total()):.3f}")


if __name__ == "__main__":
    main()
