"""Word 97 and WPS files: the same text as from .docx; what cannot be read is told for what it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.readers import RejectedFile, read
from pipeline.readers.kept import figures, share_kept
from pipeline.readers.source import Source
from pipeline.readers.word import doc as reader
from tests.pipeline.readers.word_files import cell, docx, level, lists, note, numbered, paragraph, row, run, table

ORIGINAL = Path(__file__).parents[4] / "shared" / "corpus" / "originals" / "hotan_2025_final_budget_decision.doc"
MERGED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
NUMBERING = lists(
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4"),
    level(0, "ideographTraditional", "%1、"),
    nums='<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>",
)
CHANGES = 'w:id="{}" w:author="甲" w:date="2025-01-01T00:00:00Z"'.format
SEPARATORS = "".join(
    f'<w:{{0}} w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:{{0}}>'
    for at, kind in enumerate(("separator", "continuationSeparator"))
).format


def report() -> bytes:
    """A report with something of everything, as .docx."""
    deleted = f"<w:del {CHANGES(1)}><w:r><w:delText>777</w:delText></w:r></w:del>"
    inserted = f"<w:ins {CHANGES(2)}>{run('888')}</w:ins>"
    merged = table(
        row(cell("项目", properties=MERGED[0]), cell("2025年", properties=MERGED[2])),
        row(cell(properties=MERGED[1]), "预算数", "决算数"),
        row("税收收入", "100", "101.5"),
        row(cell(paragraph("其中：增值税", properties='<w:ind w:firstLine="420"/>')), "60", "61.5"),
    )
    nested = table(row("外一", cell("外二", table(row("内一", "内二"), row("3", "4")), paragraph("尾"))), row("5", "6"))
    return docx(
        paragraph("云川县2025年决算"),
        *(
            numbered("收入"),
            numbered("税收", 1),
            numbered("2025年3.2亿元。", 2),
            numbered("圈", 3),
            numbered("非税", 1),
        ),
        *(numbered("支出"), numbered("甲项", number=2), numbered("重来", number=9)),
        paragraph(
            "投资", run("9", "<w:vanish/>"), "3.2亿元", '<w:r><w:footnoteReference w:id="2"/></w:r>', "，合计3.2×10"
        ),
        paragraph("10", run("4", '<w:vertAlign w:val="superscript"/>'), "元", deleted, inserted),
        paragraph("单位：万元"),
        merged,
        paragraph("注：略。"),
        nested,
        paragraph("上行\n下行\t5"),
        numbering=NUMBERING,
        footnotes=SEPARATORS("footnote") + note("不含补助12亿元。", 2),
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to make a .doc")
def test_what_libreoffice_writes_reads_as_the_docx_does(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found, same = read((tmp_path / "a.doc").read_bytes(), "a.wps"), read(report(), "a.docx")
    assert found.text == same.text
    assert found.tables == same.tables
    assert (found.reader, found.figures_kept) == ("doc", 1)
    assert found.text.splitlines()[1:9] == [
        *("一、收入", "（一）税收", "1. 2025年3.2亿元。", "①圈", "（二）非税", "二、支出", "甲、甲项", "戊、重来"),
    ]


@pytest.fixture(scope="module")
def found() -> Document:
    return reader.read(Source(ORIGINAL.read_bytes(), ORIGINAL.name))


@pytest.mark.skipif(not ORIGINAL.is_file(), reason="the shared originals are not here")
class TestOriginal:
    def test_no_figure_is_lost(self, found: Document) -> None:
        plain = reader.plain(Source(ORIGINAL.read_bytes(), ORIGINAL.name))
        assert figures(plain.text).total() > 8_000
        assert share_kept(plain.text, found.text) >= 0.99

    def test_its_tables_are_whole(self, found: Document) -> None:
        assert len(found.tables) == 30
        assert sum(len(one.cells) for one in found.tables) > 9_000

    def test_its_lists_are_numbered(self, found: Document) -> None:
        assert "一、政府决算报告" in {line.replace(" ", "") for line in found.text.splitlines()}


def header(version: int, flags: int) -> bytes:
    """The beginning of a Word stream."""
    return b"\xec\xa5" + version.to_bytes(2, "little") + b"\0" * 6 + flags.to_bytes(2, "little") + b"\0" * 2000


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"EncryptedPackage": b"x"}, "encrypted"),
        ({"WordDocument": header(0xC1, 0x0100)}, "encrypted"),
        ({"WordDocument": header(0x68, 0)}, "unsupported"),
        ({"WordDocument": header(0xC1, 0), "0Table": b"0"}, "damaged"),
        ({"CONTENTS": b"CHNKWKS"}, "unsupported"),
    ],
)
def test_what_cannot_be_read(streams: dict[str, bytes], reason: str) -> None:
    with pytest.raises(RejectedFile) as rejected:
        read(container(streams), "总结.wps")
    assert rejected.value.reason == reason


def container(streams: dict[str, bytes]) -> bytes:
    """A minimal OLE2 file: a sector of directory, streams of whole sectors."""
    entries = [entry("Root Entry", 5, child=1)]
    body, fat = b"", [0xFFFFFFFD, 0xFFFFFFFE]
    for name, data in streams.items():
        padded = data.ljust(4096, b"\0")
        count = -(-len(padded) // 512)
        entries.append(entry(name, 2, start=len(fat), size=len(padded)))
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE]
        body += padded.ljust(count * 512, b"\0")
    directory = b"".join(entries).ljust(512, b"\0")
    sectors = b"".join(number.to_bytes(4, "little") for number in fat).ljust(512, b"\xff") + directory + body
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + bytes.fromhex("3e000300feff09000600") + b"\0" * 10
    numbers = (1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    return (head + b"".join(number.to_bytes(4, "little") for number in numbers)).ljust(512, b"\xff") + sectors


def entry(name: str, kind: int, child: int = 0xFFFFFFFF, start: int = 0xFFFFFFFE, size: int = 0) -> bytes:
    """An entry of the directory of an OLE2 file."""
    label = name.encode("utf-16-le") + b"\0\0"
    tree = b"\xff\xff\xff\xff" * 2 + child.to_bytes(4, "little")
    head = label.ljust(64, b"\0") + len(label).to_bytes(2, "little") + bytes((kind, 1)) + tree
    return head + b"\0" * 36 + start.to_bytes(4, "little") + size.to_bytes(4, "little") + b"\0" * 4


def test_a_workbook_that_holds_a_document_is_no_document() -> None:
    data = container({"Workbook": "WordDocument".encode("utf-16-le")})
    with pytest.raises(RejectedFile, match="XLRD"):
        read(data, "收支.xls")
