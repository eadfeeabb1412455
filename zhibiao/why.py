"""Why one figure is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.analyse import FoundMention, Report
from pipeline.errors import UsageError
from pipeline.explain import Explanation, Scene
from pipeline.explain import explain as explanation
from zhibiao.reading import Words, words_of
from zhibiao.stored import Tables, tables

if TYPE_CHECKING:
    import pandas as pd


def explain(
    mention: str | FoundMention | pd.Series[Any] | Mapping[str, Any],
    out: str | Path | Tables | Report = "outputs",
    *,
    lexicons: Words = None,
) -> Explanation:
    """Why a mention is as it is: print it.

    ``mention`` is the id of one in the tables of ``out``, or the beginning of it, or a row of them, or a row of
    ``extract``, or an object of ``mentions``, for which ``out`` may be the report it is from.

    >>> import zhibiao
    >>> tables = zhibiao.tables("outputs")
    >>> row = tables.mentions.query("indicator == '早孕建册率' and status == 'actual'").iloc[0]
    >>> print(zhibiao.explain(row, tables))  # doctest: +ELLIPSIS
    yunchuan-health-2024h1.txt：...
    ...【93.6%】...
    数值　93.6 %　　原文写作“93.6”，单位写作“%”（units.toml：%，ratio）
    指标　早孕建册率　　规则 ...
    """
    words = words_of(lexicons)
    if isinstance(mention, FoundMention):
        return explanation(asdict(mention), _scene(mention, out if isinstance(out, Report) else None), words)
    if isinstance(out, Report):
        raise UsageError("with a report give one of its mentions")
    id = mention if isinstance(mention, str) else mention.get("mention_id")
    if isinstance(id, str):
        return _stored(id, out if isinstance(out, Tables) else tables(out), words)
    if isinstance(mention, str) or mention.get("sentence") is None:
        raise UsageError("give a mention_id, a row of mentions or of extract, or an object of zhibiao.mentions")
    scene = Scene(
        sentence=mention["sentence"],
        at=int(mention["sentence_at"]),
        section=mention["section"] or "",
        source=str(mention["source"]),
    )
    return explanation(dict(mention), scene, words)


def _stored(id: str, stored: Tables, words: Any) -> Explanation:
    from pipeline.explain_stored import explain_stored, mentions_named

    found = mentions_named(stored.folder, id)
    if len(found) > 1:
        raise UsageError(f"{id}: {len(found)} mentions; give the id of one: {found[0]['mention_id']}, …")
    return explain_stored(stored.folder, found[0], words)


def _scene(mention: FoundMention, report: Report | None) -> Scene:
    scene = Scene(mention.sentence_text, mention.sentence_at, " / ".join(mention.section))
    if report is None:
        return scene
    facts, start = report.facts, report.sentences[mention.sentence].start
    return replace(
        scene,
        source=f"{report.name}：{mention.start}–{mention.end}",
        title=facts.title,
        region=facts.region,
        period=facts.period,
        before=report.text[:start],
    )
