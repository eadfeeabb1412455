"""The tables zhibiao writes: their exact schemas, with a description of every column in its metadata."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

TEXT, INTEGER, COUNT, NUMBER = pa.string(), pa.int32(), pa.int64(), pa.float64()
TEXTS = pa.list_(pa.field("element", TEXT))  # the name Parquet gives it
PLACES = pa.list_(
    pa.field("element", pa.struct([pa.field("start", INTEGER, nullable=False), pa.field("name", TEXT, nullable=False)]))
)
DAY, MOMENT = pa.date32(), pa.timestamp("us", tz="UTC")


def column(name: str, kind: pa.DataType, description: str, *, optional: bool = False) -> pa.Field:
    """A column; an optional one is null where nothing is known.

    Example: ``column("unit_text", TEXT, "The unit as written: 万份.")``
    """
    return pa.field(name, kind, nullable=optional, metadata={"description": description})


def maybe(name: str, kind: pa.DataType, description: str) -> pa.Field:
    """A column that is null where nothing is known.

    Example: ``maybe("qualifier", TEXT, "65岁及以上")``
    """
    return column(name, kind, description, optional=True)


def _schema(description: str, *columns: pa.Field) -> pa.Schema:
    return pa.schema(columns, metadata={"description": description})


DOCUMENTS: Final = _schema(
    "One row a report that could be read.",
    column("doc_id", TEXT, "16 hex digits of the SHA-256 of source_path."),
    column("source_path", TEXT, "Path relative to the corpus, separated by /."),
    column("sha256", TEXT, "SHA-256 of the file's bytes."),
    column("bytes", COUNT, "Size of the file in bytes."),
    column("media_type", TEXT, "Media type by the content: text/plain, application/pdf."),
    maybe("encoding", TEXT, "Character encoding the text was decoded from: utf-8, gb18030."),
    column("reader", TEXT, "The reader that made the text."),
    maybe("title", TEXT, "The report's title: 云川县2023年上半年卫生健康工作总结."),
    maybe("issuer", TEXT, "Who issued it: 云川县卫生健康局."),
    maybe("region", TEXT, "Official name of the region it reports on; 全国 for a national report."),
    maybe("region_code", TEXT, "GB/T 2260 code of the region, six digits; 000000 for 全国."),
    maybe("published", TEXT, "Date of publication, EDTF."),
    maybe("period", TEXT, "The period it reports on, EDTF: 2023-01/2023-06; masked digits are X."),
    column("text", TEXT, "The text all offsets point into, in Unicode code points."),
    maybe("duplicate_of", TEXT, "doc_id of the first document, by path, with the same bytes."),
    column(
        "figures_kept", NUMBER, "Share of the file's figures, counted apart from its reader, that text has; 0 to 1."
    ),
    column(
        "places", PLACES, "The way back to the source: from offset start on the text is from page, paragraph, cell."
    ),
)

SENTENCES: Final = _schema(
    "One row a sentence, in the order of the text.",
    column("doc_id", TEXT, "The document."),
    column("sentence_id", TEXT, "16 hex digits; stable as long as the sentence and its document's path are."),
    column("char_start", INTEGER, "Offset of the first character in documents.text."),
    column("char_end", INTEGER, "Offset behind the last character in documents.text."),
    column(
        "section",
        TEXT,
        'Headings above it, outermost first, joined by " / "; empty before the first heading.',
    ),
    column("tokens", TEXTS, "Its words, by the chosen segmenter."),
)

MENTIONS: Final = _schema(
    "One row a metric mention: a figure with everything that is said of it.",
    column("mention_id", TEXT, "16 hex digits; the same sentence in the same document gives the same id."),
    column("doc_id", TEXT, "The document."),
    column("sentence_id", TEXT, "The sentence."),
    column("char_start", INTEGER, "Offset of the span in documents.text."),
    column("char_end", INTEGER, "Offset behind the span in documents.text."),
    column("text", TEXT, "The span, number and unit: 54.79万份."),
    column("value", NUMBER, "The number in the canonical unit: 547900; negative for a fall."),
    maybe("value_max", NUMBER, "Upper end of a range (1-2名)."),
    column("value_text", TEXT, "The number exactly as written: 54.79."),
    column("decimals", INTEGER, "Digits after the point, in the unit as written: what rounding allows."),
    column("unit", TEXT, "Canonical unit (人 for 名 and 位); empty for a bare number."),
    column("unit_text", TEXT, "The unit as written: 万份."),
    column("scale", NUMBER, "Factor of the scale word: 1, 1e4 (万), 1e8 (亿)."),
    column("dimension", TEXT, "money, ratio, count, persons, area, mass, volume and so on."),
    column("comparator", TEXT, "=, >=, <=, >, <, over (余), nearly (近), about (约)."),
    column("status", TEXT, "actual or target."),
    column("measure", TEXT, "level or change."),
    column("basis", TEXT, "What a change is against: yoy (同比), mom (环比), plan, previous; none: not said."),
    maybe("indicator", TEXT, "What was measured, as a row label would say it: 早孕建册率."),
    maybe("indicator_id", TEXT, "The entry of the table indicators."),
    maybe("qualifier", TEXT, "Who or what the figure is limited to: 65岁及以上, 不含高新区."),
    maybe("entity", TEXT, "Whose figure it is, canonical name: 云川县."),
    maybe("entity_id", TEXT, "The entry of the table entities: a region's code or an organization's id."),
    maybe("entity_kind", TEXT, "region or organization."),
    maybe("period", TEXT, "When, EDTF: 2023-01/2023-06, ../2023-06, 20XX-05."),
    maybe("period_start", DAY, "First day of the period; null when open or masked."),
    maybe("period_end", DAY, "Last day of the period; null when open or masked."),
    maybe("period_text", TEXT, "The words the period was read from: 上半年."),
    column("period_from", TEXT, "Where the period was said: sentence, neighbour, section, document."),
    maybe("part_of", TEXT, "mention_id of the total this figure is a part of (其中)."),
    column("rule", TEXT, "The rule that found it."),
    column("confidence", NUMBER, "0 to 1."),
)

INDICATORS: Final = _schema(
    "What the indicator_ids stand for, from the lexicons.",
    column("indicator_id", TEXT, "The entry."),
    column("name", TEXT, "Its usual name: 早孕建册率."),
    column("aliases", TEXTS, "Other names: 早孕建卡率."),
    maybe("unit", TEXT, "Its canonical unit."),
    maybe("numerator", TEXT, "What is counted; accepted variants are separated by |."),
    maybe("denominator", TEXT, "What it is counted against; accepted variants are separated by |."),
    maybe("multiplier", NUMBER, "100 for %, 1000 for ‰, 1e5 for /10万."),
    maybe("plausible_min", NUMBER, "Smallest plausible value, in unit."),
    maybe("plausible_max", NUMBER, "Largest plausible value, in unit."),
    maybe("direction", TEXT, "Which way is better: up, down, none."),
    maybe("definition", TEXT, "What it means, in a sentence."),
    maybe("source", TEXT, "Where the definition comes from."),
)

ENTITIES: Final = _schema(
    "What the entity_ids and region_codes of the other tables stand for.",
    column("entity_id", TEXT, "A region's GB/T 2260 code or an organization's id."),
    column("name", TEXT, "Canonical full name: 黔西南布依族苗族自治州."),
    column("short_names", TEXTS, "Short names: 黔西南州, 黔西南."),
    column("kind", TEXT, "region or organization."),
    maybe("code", TEXT, "GB/T 2260 code of a region."),
    maybe("parent", TEXT, "entity_id of what it belongs to."),
)

RELATIONS: Final = _schema(
    "Every relation between figures that was recognized, whether it holds or not.",
    column("relation_id", TEXT, "16 hex digits; the same figures and check give the same id."),
    column("check", TEXT, "The check that looks at such relations."),
    column("doc_id", TEXT, "The document."),
    column("mention_ids", TEXTS, "The figures, in the order of roles."),
    column("roles", TEXTS, "What each is: total, part, numerator, denominator, rate, before, after, target."),
    column("formula", TEXT, "The arithmetic with its numbers."),
    maybe("stated", NUMBER, "What the report says."),
    maybe("expected", NUMBER, "What follows from the other figures."),
    maybe("difference", NUMBER, "stated - expected."),
    column("verdict", TEXT, "consistent, truncated, inconsistent, suspicious, undecided."),
)

FINDINGS: Final = _schema(
    "What does not agree and should be looked at.",
    column("finding_id", TEXT, "16 hex digits; the same figures and check give the same id."),
    maybe("relation_id", TEXT, "The relation it was found in."),
    column("check", TEXT, "The check that found it."),
    column("severity", TEXT, "error, warning, info."),
    column("doc_id", TEXT, "The document."),
    column("mention_ids", TEXTS, "The figures concerned."),
    column("char_start", INTEGER, "Offset of the passage in documents.text."),
    column("char_end", INTEGER, "Offset behind the passage in documents.text."),
    column("message", TEXT, "In Chinese, complete enough to act on."),
    maybe("formula", TEXT, "The arithmetic with its numbers."),
    maybe("expected", NUMBER, "What follows from the other figures."),
    maybe("stated", NUMBER, "What the report says."),
    maybe("tolerance", NUMBER, "The difference that rounding allows."),
)

REJECTS: Final = _schema(
    "Files that could not be read; they cost no other file its rows.",
    column("source_path", TEXT, "Path relative to the corpus, separated by /."),
    maybe("sha256", TEXT, "SHA-256 of the file's bytes; null when they could not be read."),
    column("reason", TEXT, "A code: unreadable, too_large, damaged, internal_error and so on."),
    column("message", TEXT, "One line for people."),
)

RUNS: Final = _schema(
    "One row a run that published a snapshot, oldest first; the only table that knows the clock.",
    column("run_id", TEXT, "Name of the snapshot folder."),
    column("started", MOMENT, "When the run began."),
    column("finished", MOMENT, "When its tables were complete."),
    column("seconds", NUMBER, "Time between the two."),
    column("corpus", TEXT, "What was read: a folder, a pattern or an address, without the password in it."),
    column("version", TEXT, "Version of zhibiao."),
    column("engine_version", TEXT, "Hash of the code that decides what the rows are."),
    column("lexicon_version", TEXT, "Hash of the lexicons and the user's overlay."),
    column("segmenter", TEXT, "Who cut the tokens: rjieba, jieba, pkuseg, spacy."),
    column("documents", COUNT, "Documents in the snapshot."),
    column("new", COUNT, "Documents that were not in the snapshot before."),
    column("changed", COUNT, "Documents that were read anew: other bytes, lexicons or code."),
    column("unchanged", COUNT, "Documents whose rows were carried over."),
    column("gone", COUNT, "Files of the snapshot before that are no longer there."),
    column("mentions", COUNT, "Mentions in the snapshot."),
    column("rejects", COUNT, "Files that could not be read."),
)

SCHEMAS: Final[dict[str, pa.Schema]] = {
    "documents": DOCUMENTS,
    "sentences": SENTENCES,
    "mentions": MENTIONS,
    "indicators": INDICATORS,
    "entities": ENTITIES,
    "relations": RELATIONS,
    "findings": FINDINGS,
    "rejects": REJECTS,
    "runs": RUNS,
}
"""Every table by name, in the order people want to read of them."""

GROUPED: Final = ("documents", "sentences", "mentions", "relations", "findings")
"""The tables that grow with the corpus and are kept in parts."""

BETWEEN: Final = ("relations", "findings")
"""Those that have one part more: what was found between reports."""


def describe(item: pa.Schema | pa.Field) -> str:
    """What a table or a column means, from its metadata.

    Example: ``describe(MENTIONS.field("unit_text"))`` → ``The unit as written: 万份.``
    """
    return str((item.metadata or {}).get(b"description", b""), "utf-8")


def markdown() -> str:
    """All tables as a page of Markdown: docs/tables.md, made by ``python -m pipeline.tables``.

    Example: the row ``| qualifier | string, null | Who or what the figure is limited to: 65岁及以上, 不含高新区. |``
    """
    lines = [
        "# Tables",
        "",
        "Made by `python -m pipeline.tables > docs/tables.md`; edit `pipeline/tables.py` instead.",
    ]
    for name, schema in SCHEMAS.items():
        lines += ["", f"## {name}", "", describe(schema), "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {field.name} | {_kind(field)} | {_escaped(describe(field))} |" for field in schema]
    return "\n".join(lines) + "\n"


def _kind(field: pa.Field) -> str:
    kind = str(field.type).replace("element: ", "")
    return f"{kind}, null" if field.nullable else kind


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown())
