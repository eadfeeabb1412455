"""The layout of pages, on characters placed by hand: no file format is needed."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.draft import Draft
from pipeline.readers.layout.clean import meant
from pipeline.readers.layout.flow import written
from pipeline.readers.layout.model import Char, Page, Rule

WIDTH, HEIGHT, LEFT, SIZE, PITCH = 595.0, 842.0, 90.0, 16.0, 28.0
FULL = "县" * 26
"""A line that fills the width of the text."""


def chars(text: str, left: float, base: float, size: float = SIZE, hidden: bool = False) -> list[Char]:
    placed = []
    for char in text:
        width = size / 2 if char.isascii() else size
        placed.append(Char(char, left, left + width, base, size, hidden))
        left += width
    return [char for char in placed if not char.text.isspace()]


def page(*lines: str, number: int = 1, top: float = 150.0, left: float = LEFT, more: list[Char] | None = None) -> Page:
    placed = [char for at, line in enumerate(lines) for char in chars(line, left, top + PITCH * at)]
    return Page(number, WIDTH, HEIGHT, placed + (more or []))


def read(*pages: Page) -> Document:
    return written(pages, Draft()).document("application/pdf", "pdf")


def text(*pages: Page) -> list[str]:
    return read(*pages).text.splitlines()


class TestParagraphs:
    def test_lines_are_joined_where_the_edge_is_reached_and_the_next_is_not_set_in(self) -> None:
        assert text(page("　　" + FULL[:24], FULL, "　　" + FULL[:24], FULL, "8亿元。")) == [
            FULL[:24] + FULL,
            FULL[:24] + FULL + "8亿元。",
        ]

    def test_a_number_that_a_line_end_cuts_is_whole(self) -> None:
        cut = "　　" + "云" * 22 + "3."
        assert text(page("　　" + FULL[:24], FULL, cut, "2亿元。"))[-1].endswith("云3.2亿元。")

    def test_a_short_line_ends_its_paragraph(self) -> None:
        assert text(page("一、综合", "　　" + FULL[:24], "增长5.1%。", "二、农业")) == [
            "一、综合",
            FULL[:24] + "增长5.1%。",
            "二、农业",
        ]

    def test_without_indentation_a_numbering_mark_begins_a_paragraph(self) -> None:
        assert text(page(FULL[:25] + "。", "（一）收入", FULL, FULL[:9] + "。")) == [
            FULL[:25] + "。",
            "（一）收入",
            FULL + FULL[:9] + "。",
        ]

    def test_a_paragraph_goes_on_over_a_page_break(self) -> None:
        pages = [page("　　" + FULL[:24], FULL, number=1), page(FULL, FULL[:5] + "。", "　　" + FULL[:9], number=2)]
        read_pages = read(*pages)
        assert read_pages.text.splitlines() == [FULL[:24] + FULL * 2 + FULL[:5] + "。", FULL[:9]]
        assert [place.name for place in read_pages.places] == ["page 1", "page 2"]

    def test_a_title_of_two_centred_lines_is_one(self) -> None:
        title = chars("云川县2025年预算执行情况", 160, 100, 22) + chars("和2026年预算草案的报告", 170, 135, 22)
        got = text(page("　　" + FULL[:24], FULL, FULL, FULL, top=220, more=title))
        assert got[0] == "云川县2025年预算执行情况和2026年预算草案的报告"

    def test_words_of_letters_keep_their_space(self) -> None:
        assert text(page("采用 Prefect flow 完成")) == ["采用Prefect flow完成"]


class TestFurniture:
    def test_page_numbers_are_left_out(self) -> None:
        pages = [page("　　" + FULL[:20], number=n, more=chars(f"— {n} —", 280, 800)) for n in (1, 2)]
        document = read(*pages)
        assert "—" not in document.text
        assert document.left_out.split() == ["—1—", "—2—"]

    def test_running_heads_are_left_out_but_a_figure_is_not(self) -> None:
        pages = [
            page("　　" + FULL[:20], number=n, more=chars("云川县预算报告", 230, 60) + chars("22.48", 90, 90))
            for n in (1, 2, 3, 4)
        ]
        document = read(*pages)
        assert "预算报告" not in document.text
        assert document.text.count("22.48") == 4

    def test_a_footnote_follows_the_paragraph_it_interrupts(self) -> None:
        note = chars("①2024年为快报数。", LEFT, 700, 10)
        pages = [page("　　" + FULL[:24], FULL, number=1, more=note), page(FULL[:5] + "。", number=2)]
        assert text(*pages) == [FULL[:24] + FULL + FULL[:5] + "。", "①2024年为快报数。"]


class TestColumns:
    def test_columns_are_read_one_after_the_other(self) -> None:
        left = [char for at in range(8) for char in chars("左" * 12, 60, 200 + 20 * at)]
        right = [char for at in range(8) for char in chars("右" * 12, 280, 205 + 20 * at)]
        head = chars("云川县公报", 200, 100, 24)
        interleaved = [
            char for at in range(8) for char in (*left[12 * at : 12 * at + 12], *right[12 * at : 12 * at + 12])
        ]
        got = text(Page(1, WIDTH, HEIGHT, head + interleaved))
        assert got[0] == "云川县公报"
        assert not any("左" in line and "右" in line for line in got[1:-1])
        assert "".join(got[1:]) == "左" * 96 + "右" * 96


class TestCharacters:
    def test_radicals_are_characters(self) -> None:
        assert "".join(map(meant, "⼀、⼯业⻓")) == "一、工业长"

    def test_what_is_printed_twice_is_said_once(self) -> None:
        assert text(page("增长5.11%", more=chars("增长5.11%", LEFT + 0.3, 150))) == ["增长5.11%"]

    def test_full_width_digits_stay(self) -> None:
        assert text(page("增长５．１％")) == ["增长５．１％"]

    def test_letter_spaced_titles_are_closed(self) -> None:
        spaced = [char for at, word in enumerate("工作报告") for char in chars(word, 200 + 40 * at, 100, 22)]
        assert text(page("　　" + FULL[:20], more=spaced))[0] == "工作报告"

    def test_a_raised_digit_is_no_part_of_the_figure(self) -> None:
        raised = [Char("2", 170, 174, 144, 8)]
        assert text(page("3541.07万元", left=90, more=[])) == ["3541.07万元"]
        chars_of = chars("面积3541平方米", LEFT, 150)
        end = chars_of[-1].right
        placed = [*chars_of, raised[0]._replace(left=end, right=end + 4)]
        assert text(Page(1, WIDTH, HEIGHT, placed)) == ["面积3541平方米²"]

    def test_hidden_text_counts_only_where_all_is_hidden(self) -> None:
        assert text(page("增长5.1%。", "完成投资。", more=chars("9.9", 300, 150, hidden=True))) == [
            "增长5.1%。",
            "完成投资。",
        ]
        assert text(Page(1, WIDTH, HEIGHT, chars("增长5.1%。", LEFT, 150, hidden=True))) == ["增长5.1%。"]

    def test_a_point_as_wide_as_a_character_is_a_full_stop(self) -> None:
        placed = chars("增长5.1%", LEFT, 150)
        placed.append(Char(".", placed[-1].right, placed[-1].right + SIZE, 150, SIZE))
        assert text(Page(1, WIDTH, HEIGHT, placed)) == ["增长5.1%。"]


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


class TestTables:
    XS, YS = [100.0, 240.0, 320.0, 400.0], [100.0, 130.0, 160.0, 190.0]

    def cells(self, *rows: tuple[str, ...], left: float = 4) -> list[Char]:
        return [
            char
            for y, row in zip(self.YS, rows, strict=False)
            for x, words in zip(self.XS, row, strict=False)
            for char in chars(words, x + left, y + 20, 12)
        ]

    def test_ruled_cells(self) -> None:
        words = self.cells(("指标", "单位", "2025年"), ("粮食", "万吨", "267.0"), ("　其中：大米", "万吨", "1.5"))
        document = read(Page(1, WIDTH, HEIGHT, words, grid(self.XS, self.YS)))
        assert document.text.splitlines() == ["指标\t单位\t2025年", "粮食\t万吨\t267.0", "　其中：大米\t万吨\t1.5"]
        assert len(document.tables[0].cells) == 9
        assert document.places[1].name == "page 1 table 1 row 2"

    def test_merged_cells(self) -> None:
        rules = [rule for rule in grid(self.XS, self.YS) if rule != Rule(320.0, 100.0, 320.0, 190.0)]
        rules.append(Rule(320.0, 130.0, 320.0, 190.0))
        words = self.cells(("指标", "2025年"), ("", "数量", "增速"), ("粮食", "267.0", "5.1"))
        cells = read(Page(1, WIDTH, HEIGHT, words, rules)).tables[0].cells
        assert [(cell.row, cell.column, cell.columns) for cell in cells[:2]] == [(0, 0, 1), (0, 1, 2)]

    def test_a_table_goes_on_over_a_page_break_its_head_once(self) -> None:
        head, rules = ("指标", "单位", "2025年"), grid(self.XS, self.YS)
        first = self.cells(head, ("粮食", "万吨", "267.0"), ("油料", "万吨", "12.9"))
        second = self.cells(head, ("棉花", "万吨", "0.4"), ("蔬菜", "万吨", "191.4"))
        pages = [Page(1, WIDTH, HEIGHT, first, rules), Page(2, WIDTH, HEIGHT, second, rules)]
        document = read(*pages)
        assert len(document.tables) == 1
        assert [line.split("\t")[0] for line in document.text.splitlines()] == ["指标", "粮食", "油料", "棉花", "蔬菜"]
        assert document.places[-1].name == "page 2 table 1 row 5"

    def test_a_number_too_long_for_its_cell_is_whole(self) -> None:
        xs, ys = [100.0, 200.0, 234.0, 268.0], [100.0, 150.0, 200.0]
        words = chars("合计", 104, 125, 12) + chars("12691", 202, 120, 12) + chars("01", 202, 135, 12)
        words += chars("12812", 236, 120, 12) + chars("60", 236, 135, 12)
        words += chars("其中", 104, 175, 12) + chars("5", 204, 175, 12) + chars("6", 238, 175, 12)
        lines = read(Page(1, WIDTH, HEIGHT, words, grid(xs, ys))).text.splitlines()
        assert lines[0] == "合计\t1269101\t1281260"

    def test_rows_without_lines_between_them(self) -> None:
        xs, ys = [100.0, 240.0, 320.0], [100.0, 130.0, 220.0]
        words = chars("指标", 104, 120, 12) + chars("数量", 244, 120, 12)
        for at, (label, figure) in enumerate((("粮食", "267.0"), ("油料", "12.9"), ("棉花", "0.4"))):
            words += chars(label, 104, 150 + 24 * at, 12) + chars(figure, 244, 150 + 24 * at, 12)
        rules = grid(xs, ys)
        assert read(Page(1, WIDTH, HEIGHT, words, rules)).text.splitlines() == [
            "指标\t数量",
            "粮食\t267.0",
            "油料\t12.9",
            "棉花\t0.4",
        ]

    def test_columns_of_figures_without_any_lines(self) -> None:
        words: list[Char] = []
        rows = (("指标", "数量", "增长"), ("粮食", "267.0", "5.1"), ("油料", "12.9", "-3"), ("棉花", "0.4", "1.2"))
        for at, row in enumerate(rows):
            for x, cell in zip((100, 250, 400), row, strict=True):
                words += chars(cell, x, 150 + 24 * at, 12)
        document = read(Page(1, WIDTH, HEIGHT, words))
        assert document.text.splitlines() == ["\t".join(row) for row in rows]
        assert len(document.tables) == 1

    def test_a_frame_around_prose_is_no_table(self) -> None:
        rules = grid([80.0, 520.0], [120.0, 300.0])
        framed = Page(1, WIDTH, HEIGHT, page("　　" + FULL[:24], FULL[:8] + "。").chars, rules)
        assert read(framed).text.splitlines() == [FULL[:24] + FULL[:8] + "。"]
