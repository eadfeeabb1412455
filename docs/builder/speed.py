"""The figures of the benchmark, from the record of the last one (``tests/bench/record.json``)."""

from __future__ import annotations

from tests.bench import tell
from tests.bench.record import Run, record


def figures() -> str:
    """What was measured, with the goals beside.

    Example: ``| 其中只算抽取 | 每秒 640,000 字 … | ≥ 1.5 倍 ✓ |``
    """
    return tell.report(_run(), "zh")


def libraries() -> str:
    """The versions that were measured.

    Example: ``jieba 0.42.1、pyarrow 26.0.1``
    """
    return _run().machine["libraries"].replace(", ", "、")


def stages() -> str:
    """Every stage beside jieba.cut.

    Example: ``| 抽取 | 640,000 | 1.60 | 61.0 % |``
    """
    return tell.stages(_run())


def compiled() -> str:
    """Every stage as Python and as machine code.

    Example: ``| 抽取 | 0.91 | 1.62 |``
    """
    return tell.compiled(_run())


def growth() -> str:
    """Time and memory by the number of documents.

    Example: ``| 16 × | 15.9 | 210 | 640 |``
    """
    return tell.growth(_run())


def peers() -> str:
    """Others over the same text.

    Example: ``| rjieba | 7,900,000 | 19.80 |``
    """
    return tell.peers(_run())


def layout() -> str:
    """The ways to write Parquet that were compared.

    Example: ``| lz4 压缩 | 63.3 | 1.23 | …``
    """
    return tell.layout(_run())


def tables() -> str:
    """What the chosen way saves of each large table.

    Example: ``| documents | 2,265 | 1,671 | -26 % |``
    """
    return tell.tables(_run())


def plot() -> str:
    """Shares and growth as pictures, of which the page shows the one that suits it.

    Example: ``<div class="only-light"><svg …``
    """
    from tests.bench.charts import svg

    drawn = {"light": svg(_run(), "light", "zh"), "dark": svg(_run(), "dark", "zh")}
    return "\n\n".join(f'<div class="only-{theme}">\n{_one_block(one)}\n</div>' for theme, one in drawn.items())


def _one_block(picture: str) -> str:
    """Without empty lines, at which Markdown would end the block."""
    return "\n".join(line for line in picture.splitlines() if line.strip())


def _run() -> Run:
    return record()["full"]
