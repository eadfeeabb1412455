"""What is read: real reports where they lie beside the repository, else the sample's, repeated with other figures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.scale import documents, varied

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "corpus" / "reports"
SAMPLE = ROOT / "corpus" / "sample"
COPIES, FEW_COPIES = 32, 8
"""How often the reports of the sample are repeated, with other figures, to be a corpus; in a quick run."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Reports to measure with: names and texts; ``kind`` is real or sample.

    Example: ``Corpus("sample", (("云川县.txt", "全年完成投资3.2亿元。"),)).characters`` → 11
    """

    kind: str
    reports: tuple[tuple[str, str], ...]

    @property
    def characters(self) -> int:
        """Of all texts together."""
        return sum(len(text) for _, text in self.reports)

    def every(self, step: int) -> Corpus:
        """Each so-many-th report.

        Example: ``corpus.every(2)`` → half of them
        """
        return Corpus(self.kind, self.reports[::step])

    def times(self, count: int) -> Corpus:
        """So many times the reports, every one with figures of its own.

        Example: ``corpus.times(16)``
        """
        copies = (one for copy in range(count) for one in varied_copy(self.reports, copy))
        return Corpus(self.kind, tuple(copies))

    def write(self, folder: Path) -> Path:
        """The reports as files of a folder.

        Example: ``corpus.write(work / "corpus")``
        """
        return written(folder, self.reports)

    def pieces(self, count: int, characters: int) -> Iterator[tuple[str, str]]:
        """So many documents of about so many characters, stretches of the reports with other figures.

        Example: ``corpus.pieces(10_000, 1200)``
        """
        return documents([text for _, text in self.reports], characters, count)


def varied_copy(reports: Sequence[tuple[str, str]], copy: int) -> Iterator[tuple[str, str]]:
    """Reports with other figures, in a folder of their own; years and the numbers' lengths stay.

    Example: ``next(varied_copy(reports, 3))[0]`` → ``03/云川县.txt``
    """
    for name, text in reports:
        yield f"{copy:02d}/{name}", varied(text, random.Random(f"{copy} {name}"))


def written(folder: Path, reports: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Path:
    """Texts as files of a folder, which is given back.

    Example: ``written(work / "corpus", [("云川县.txt", "全年完成投资3.2亿元。")])``
    """
    for name, text in reports:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def real() -> Corpus | None:
    """The real reports, where there are any.

    Example: ``real()`` → None in a clone by itself
    """
    reports = tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(REAL.glob("*.txt")))
    return Corpus("real", reports) if reports else None


def sample(copies: int = COPIES) -> Corpus:
    """The texts of the sample, repeated with other figures.

    Example: ``sample().characters``
    """
    from pipeline.readers import read

    found = ((path.with_suffix(".txt").name, read(path.read_bytes(), path.name).text) for path in SAMPLE.iterdir())
    return Corpus("sample", tuple(sorted(found))).times(copies)


def stretch(corpus: Corpus, characters: int) -> Corpus:
    """As many reports from the beginning as have so many characters.

    Example: ``stretch(corpus, 100_000)``
    """
    total, count = 0, 0
    for _, text in corpus.reports:
        total, count = total + len(text), count + 1
        if total >= characters:
            break
    return Corpus(corpus.kind, tuple(islice(corpus.reports, count)))
