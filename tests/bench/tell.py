"""Runs as tables of Markdown, in English for the terminal and README.md, in Chinese for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.bench.goals import GOALS, derived, judged
from tests.bench.record import Run
from tests.bench.setting import STAGES, Figures
from tests.bench.words import WORDS

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its name among the words, the figures it tells, those that have a goal.

    Example: ``Line("whole", ("whole.speed", "whole.ratio"), ("whole.ratio",))``
    """

    name: str
    figures: tuple[str, ...]
    goals: tuple[str, ...] = ()


LINES = (
    Line("whole", ("whole.speed", "whole.ratio"), ("whole.ratio",)),
    Line("extraction", ("extract.speed", "extract.ratio"), ("extract.ratio",)),
    Line("shares", tuple(f"{name}.share" for name in STAGES)),
    Line("compiled whole", ("compiled.whole.speed", "compiled.whole.ratio"), ("compiled.whole.ratio",)),
    Line("compiled extraction", ("compiled.extract.speed", "compiled.extract.ratio"), ("compiled.extract.ratio",)),
    Line("workers", ("workers.ratio",), ("workers.ratio",)),
    Line("growth", ("growth.factor", "growth.last"), ("growth.last",)),
    Line(
        "memory",
        ("growth.factor", "memory.worker.1", "memory.worker.last", "memory.main.1", "memory.main.last"),
        ("memory.worker.last", "memory.worker.grown"),
    ),
    Line("help", ("startup.help.seconds",), ("startup.help.seconds",)),
    Line(
        "extract",
        ("startup.extract.seconds", "startup.import.seconds"),
        ("startup.extract.seconds", "startup.import.seconds"),
    ),
    Line("night", ("night.documents", "night.seconds"), ("night.seconds",)),
    Line("pandas", ("reading.rows", "reading.pandas.seconds")),
    Line("duckdb", ("reading.rows", "reading.duckdb.rows", "reading.duckdb.seconds")),
    Line("size", ("reading.rows", "reading.megabytes", "snapshot.bytes_a_character")),
)


def report(run: Run, language: Language = "en") -> str:
    """A run as a table with the goals beside, and what it was measured on.

    Example: ``print(report(record()["full"]))``
    """
    words = WORDS[language]
    table = markdown(words["heads"], rows(run.figures, language))
    return f"{measured_on(run, language)}\n\n{table}"


def rows(figures: Figures, language: Language) -> Iterator[tuple[str, str, str]]:
    """What was measured, what came out, the goal with whether it was reached; lines without figures are left out.

    Example: ``next(rows({"workers.ratio": 1.9}, "en"))`` → ``("two workers against one", "1.90 ×", "≥ 1.8 ✓")``
    """
    known = derived(figures)
    known["reading.megabytes"] = known.get("reading.bytes", 0.0) / 1e6
    known |= {name: 100 * one for name, one in known.items() if name.endswith(".share")}
    words = WORDS[language]["lines"]
    for line in LINES:
        if all(name in known for name in line.figures):
            name, told = words[line.name]
            yield name.format(known), told.format(known), goals(known, line.goals, language)


def goals(known: Figures, names: Iterable[str], language: Language) -> str:
    """The goals of some figures, each with whether it was reached, or without where that cannot be told.

    Example: ``goals({"whole.ratio": 1.1}, ["whole.ratio"], "en")`` → ``≥ 1 ✓``
    """
    found = judged(known)
    words = WORDS[language]
    told = {True: " ✓", False: f" ✗ {words['missed']}", None: ""}
    units = words["units"]
    return str(words["and"]).join(f"{GOALS[name]}{units[name]}{told[found.get(name)]}" for name in names)


def measured_on(run: Run, language: Language) -> str:
    """A sentence about reports, machine and day.

    Example: ``172 real reports with 2,014,226 characters, on …``
    """
    words = WORDS[language]
    reports = words[f"{run.corpus['kind']} reports"].format(**run.corpus)
    return str(words["measured on"].format(reports=reports, **run.machine))


def stages(run: Run, language: Language = "zh") -> str:
    """Every stage: speed, ratio to jieba.cut, share; and what a whole ingestion takes beyond them.

    Example: ``stages(record()["full"])``
    """
    words, figures = WORDS[language], run.figures
    told = [
        (
            words["stages"][name],
            f"{figures[f'{name}.speed']:,.0f}",
            f"{figures[f'{name}.ratio']:.2f}",
            _share(figures, name),
        )
        for name in (*STAGES, "stages")
    ]
    told.append((words["stages"]["rest"], "", "", f"+{100 * beyond(figures):.1f} %"))
    told.append(("`jieba.cut`", f"{figures['jieba.speed']:,.0f}", "1", ""))
    return markdown(words["stage heads"], told)


def compiled(run: Run, language: Language = "zh") -> str:
    """Every stage and the whole beside jieba.cut: as Python, and as machine code.

    Example: ``compiled(record()["full"])``
    """
    words, figures = WORDS[language], run.figures
    names = {**{name: words["stages"][name] for name in (*STAGES, "stages")}, "whole": words["whole"]}
    told = [
        (said, *(f"{figures[f'{engine}{name}.ratio']:.2f}" for engine in ("", "compiled.")))
        for name, said in names.items()
        if f"compiled.{name}.ratio" in figures
    ]
    return markdown(words["compiled heads"], told)


def beyond(figures: Figures) -> float:
    """What a whole ingestion takes beyond the stages of its documents, as a share of these.

    Example: ``beyond({"stages.ratio": 1.2, "whole.processor_ratio": 1.0})`` → 0.2
    """
    return figures["stages.ratio"] / figures["whole.processor_ratio"] - 1


def _share(figures: Figures, name: str) -> str:
    return f"{100 * figures[f'{name}.share']:.1f} %"


def growth(run: Run, language: Language = "zh") -> str:
    """Time and memory by the number of documents.

    Example: ``growth(record()["full"])``
    """
    figures = run.figures
    factors = sorted(int(name.rpartition(".")[2]) for name in figures if name.startswith("growth."))
    told = [
        (
            f"{at} ×",
            f"{figures[f'growth.{at}']:.2f}",
            *(f"{figures[f'memory.{kind}.{at}']:.0f}" for kind in ("worker", "main")),
        )
        for at in factors
    ]
    return markdown(WORDS[language]["growth heads"], told)


def peers(run: Run, language: Language = "zh") -> str:
    """Others over the same text.

    Example: ``peers(record()["full"])``
    """
    figures = run.figures
    names = [name.split(".")[1] for name in figures if name.startswith("peers.") and name.endswith(".speed")]
    told = [(name, f"{figures[f'peers.{name}.speed']:,.0f}", f"{figures[f'peers.{name}.ratio']:.2f}") for name in names]
    return markdown(WORDS[language]["peer heads"], told)


def layout(run: Run, language: Language = "zh") -> str:
    """The layouts that were tried: size and times of each.

    Example: ``layout(record()["full"])``
    """
    figures, words = run.figures, WORDS[language]
    columns = ("bytes", "write", "pandas", "whole", "duckdb")
    names = [name.split(".")[1] for name in figures if name.startswith("layout.") and name.endswith(".bytes")]
    told = []
    for name in words["layouts"]:
        if name in names:
            size, *seconds = (figures[f"layout.{name}.{column}"] for column in columns)
            told.append(
                (
                    words["layouts"][name],
                    f"{size / 1e6:.1f}",
                    *(f"{one:.2f}" for one in seconds[:-1]),
                    f"{1000 * seconds[-1]:.0f}",
                )
            )
    return markdown(words["layout heads"], told)


def tables(run: Run, language: Language = "zh") -> str:
    """The large tables: their bytes as pyarrow writes them, and as zhibiao does.

    Example: ``tables(record()["full"])``
    """
    figures = run.figures
    names = sorted({name.split(".")[1] for name in figures if name.startswith("tables.")})
    told = []
    for name in names:
        usual, chosen = (figures[f"tables.{name}.{way}"] for way in ("plain", "chosen"))
        told.append(
            (f"`{name}`", f"{usual / 1e3:,.0f}", f"{chosen / 1e3:,.0f}", f"{100 * (chosen / usual - 1):+.0f} %")
        )
    return markdown(WORDS[language]["table heads"], told)


def markdown(heads: Sequence[str], told: Iterable[Sequence[str]]) -> str:
    """A table of Markdown.

    Example: ``markdown(["阶段", "占比"], [["read", "1 %"]])``
    """
    lines = [heads, ["---"] * len(heads), *told]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
