"""RTF: Chinese in each of its spellings, tables, notes, and nothing of what only describes the file."""

from __future__ import annotations

import pytest

from pipeline.document import Document
from pipeline.readers import RejectedFile, read

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}}"
HEAD += r"{\stylesheet{\s0 Normal 77;}}{\info{\author 88}}"


def gbk(text: str) -> str:
    """Text as programs before Unicode write it: ASCII as it is, the rest byte by byte."""
    return "".join(one if one.isascii() else "".join(f"\\'{byte:02x}" for byte in one.encode("gbk")) for one in text)


def rtf(*body: str, name: str = "总结.rtf") -> Document:
    return read(f"{HEAD}{''.join(body)}}}".encode("latin-1"), name)


def lines(*body: str) -> list[str]:
    return rtf(*body).text.splitlines()


def cells(*texts: str, definition: str = "") -> str:
    """A row of cells; without a definition all are equally wide."""
    edges = definition or "".join(f"\\cellx{2000 * (at + 1)}" for at in range(len(texts)))
    return rf"\trowd {edges}" + "".join(rf"\pard\intbl {gbk(text)}\cell " for text in texts) + r"\row" + "\n"


class TestText:
    def test_bytes_of_the_file_and_of_its_fonts(self) -> None:
        assert lines(gbk("全年收入3.2亿元。"), r"\par ", r"{\f1 ", gbk("支出"), r"5}\par") == [
            "全年收入3.2亿元。",
            "支出5",
        ]

    def test_a_second_byte_that_is_a_letter(self) -> None:
        # 丄 is 0x81 0x41 in GBK: the second byte is an A, and some programs write it so.
        assert lines(r"\'81A3.2\par") == ["丄3.2"]

    def test_unicode_and_what_stands_for_it(self) -> None:
        said = r"\uc1\u25910\'ca\u20837?3.2{\uc2\u20159\'d2\'da}{\uc0\u20803}\u-10179?\u-8704?\par"
        assert lines(said) == ["收入3.2亿元\U0001f600"]

    def test_a_traditional_font_in_a_western_file(self) -> None:
        head = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f3\fcharset136 MingLiU;}}\f3 "
        data = head + "".join(f"\\'{byte:02x}" for byte in "歲入".encode("big5")).encode() + rb" 3.2\par}"
        assert read(data, "a.rtf").text == "歲入 3.2\n"

    def test_hidden_and_deleted_text_is_not_said(self) -> None:
        found = rtf(gbk("收入"), r"{\v 9}3.2{\deleted 8}", gbk("亿元"), r"\par")
        assert (found.text, found.reader, found.figures_kept) == ("收入3.2亿元\n", "rtf", 1)

    def test_raised_digits(self) -> None:
        assert lines(gbk("3.2×10"), r"{\super 4}", gbk("元"), r"\par") == ["3.2×10⁴元"]

    def test_lists_show_their_numbers(self) -> None:
        label = r"{\listtext\pard\plain ", r"\tab}"
        body = [gbk("一、").join(label), gbk("收入"), r"\par ", "1.".join(label), gbk("2025年"), r"\par "]
        assert lines(*body, r"{\listtext\'b7\tab}", gbk("小结"), r"\par") == ["一、收入", "1. 2025年", "小结"]

    def test_notes_follow_their_paragraph(self) -> None:
        note = r"{\super\chftn {\footnote\pard\plain {\super\chftn} " + gbk("不含补助12亿元。") + r"\par}}"
        shown = lines(gbk("收入3.2"), note, gbk("亿元。"), r"\par ", gbk("完。"), r"\par")
        assert shown == ["收入3.2[1]亿元。", "[1] 不含补助12亿元。", "完。"]

    def test_fields_boxes_pictures_and_heads(self) -> None:
        field = r"{\field{\*\fldinst PAGEREF 55}{\fldrslt 3}}"
        box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 66}}{\shptxt \pard 3.2\par}}{\shprslt 3.2}}"
        picture = "{\\*\\shppict{\\pict\\bin4 }}}}}}{\\header 44\\par}{\\*\\unknown 33}"
        assert lines(gbk("见"), field, box, picture, gbk("页"), r"\par") == ["见3页", "3.2"]

    def test_signs(self) -> None:
        assert lines(r"a\~b\_c\{d\}\\\emdash\ldblquote\line e\tab f\par") == ["a b-c{d}\\—“", "e\tf"]


class TestTables:
    def test_rows_are_lines(self) -> None:
        found = rtf(
            gbk("表1"), r"\par ", cells("指标", "2025年"), cells("大米", "267.0"), r"\pard ", gbk("注。"), r"\par"
        )
        assert found.text.splitlines() == ["表1", "指标\t2025年", "大米\t267.0", "注。"]
        assert len(found.tables) == 1 and len(found.tables[0].cells) == 4

    def test_merged_cells_stand_once(self) -> None:
        head = r"\clvmgf\cellx2000\clmgf\cellx4000\clmrg\cellx6000"
        second = r"\clvmrg\cellx2000\cellx4000\cellx6000"
        found = rtf(
            cells("项目", "2025年", "", definition=head),
            cells("", "预算数", "决算数", definition=second),
            cells("税收", "100", "101.5"),
        )
        assert found.text.splitlines() == ["项目\t2025年", "\t预算数\t决算数", "税收\t100\t101.5"]
        assert [(cell.rows, cell.columns) for cell in found.tables[0].cells][:3] == [(2, 1), (1, 2), (1, 1)]

    def test_wide_cells_and_nearly_equal_edges(self) -> None:
        shown = lines(
            cells("指标", "2025年", definition=r"\cellx2000\cellx6000"),
            cells("", "计划", "实际", definition=r"\cellx2010\cellx4000\cellx5990"),
        )
        assert shown == ["指标\t2025年", "\t计划\t实际"]

    def test_indents_of_labels(self) -> None:
        row = r"\trowd\cellx2000\cellx4000\pard\intbl\fi420 " + gbk("大米") + r"\cell\pard\intbl 3\cell\row "
        assert lines(cells("粮食", "9"), row) == ["粮食\t9", "　　大米\t3"]

    def test_a_table_in_a_table_follows_it(self) -> None:
        inner = r"\pard\intbl\itap2 3\nestcell 4\nestcell{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}"
        inner += r"{\nonesttables 99\par}"
        row = rf"\trowd\cellx2000\cellx4000\pard\intbl {gbk('粮食')}\cell {inner}\pard\intbl {gbk('见下')}\cell\row "
        assert lines(row, cells("棉花", "5")) == ["粮食\t见下", "棉花\t5", "3\t4"]


def test_a_doc_that_is_rtf_inside() -> None:
    assert rtf(gbk("收入3.2"), r"\par", name="总结.doc").text == "收入3.2\n"


def test_groups_without_end_are_damage() -> None:
    with pytest.raises(RejectedFile) as rejected:
        read(b"{\\rtf1 3.2" + b"{" * 100_000, "a.rtf")
    assert rejected.value.reason == "damaged"


def test_a_file_that_breaks_off() -> None:
    assert rtf(gbk("收入3.2"), r"\par{\b ", gbk("支出"), r"5{\footnote 7").text.splitlines()[0] == "收入3.2"
