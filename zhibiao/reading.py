"""Texts and files in, mentions out: as a data frame, as typed objects, as a whole report."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import lexicons as knowledge
from lexicons import Lexicons
from pipeline.analyse import FoundMention, Report, analyse_file, analyse_text, documents_in, hints
from pipeline.errors import UsageError
from pipeline.overlay import overlay_of
from pipeline.readers.rejected import RejectedFile

if TYPE_CHECKING:
    import pandas as pd

    from extractors.model import Facts

Words = Lexicons | Path | str | None
"""The lexicons to use, or the folder of your own files that add to ours."""
One = str | bytes | Path
"""A text, the bytes of a file, or where a file is."""
Many = One | Iterable[One]

NAMED: Final = ("indicator_id", "entity_id")
"""Ids that the lexicons give, not a corpus."""
UNNAMED: Final = "unnamed.txt"
_LONGEST_NAME = 255


def extract(given: Many, *, region: str = "", period: str = "", lexicons: Words = None) -> pd.DataFrame:
    """The figures of a text, of a file (as a Path), or of several of them, one a row.

    The columns are those of the table ``mentions``, but for the ids, which only a corpus gives; ``source`` says which
    of the given it was: the label in a Series or dict, the place in a list, the path of a file; ``part_of`` is the
    ``number`` of the total. ``region`` and ``period`` (EDTF) say what the texts do not say; ``lexicons`` is a
    folder of files of your own. One of several files that cannot be read is a warning and costs the others nothing.

    >>> import zhibiao
    >>> frame = zhibiao.extract("全县早孕建册率93.6%，罚款3.8万元。", region="盐池县", period="2024")
    >>> frame[["entity", "period", "indicator", "value", "unit"]].values.tolist()
    [['盐池县', '2024', '早孕建册率', 93.6, '%'], ['盐池县', '2024', '罚款', 38000.0, '元']]

    Texts of a column keep their label, so that the figures can be joined with what else is known:

    >>> import pandas as pd
    >>> texts = pd.Series({"盐池": "新增床位125张。", "云川": "新增床位80张。"})
    >>> zhibiao.extract(texts).set_index("source")["value"].to_dict()
    {'盐池': 125.0, '云川': 80.0}
    """
    words = words_of(lexicons)
    known = hints(words, region, period)
    rows: list[dict[str, Any]] = []
    sources: list[object] = []
    for label, report in _reports(given, words, known):
        found = list(report.rows(""))
        rows += found
        sources += [label] * len(found)
    return _frame(rows, sources)


def mentions(text: str, *, region: str = "", period: str = "", lexicons: Words = None) -> list[FoundMention]:
    """The figures of a text as typed objects, each with its sentence.

    >>> import zhibiao
    >>> [one] = zhibiao.mentions("家庭医生签约率达到75%以上的目标。", period="2025")
    >>> one.indicator, one.value, one.comparator, one.status, one.period
    ('家庭医生签约率', 75.0, '>=', 'target', '2025')
    """
    return list(analyse(text, region=region, period=period, lexicons=lexicons).mentions)


def analyse(text: str, *, region: str = "", period: str = "", lexicons: Words = None) -> Report:
    """A text read as a report: its facts, sentences and mentions.

    >>> import zhibiao
    >>> report = zhibiao.analyse("盐池县2024年上半年卫生健康工作总结\\n一、妇幼健康\\n早孕建册率93.6%。")
    >>> report.facts.region, report.facts.region_code, report.facts.period
    ('盐池县', '640323', '2024-01/2024-06')
    >>> report.mentions[0].section
    ('一、妇幼健康',)
    """
    words = words_of(lexicons)
    return analyse_text(_text(text), words, hints(words, region, period))


def read(
    file: Path | str | bytes, *, name: str = "", region: str = "", period: str = "", lexicons: Words = None
) -> Report:
    """A report file (Word, PDF, a page, a spreadsheet, text …) read: text, tables, facts, sentences, mentions.

    ``file`` is a path, or the bytes of a file with its ``name``. RejectedFile says why one cannot be read.

    >>> import zhibiao
    >>> report = zhibiao.read("云川县2024年工作总结\\n全年罚款3.8万元。".encode("gb18030"), name="总结.txt")
    >>> report.document.encoding, report.facts.period, report.mentions[0].value
    ('gb18030', '2024', 38000.0)
    """
    words = words_of(lexicons)
    known = hints(words, region, period)
    if isinstance(file, bytes):
        return analyse_file(file, name or UNNAMED, words, known)
    return analyse_file(_there(Path(file)).read_bytes(), name or str(file), words, known)


def words_of(given: Words) -> Lexicons:
    """The lexicons to use: as given, or those of a folder, or those that the settings name.

    Example: ``words_of("自定义词典").overlay``
    """
    if isinstance(given, Lexicons):
        return given
    return knowledge.load(overlay_of(Path(given) if given is not None else None))


def _text(given: object) -> str:
    """A text; someone who gives the name of a file as a text is told."""
    if not isinstance(given, str):
        raise UsageError(f"a text is wanted, not {type(given).__name__}; files are read by zhibiao.read(path)")
    if 0 < len(given) < _LONGEST_NAME and "." in given and "\0" not in given and os.path.isfile(given):
        raise UsageError(f"{given} is a file, and a string is a text: write Path({given!r})")
    return given


def _there(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"{path} is a folder; zhibiao.ingest reads folders")
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    return path


def _reports(given: Many, words: Lexicons, known: Facts) -> Iterator[tuple[object, Report]]:
    if isinstance(given, str | bytes | Path):
        for label, make in _ways("", given, words, known):
            yield label, make()
        return
    for own, one in _labelled(given):
        for label, make in _ways(own, one, words, known):
            try:
                report = make()
            except RejectedFile as error:
                warnings.warn(f"{label}: {error.message} ({error.reason})", stacklevel=3)
            else:
                yield label, report


def _labelled(given: Any) -> Iterable[tuple[object, One]]:
    """The items of a dict or a Series, or those of a list with their places."""
    return given.items() if hasattr(given, "items") else enumerate(given)


def _ways(label: object, given: One, words: Lexicons, known: Facts) -> Iterator[tuple[object, Callable[[], Report]]]:
    """How the report is had, or those of an archive; each with its label."""
    if isinstance(given, Path):
        for name, load in documents_in(str(given), _there(given)):
            yield name, partial(_loaded, load, name, words, known)
    elif isinstance(given, bytes):
        yield label, partial(analyse_file, given, UNNAMED, words, known)
    else:
        missing = given is None or given != given  # a gap in a Series
        yield label, partial(analyse_text, "" if missing else _text(given), words, known)


def _loaded(load: Callable[[], bytes], name: str, words: Lexicons, known: Facts) -> Report:
    return analyse_file(load(), name, words, known)


def _frame(rows: list[dict[str, Any]], sources: list[object]) -> pd.DataFrame:
    """Rows with the columns and kinds of the table mentions."""
    import pandas as pd
    import pyarrow as pa

    from pipeline.tables import INTEGER, MENTIONS, TEXT

    own = {"number": INTEGER, "part_of": INTEGER, "section": TEXT, "sentence": TEXT, "sentence_at": INTEGER}
    kinds = {
        field.name: field.type for field in MENTIONS if not field.name.endswith("_id") or field.name in NAMED
    } | own
    null = {field.name for field in MENTIONS if field.nullable}
    for row in rows:
        row |= {name: date.fromisoformat(row[name]) if row[name] else None for name in ("period_start", "period_end")}
        row |= {name: None for name in null if row[name] == ""}
    table = pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items())))
    frame: pd.DataFrame = table.to_pandas()
    frame["part_of"] = frame["part_of"].astype("Int32")
    ordered = ["number", *(name for name in kinds if name != "number")]
    frame = frame[ordered]
    frame.insert(0, "source", pd.Series(sources, dtype=None if sources else "str"))
    return frame
