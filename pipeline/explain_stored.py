"""Mentions of a snapshot explained: found by id, span or indicator, with their report around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import UsageError
from pipeline.explain import Explanation, Scene, explain
from pipeline.store import read_table
from pipeline.titles import titles

if TYPE_CHECKING:
    from lexicons import Lexicons

Row = dict[str, Any]
_ID = re.compile(r"[0-9a-f]{4,16}")
ABOUT = ["doc_id", "source_path", "title", "region", "period", "text"]


def mentions_named(snapshot: Path, given: str) -> list[Row]:
    """The mentions meant: one whose id begins so, or else those of that span or indicator.

    UsageError when there is none.

    Example: ``mentions_named(required(Path("outputs")), "早孕建册率")[0]["text"]`` → ``93.6%``
    """
    table = read_table(snapshot, "mentions")
    found: list[Row] = []
    if _ID.fullmatch(given):
        found = table.filter(pc.starts_with(table["mention_id"], pattern=given)).to_pylist()
    if not found:
        said = pc.or_kleene(pc.equal(table["text"], given), pc.equal(table["indicator"], given))
        found = table.filter(said).to_pylist()
    if not found:
        raise UsageError(
            f"{given}: no mention of this id, span or indicator in {snapshot.parent.parent};"
            " other tables are named behind it: zhibiao explain WHAT FOLDER"
        )
    return found


def explain_stored(snapshot: Path, mention: Row, words: Lexicons) -> Explanation:
    """Why a mention of a snapshot is as it is, with what was found wrong with it.

    Example: ``str(explain_stored(snapshot, mentions_named(snapshot, "3f9d2c")[0], load()))``
    """
    document = _one(read_table(snapshot, "documents", ABOUT), "doc_id", mention["doc_id"])
    said = ["sentence_id", "char_start", "char_end", "section"]
    sentence = _one(read_table(snapshot, "sentences", said), "sentence_id", mention["sentence_id"])
    start, text = sentence["char_start"], document["text"]
    scene = Scene(
        sentence=text[start : sentence["char_end"]],
        at=mention["char_start"] - start,
        section=sentence["section"],
        source=f"{document['source_path']}：{mention['char_start']}–{mention['char_end']}",
        title=document["title"] or "",
        region=document["region"] or "",
        period=document["period"] or "",
        before=text[:start],
        remarks=tuple(_remarks(snapshot, mention)),
    )
    return explain(mention, scene, words)


def _remarks(snapshot: Path, mention: Row) -> Iterable[tuple[str, str]]:
    if mention["part_of"] is not None:
        columns = ["mention_id", "indicator", "text"]
        total = _one(read_table(snapshot, "mentions", columns), "mention_id", mention["part_of"])
        yield "属于", f"{total['indicator'] or ''}{total['text']}（{total['mention_id']}）的一部分"
    severities = titles()["values"]["severity"]
    for finding in read_table(snapshot, "findings", ["check", "severity", "mention_ids", "message"]).to_pylist():
        if mention["mention_id"] in finding["mention_ids"]:
            yield "疑点", f"{finding['check']} {severities[finding['severity']]}：{finding['message']}"


def _one(table: pa.Table, column: str, value: str) -> Row:
    row: Row = table.filter(pc.equal(table[column], value)).slice(0, 1).to_pylist()[0]
    return row
