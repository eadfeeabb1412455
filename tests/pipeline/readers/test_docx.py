"""Word documents: what Word shows and keeps nowhere in the text, and nothing that it does not show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.readers import RejectedFile, read
from pipeline.readers.kept import figures, share_kept
from pipeline.readers.limits import Limits
from pipeline.readers.source import Source
from pipeline.readers.word import docx as reader
from pipeline.readers.word.numbering import labelled
from pipeline.readers.word.numerals import counted
from tests.pipeline.readers.word_files import cell, docx, level, lists, note, numbered, paragraph, row, run, table

ORIGINALS = Path(__file__).parents[4] / "shared" / "corpus" / "originals"
RAISED = '<w:vertAlign w:val="superscript"/>'
CHINESE = lists(
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "(%4)")
    + level(4, "decimalEnclosedCircle", "%5")
)


def document(data: bytes, name: str = "总结.docx") -> Document:
    return reader.read(Source(data, name))


def lines(*body: str, **parts: str) -> list[str]:
    data = docx(*body, **parts)
    plain = reader.plain(Source(data, "总结.docx"))
    found = document(data)
    assert share_kept(plain.text, found.text) == 1
    return found.text.splitlines()


def grid(found: Document, number: int = 0) -> list[tuple[str, int, int, int, int]]:
    return [
        (found.text[cell.start : cell.end], cell.row, cell.column, cell.rows, cell.columns)
        for cell in found.tables[number].cells
    ]


class TestNumbering:
    def test_the_levels_of_a_report(self) -> None:
        body = [
            ("收入", 0),
            ("税收", 1),
            ("增值税。", 2),
            ("房产税。", 2),
            ("细项", 3),
            ("小项", 4),
            ("非税", 1),
            ("罚没。", 2),
        ]
        shown = lines(*(numbered(text, at) for text, at in body), numbered("支出"), numbering=CHINESE)
        assert shown == [
            *(
                "一、收入",
                "（一）税收",
                "1.增值税。",
                "2.房产税。",
                "(1)细项",
                "①小项",
                "（二）非税",
                "1.罚没。",
                "二、支出",
            ),
        ]

    def test_a_number_does_not_melt_into_a_figure(self) -> None:
        assert lines(numbered("2025年收入3.2亿元。", 2), numbering=CHINESE) == ["1. 2025年收入3.2亿元。"]
        assert labelled("1.1", "收入") == "1.1 收入"

    def test_numbers_of_several_levels(self) -> None:
        levels = (
            level(0, "decimal", "%1")
            + level(1, "decimal", "%1.%2")
            + level(2, "chineseCounting", "%1.%3", "<w:isLgl/>")
        )
        shown = lines(numbered("收入"), numbered("税收", 1), numbered("增值税", 2), numbering=lists(levels))
        assert shown == ["1 收入", "1.1 税收", "1.1 增值税"]

    def test_a_list_that_starts_anew_and_one_that_goes_on(self) -> None:
        again = (
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
            "</w:lvlOverride></w:num>"
        )
        numbering = lists(level(0, "chineseCounting", "%1、"), nums=again)
        body = [numbered("甲"), numbered("乙", number=2), numbered("丙", number=3), numbered("丁", number=3)]
        assert lines(*body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]

    def test_a_level_that_never_restarts(self) -> None:
        levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
        shown = lines(numbered("甲"), numbered("a", 1), numbered("乙"), numbered("b", 1), numbering=lists(levels))
        assert shown == ["一、甲", "1. a", "二、乙", "2. b"]

    def test_numbers_of_a_style_and_paragraphs_that_refuse_them(self) -> None:
        style = (
            '<w:style w:type="paragraph" w:styleId="h{0}"><w:basedOn w:val="{1}"/>'
            "<w:pPr><w:numPr>{2}</w:numPr></w:pPr></w:style>"
        )
        styles = style.format(1, "", '<w:numId w:val="1"/>') + style.format(2, "h1", '<w:numId w:val="1"/>')
        numbering = lists(
            level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>')
            + level(1, "decimal", "%2.", '<w:pStyle w:val="h2"/>')
        )
        titled = '<w:pStyle w:val="{}"/>'.format
        body = [paragraph("甲", properties=titled("h1")), paragraph("乙。", properties=titled("h2"))]
        refused = paragraph("丙", properties=titled("h1") + '<w:numPr><w:numId w:val="0"/></w:numPr>')
        assert lines(*body, refused, numbering=numbering, styles=styles) == ["一、甲", "1.乙。", "丙"]

    def test_bullets_and_unknown_lists_write_nothing(self) -> None:
        assert lines(numbered("甲"), numbered("乙", number=7), numbering=lists(level(0, "bullet", "\uf0b7"))) == [
            "甲",
            "乙",
        ]

    @pytest.mark.parametrize(
        ("number", "form", "written"),
        [
            (10, "chineseCounting", "十"),
            (21, "chineseCountingThousand", "二十一"),
            (105, "japaneseCounting", "一百零五"),
            (110, "chineseCounting", "一百一十"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (3, "ideographTraditional", "丙"),
            (11, "ideographTraditional", "甲"),
            (2, "ideographZodiac", "丑"),
            (20, "ideographDigital", "二〇"),
            (20, "decimalEnclosedCircle", "⑳"),
            (51, "decimalEnclosedCircle", "51"),
            (7, "decimalZero", "07"),
            (28, "lowerLetter", "bb"),
            (1994, "upperRoman", "MCMXCIV"),
            (12, "decimalFullWidth", "１２"),
            (12, "nobodyKnows", "12"),
            (0, "chineseCounting", "0"),
            (123456, "chineseCounting", "123456"),
        ],
    )
    def test_counting(self, number: int, form: str, written: str) -> None:
        assert counted(number, form) == written


class TestShownText:
    def test_deleted_text_is_gone_and_inserted_text_is_there(self) -> None:
        deleted = "<w:del><w:r><w:delText>2.9</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom>"
        inserted = "<w:ins><w:r><w:t>3.2</w:t></w:r></w:ins><w:moveTo><w:r><w:t>亿元</w:t></w:r></w:moveTo>"
        assert lines(paragraph("收入", deleted, inserted, "。")) == ["收入3.2亿元。"]

    def test_a_deleted_end_joins_two_paragraphs(self) -> None:
        joined = paragraph("全年收入", properties='<w:rPr><w:del w:id="1"/></w:rPr>')
        assert lines(joined, paragraph("3.2亿元。")) == ["全年收入3.2亿元。"]

    def test_hidden_text_by_itself_and_by_style(self) -> None:
        styles = '<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>'
        body = paragraph("收入", run("9", "<w:vanish/>"), run("8", '<w:rStyle w:val="x"/>'), "3.2")
        found = read(docx(body, styles=styles), "总结.docx")
        assert (found.text, found.reader, found.figures_kept) == ("收入3.2\n", "docx", 1)
        assert lines(paragraph(run("3.2", '<w:vanish w:val="0"/>'))) == ["3.2"]

    def test_raised_digits_do_not_melt(self) -> None:
        assert lines(paragraph("3.2×10", run("4", RAISED), "元，267.0", run("[1]", RAISED))) == ["3.2×10⁴元，267.0[1]"]

    def test_notes_stand_behind_their_paragraph(self) -> None:
        reference = '<w:r><w:{}Reference w:id="2"/></w:r>'.format
        shown = lines(
            paragraph("收入3.2", reference("footnote"), "亿元，支出5", reference("endnote"), "亿元。"),
            paragraph("完。"),
            footnotes=note("不含补助12亿元。", 2),
            endnotes=note("含债务7亿元。", 2, "endnote"),
        )
        assert shown == ["收入3.2[1]亿元，支出5[2]亿元。", "[1] 不含补助12亿元。", "[2] 含债务7亿元。", "完。"]

    def test_the_result_of_a_field_is_said_its_code_is_not(self) -> None:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
        code = "<w:r><w:instrText> = 1 + 98 </w:instrText></w:r>"
        inner = mark("begin") + run("77") + mark("separate") + run("66") + mark("end")
        simple = '<w:fldSimple w:instr="PAGE 55"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        data = docx(paragraph("共", mark("begin"), code, inner, mark("separate"), "3", mark("end"), "项", simple))
        assert document(data).text == "共3项2\n"

    def test_wrappers_are_seen_through(self) -> None:
        control = "<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
        tagged = "<w:smartTag><w:hyperlink><w:r><w:t>3.2</w:t></w:r></w:hyperlink></w:smartTag>"
        rows = control(row("大米", control(cell("267.0"))))
        assert lines(control(paragraph("收入", tagged)), table(rows)) == ["收入3.2", "大米\t267.0"]

    def test_a_tab_that_only_indents_is_no_column(self) -> None:
        assert lines(paragraph("\t全年收入"), paragraph("\t预算数\t决算数")) == ["全年收入", "\t预算数\t决算数"]

    def test_tabs_breaks_and_hyphens(self) -> None:
        stops = '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'
        hyphen = "<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2月增</w:t><w:softHyphen/><w:t>长</w:t></w:r>"
        assert lines(paragraph("上行\n下行\t5.1", properties=stops), paragraph(hyphen)) == [
            "上行",
            "下行\t5.1",
            "1-2月增长",
        ]

    def test_text_boxes_count_once_behind_their_paragraph(self) -> None:
        inside = f"<w:txbxContent>{paragraph('图中3.2亿元')}{table(row('大米', '267.0'))}</w:txbxContent>"
        shape = f"<w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>"
        picture = f"<w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        choices = f"<mc:Choice Requires='wps'>{shape}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>"
        both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
        shown = lines(paragraph("见图", f"<w:r>{both}</w:r>", "。"), paragraph(f"<w:r>{picture}</w:r>"))
        assert shown == ["见图。", "图中3.2亿元", "大米\t267.0", "图中3.2亿元", "大米\t267.0"]

    def test_formulas_and_readings(self) -> None:
        said = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>".format
        power = f"<m:oMath><m:sSup>{said('e', 10)}{said('sup', 4)}</m:sSup></m:oMath>"
        ruby = f"<w:r><w:ruby><w:rt>{run('liang')}</w:rt><w:rubyBase>{run('粮')}</w:rubyBase></w:ruby></w:r>"
        assert lines(paragraph("3.2×", power, "元"), paragraph(ruby, "食")) == ["3.2×10⁴元", "粮食"]


class TestTables:
    def test_merged_cells_stand_once(self) -> None:
        head = row(
            cell("项目", properties='<w:vMerge w:val="restart"/>'), cell("2025年", properties='<w:gridSpan w:val="2"/>')
        )
        second = row(cell(properties="<w:vMerge/>"), "预算数", "决算数")
        found = document(
            docx(paragraph("单位：万元"), table(head, second, row("税收", "100", "101.5")), paragraph("注：略。"))
        )
        assert found.text.splitlines() == [
            "单位：万元",
            "项目\t2025年",
            "\t预算数\t决算数",
            "税收\t100\t101.5",
            "注：略。",
        ]
        assert grid(found)[:4] == [
            ("项目", 0, 0, 2, 1),
            ("2025年", 0, 1, 1, 2),
            ("预算数", 1, 1, 1, 1),
            ("决算数", 1, 2, 1, 1),
        ]
        assert [place.name for place in found.places] == [
            "paragraph 1",
            *(f"table 1 row {n}" for n in (1, 2, 3)),
            "paragraph 2",
        ]

    def test_rows_that_begin_and_end_inside(self) -> None:
        short = row("3", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
        assert lines(table(row("一", "二", "三"), short)) == ["一\t二\t三", "\t3"]

    def test_indents_of_labels(self) -> None:
        indented = '<w:ind w:firstLine="420"/>', '<w:ind w:leftChars="300" w:left="10"/>'
        shown = lines(
            table(
                row("税收", "9"),
                row(cell(paragraph("其中：增值税", properties=indented[0])), "5"),
                row(cell(paragraph("留抵", properties=indented[1])), "4"),
                row(cell(paragraph("合计", properties=indented[0] + '<w:jc w:val="center"/>')), "9"),
                row("  房产税", "3"),
            )
        )
        assert shown == ["税收\t9", "　　其中：增值税\t5", "　　　留抵\t4", "合计\t9", "　　房产税\t3"]

    def test_rows_that_stand_stacked_in_one(self) -> None:
        stacked = cell("合计", "大米", "小麦"), cell("9\t8", "6\t5", "3\t3", properties='<w:gridSpan w:val="2"/>')
        shown = lines(table(row("指标", "2025年", "2024年"), row(*stacked)))
        assert shown == ["指标\t2025年\t2024年", "合计\t9\t8", "大米\t6\t5", "小麦\t3\t3"]
        unlike = cell("合计", "大米小麦"), cell("9", "6", "3"), ""
        assert lines(table(row("指标", "2025年", ""), row(*unlike)))[1] == "合计大米小麦\t9 6 3"

    def test_captions_units_and_notes_in_rows_of_their_own(self) -> None:
        wide = '<w:gridSpan w:val="2"/>'
        found = document(
            docx(
                table(
                    row("附表1", ""),
                    row(cell("收支决算表", properties=wide)),
                    row("", "单位：万元"),
                    row("项目", "决算数"),
                    row("收入", "9"),
                    row(cell("一、支出", properties=wide)),
                    row("教育", "4"),
                    row(cell("注：略。", properties=wide)),
                )
            )
        )
        assert found.text.splitlines() == [
            *("附表1", "收支决算表", "单位：万元", "项目\t决算数", "收入\t9", "一、支出", "教育\t4", "注：略。"),
        ]
        assert [one[0] for one in grid(found)] == ["项目", "决算数", "收入", "9", "一、支出", "教育", "4"]
        assert found.places[3].name == "table 1 row 4"

    def test_a_unit_in_the_middle_begins_another_table(self) -> None:
        wide = '<w:gridSpan w:val="2"/>'
        second = row(cell("附表2", properties=wide)), row("", "单位:亿元"), row("项目", "预算数"), row("支出", "7")
        found = document(docx(table(row("项目", "决算数"), row("收入", "9"), *second)))
        assert found.text.splitlines()[2:4] == ["附表2", "单位:亿元"]
        assert [[one[0] for one in grid(found, at)] for at in (0, 1)] == [
            ["项目", "决算数", "收入", "9"],
            ["项目", "预算数", "支出", "7"],
        ]
        assert found.places[-1].name == "table 1 row 6"

    def test_a_head_over_some_columns_is_no_caption(self) -> None:
        head = row("", cell("2025年", properties='<w:gridSpan w:val="2"/>'))
        found = document(docx(table(head, row("项目", "预算数", "决算数"), row("收入", "9", "8"))))
        assert grid(found)[0] == ("2025年", 0, 1, 1, 2)

    def test_columns_without_words_are_no_columns(self) -> None:
        wide = '<w:gridSpan w:val="3"/>'
        assert lines(table(row(cell("指标", properties=wide), "2025年", ""), row("大米", "", "", "267.0", ""))) == [
            "指标\t2025年",
            "大米\t267.0",
        ]

    def test_deleted_and_hidden_rows(self) -> None:
        gone = row("旧", "8", properties='<w:del w:id="3"/>'), row("藏", "7", properties="<w:hidden/>")
        assert document(docx(table(row("大米", "267.0"), *gone))).text == "大米\t267.0\n"

    def test_a_table_in_a_table_follows_it(self) -> None:
        inner = table(row("大米", "267.0"), row("小麦", "3"))
        assert lines(table(row("粮食", cell("见下", inner)), row("棉花", "5"))) == [
            *("粮食\t见下", "棉花\t5", "大米\t267.0", "小麦\t3"),
        ]

    def test_a_table_that_only_places_tables_is_seen_through(self) -> None:
        inner = table(row("大米", "267.0"), row("小麦", "3"))
        found = document(docx(table(row(cell("表1", inner, paragraph("注：略。"))))))
        assert found.text.splitlines() == ["表1", "大米\t267.0", "小麦\t3", "注：略。"]
        assert len(found.tables) == 1

    def test_notes_in_cells_follow_the_table(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        shown = lines(
            table(row("大米", cell(paragraph("267.0", mark))), row("小麦", "3")), footnotes=note("初步数。", 2)
        )
        assert shown == ["大米\t267.0[1]", "小麦\t3", "[1] 初步数。"]


class TestPackages:
    def test_parts_that_are_named_but_missing(self) -> None:
        data = docx(
            paragraph("收入3.2亿元", '<w:r><w:footnoteReference w:id="2"/></w:r>'), leave=("footnotes", "styles")
        )
        assert document(data).text == "收入3.2亿元\n"

    def test_a_document_under_another_name(self) -> None:
        assert document(docx(paragraph("收入3.2亿元"), main="word/document2.xml")).text == "收入3.2亿元\n"

    def test_the_strict_namespaces(self) -> None:
        buffer = io.BytesIO()
        strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        with zipfile.ZipFile(buffer, "w") as archive:
            xml = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("收入3.2亿元")}</w:body></w:document>'
            archive.writestr("word/document.xml", xml)
        assert document(buffer.getvalue()).text == "收入3.2亿元\n"

    def test_content_decides(self) -> None:
        assert reader.recognizes(Source(docx(paragraph("收入")), "总结.doc"))
        assert not reader.recognizes(Source("收入".encode(), "总结.docx"))

    def test_entities_are_not_resolved(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("泄露")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            doctype = (
                f'<!DOCTYPE w:document [<!ENTITY f SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY a "九九">]>'
            )
            body = "<w:body><w:p><w:r><w:t>收入&f;&a;</w:t></w:r></w:p></w:body>"
            xml = f'{doctype}<w:document xmlns:w="{space}">{body}</w:document>'
            archive.writestr("word/document.xml", xml)
        for found in (document(buffer.getvalue()), reader.plain(Source(buffer.getvalue(), "a.docx"))):
            assert found.text.startswith("收入") and "泄露" not in found.text

    def test_without_a_document_it_is_damaged(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml.rels", "x")
        with pytest.raises(RejectedFile) as rejected:
            document(buffer.getvalue())
        assert rejected.value.reason == "damaged"

    def test_the_limit_of_cells(self) -> None:
        data = docx(table(*(row("大米", "267.0") for _ in range(6))))
        with pytest.raises(RejectedFile) as rejected:
            reader.read(Source(data, "a.docx", limits=Limits(cells=10)))
        assert rejected.value.reason == "too_many_cells"

    def test_damaged_xml_is_still_read_plainly(self) -> None:
        data = docx(paragraph("收入3.2亿元"), "<w:p><w:r><w:t>支出5亿元</w:r></w:p>")
        with pytest.raises(Exception, match="mismatch"):
            document(data)
        assert reader.plain(Source(data, "a.docx")).text.startswith("收入3.2亿元\n")


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the shared originals are not here")
class TestOriginals:
    @pytest.mark.parametrize("path", sorted(ORIGINALS.glob("*.docx")), ids=lambda path: path.stem)
    def test_no_figure_is_lost(self, path: Path) -> None:
        source = Source(path.read_bytes(), path.name)
        plain, found = reader.plain(source), reader.read(source)
        assert figures(plain.text).total() > 500
        assert share_kept(plain.text, found.text) >= 0.99
        assert found.tables and found.places

    def test_a_file_without_its_footnotes_part(self) -> None:
        found = document((ORIGINALS / "2021年民政事业发展统计公报.docx").read_bytes())
        assert "一、综合" in found.text.splitlines()

    def test_labels_keep_their_indents(self) -> None:
        found = document((ORIGINALS / "chengde_2025_budget_report.docx").read_bytes())
        cells = {
            found.text[cell.start : cell.end]: cell for one in found.tables for cell in one.cells if cell.column == 0
        }
        assert (cells["一、税收收入"].indent, cells["增值税"].indent) == (0, 2)
