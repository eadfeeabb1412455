"""Hostile Word files: a document or a reject, soon, whatever is in them."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.readers import RejectedFile, read
from tests.pipeline.readers.test_doc import container
from tests.pipeline.readers.word_files import cell, docx, level, lists, note, numbered, paragraph, row, run, table

ORIGINALS = Path(__file__).parents[4] / "shared" / "corpus" / "originals"
SECONDS = 20
SENTENCE = "全年增长5.1%，投资3.2亿元。"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
WORD = "\\u22686?"  # 增

DOCUMENTS = {
    "deep tables": paragraph(SENTENCE) + "<w:tbl><w:tr><w:tc>" * 500 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 500,
    "deep boxes": "<w:p><w:r><w:txbxContent>" * 400 + paragraph(SENTENCE) + "</w:txbxContent></w:r></w:p>" * 400,
    "many paragraphs": paragraph(SENTENCE) * 20_000,
    "many runs": paragraph(run(SENTENCE), *[run("5", "<w:vanish/>")] * 20_000),
    "many fields": paragraph(SENTENCE, FIELD("begin") * 30_000, run("x") * 1_000),
    "many tables": paragraph(SENTENCE) + table(row("大米", "267.0")) * 5_000,
    "wide spans": paragraph(SENTENCE)
    + table(*[row(cell("1", properties='<w:gridSpan w:val="999999999"/><w:vMerge/>'), "2")] * 2_000),
    "rows that begin far out": paragraph(SENTENCE)
    + table(*[row("1", "2", properties='<w:gridBefore w:val="999999999"/>')] * 2_000),
    "one note, many marks": paragraph(SENTENCE, *['<w:r><w:footnoteReference w:id="2"/></w:r>'] * 10_000),
    "huge numbers": paragraph(SENTENCE) + numbered("甲", 99) + numbered("乙", -1) + numbered("丙", 10**30),
}
TEXTS = {
    "open groups": "{" * 1_900 + WORD,
    "many rows": "\\trowd" + "\\cellx9" * 50_000 + "\\cell\\row" * 20_000 + WORD + "\\par",
    "many notes": WORD + "{\\footnote 1}" * 10_000 + "\\par",
    "many hidden digits": WORD + "{\\v 1}2" * 20_000 + "\\par",
    "binary without end": WORD + "\\par{\\pict\\bin999999999 00}",
    "numbers without end": WORD + "\\u" + "9" * 100_000 + "\\cellx-" + "9" * 9 + "\\par",
    "unicode to skip": WORD + "\\uc999999999\\u20000" + "\\'3f" * 100_000,
}


def outcome(data: bytes, name: str) -> Document | RejectedFile:
    started = time.perf_counter()
    try:
        found: Document | RejectedFile = read(data, name)
    except RejectedFile as rejected:
        found = rejected
    else:
        found.text.encode()
    assert time.perf_counter() - started < SECONDS
    return found


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_hostile_docx_keep_their_text(kind: str) -> None:
    data = docx(
        DOCUMENTS[kind], footnotes=note("注" * 10_000, 2), numbering=lists(level(0, "chineseCounting", "%1" * 9_000))
    )
    found = outcome(data, "a.docx")
    assert isinstance(found, Document) and SENTENCE in found.text


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_rtf_keep_their_text(kind: str) -> None:
    found = outcome(f"{{\\rtf1\\ansi {TEXTS[kind]}".encode(), "a.rtf")
    assert isinstance(found, Document) and "增" in found.text


@pytest.mark.parametrize("fill", [0x00, 0x01, 0x7F, 0xFF])
def test_streams_of_one_byte(fill: int) -> None:
    stream = b"\xec\xa5\xc1\x00" + bytes(8) + bytes([fill]) * 20_000
    streams = {"WordDocument": stream, "0Table": bytes([fill]) * 20_000, "1Table": bytes([fill]) * 20_000}
    assert isinstance(outcome(container(streams), "a.doc"), RejectedFile)


def mutated(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(4)
    at, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[min(end, at + 3_000) :]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 300))):
        changed[chance.randrange(len(changed))] = chance.choice((0, 0xFF, chance.randrange(256)))
    return bytes(changed)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files(seed: int) -> None:
    chance = random.Random(seed)
    body = numbered(SENTENCE), table(row("大米", "267.0")), paragraph(SENTENCE)
    whole = docx(*body, numbering=lists(level(0, "decimal", "%1.")))
    outcome(mutated(whole, chance), "a.docx")
    text = rb"{\rtf1\ansi\ansicpg936 \trowd\cellx9\cellx99\intbl 1\cell 2\cell\row\pard \'d4\'f6{\footnote 3}5.1\par}"
    outcome(mutated(text, chance), "a.rtf")


@pytest.mark.slow
@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the shared originals are not here")
@pytest.mark.parametrize("seed", range(12))
def test_damaged_originals(seed: int) -> None:
    chance = random.Random(seed)
    for path in [*ORIGINALS.glob("*.doc"), *ORIGINALS.glob("*.docx")]:
        outcome(mutated(path.read_bytes(), chance), path.name)
