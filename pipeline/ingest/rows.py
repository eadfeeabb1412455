"""Rows: what was read and found of a document, as the tables want it, with ids that stay."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Final

from extractors.model import Facts, Mention, Sentence
from pipeline.document import Document
from pipeline.edtf import edtf_bounds
from pipeline.ingest.model import Row

SAME: Final = (
    "text", "value", "value_max", "value_text", "decimals", "unit", "unit_text", "scale", "dimension",
    "comparator", "status", "measure", "basis", "period_from", "rule", "confidence",
)  # fmt: skip
OR_NULL: Final = (
    "indicator",
    "indicator_id",
    "qualifier",
    "entity",
    "entity_id",
    "entity_kind",
    "period",
    "period_text",
)
FACTS: Final = ("title", "issuer", "region", "region_code", "published", "period")


def doc_id(relative: str) -> str:
    """The id of a document: 16 hex digits of the SHA-256 of its path in the corpus, separated by /.

    Example: ``doc_id("云川县/2023上半年.txt")``
    """
    return hashlib.sha256(os.fsencode(relative)).hexdigest()[:16]


def digest(*pieces: str) -> str:
    """16 hex digits that stand for some strings in their order.

    Example: ``digest(doc_id, "全年完成投资3.2亿元。", "0")``
    """
    return hashlib.sha256("\x1f".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def document_row(identity: Row, read: Document, facts: Facts) -> Row:
    """The row of a document, of what identifies its file, what its reader said and what is known of it.

    Example: ``document_row(identity, document, facts)["region"]`` → ``云川县``
    """
    reader = {name: getattr(read, name) for name in ("media_type", "reader", "text")}
    known = {name: getattr(facts, name) or None for name in FACTS}
    kept = {"figures_kept": read.figures_kept, "places": [asdict(place) for place in read.places]}
    return {**identity, **reader, "encoding": read.encoding or None, **known, "duplicate_of": None, **kept}


def sentence_rows(
    doc_id: str, text: str, sentences: Sequence[Sentence], tokenize: Callable[[Sequence[str]], list[list[str]]]
) -> tuple[Row, ...]:
    """The rows of a document's sentences; the n-th occurrence of a sentence has an id of its own.

    Example: ``sentence_rows(id, text, sentences, tokenize)[0]["section"]`` → ``一、建设 / （一）投资``
    """
    said = [_words(text, sentence.pieces) for sentence in sentences]
    seen: dict[str, int] = {}
    rows = []
    for sentence, words, tokens in zip(sentences, said, tokenize(said), strict=True):
        before = seen.get(words, 0)
        seen[words] = before + 1
        rows.append(
            {
                "doc_id": doc_id,
                "sentence_id": digest(doc_id, words, str(before)),
                "char_start": sentence.start,
                "char_end": sentence.end,
                "section": " / ".join(sentence.section),
                "tokens": tokens,
            }
        )
    return tuple(rows)


def _words(text: str, pieces: Sequence[tuple[int, int]]) -> str:
    if len(pieces) == 1:
        start, end = pieces[0]
        return text[start:end]
    return "".join([text[start:end] for start, end in pieces])


def mention_rows(
    doc_id: str, sentences: Sequence[Sentence], rows: Sequence[Row], mentions: Sequence[Mention]
) -> tuple[Row, ...]:
    """The rows of a document's mentions; a mention's id is that of its sentence and its place in it.

    Example: ``mention_rows(doc_id, sentences, sentence_rows, mentions)[0]["text"]`` → ``3.2亿元``
    """
    homes = [rows[mention.sentence]["sentence_id"] for mention in mentions]
    offsets = [mention.start - sentences[mention.sentence].start for mention in mentions]
    ids = _distinct(digest(home, str(offset)) for home, offset in zip(homes, offsets, strict=True))
    return tuple(
        dict(zip(_COLUMNS, (id, doc_id, home, *_mention_row(mention, ids)), strict=True))
        for id, home, mention in zip(ids, homes, mentions, strict=True)
    )


_IDS, _PERIOD = ("mention_id", "doc_id", "sentence_id"), ("period_start", "period_end")
_COLUMNS: Final = (*_IDS, "char_start", "char_end", *SAME, *OR_NULL, *_PERIOD, "part_of")
_SAME, _OR_NULL = attrgetter("start", "end", *SAME), attrgetter(*OR_NULL)


def _mention_row(mention: Mention, ids: Sequence[str]) -> tuple[object, ...]:
    """The values of a mention's row behind its ids, in the order of ``_COLUMNS``."""
    part_of = None if mention.part_of is None else ids[mention.part_of]
    known = [value or None for value in _OR_NULL(mention)]
    return (*_SAME(mention), *known, *edtf_bounds(mention.period), part_of)


def _distinct(ids: Iterable[str]) -> list[str]:
    """Two figures read at one place still need two ids."""
    seen: dict[str, int] = {}
    result = []
    for id in ids:
        before = seen.get(id, 0)
        result.append(digest(id, str(before)) if before else id)
        seen[id] = before + 1
    return result
