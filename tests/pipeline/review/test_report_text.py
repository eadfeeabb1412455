"""A report's text as HTML: character for character, headings, paragraphs and tables told apart, figures marked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.review.report_text import Mark, html_of, lines_of, sections_of, shown
from pipeline.segment import segment

TEXT = """云川县2024年工作总结

一、医疗

全县共12家卫生院，
其中公立9家。
（一）服务扎实。签约9.7万人。
科目\t预算数
税收\t9200
非税\t5200
二、教育
全县小学3所。
"""


def sentences(text: str) -> list[dict[str, object]]:
    """The rows of the table sentences for a text."""
    return [{"char_start": one.start, "char_end": one.end, "section": " / ".join(one.section)} for one in segment(text)]


def mark(text: str, words: str) -> Mark:
    """A mark around words."""
    start = text.index(words)
    return Mark(start, start + len(words), Markup("<i>"), Markup("</i>"))


def blocks(html: str) -> dict[int, str]:
    """The plain text of every block by the offset it says."""
    found = re.findall(r'<(p|h\d|td|th) data-at="(\d+)"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return {int(at): unescape(re.sub(r"<[^>]+>", "", inner)) for _, at, inner in found}


def test_headings_paragraphs_and_tables_are_told_apart() -> None:
    lines = lines_of(TEXT, "云川县2024年工作总结", sentences(TEXT))
    kinds = [(line.kind, line.level, TEXT[line.start : line.end][:5]) for line in lines]
    assert kinds == [
        ("title", 0, "云川县20"),
        ("heading", 1, "一、医疗"),
        ("paragraph", 0, "全县共12"),
        ("paragraph", 2, "（一）服务"),
        ("row", 0, "科目\t预算"),
        ("row", 0, "税收\t92"),
        ("row", 0, "非税\t52"),
        ("heading", 1, "二、教育"),
        ("paragraph", 0, "全县小学3"),
    ]


def test_a_line_end_inside_a_sentence_ends_no_paragraph_and_takes_no_room() -> None:
    html = html_of(TEXT, lines_of(TEXT, None, sentences(TEXT)), [])
    assert "全县共12家卫生院，\u200b其中公立9家。" in html


def test_a_line_end_between_latin_words_is_a_blank() -> None:
    text = "采用 open\nsource 软件12套。"
    whole = [{"char_start": 0, "char_end": len(text), "section": ""}]
    assert "open source" in html_of(text, lines_of(text, None, whole), [])


def test_a_heading_at_the_head_of_a_paragraph_is_bold_and_in_the_outline() -> None:
    lines = lines_of(TEXT, None, sentences(TEXT))
    assert "<b>（一）服务扎实。</b>签约" in html_of(TEXT, lines, [])
    assert [(one.level, one.title) for one in sections_of(lines, TEXT)] == [
        (1, "（开头）"),
        (1, "一、医疗"),
        (2, "（一）服务扎实"),
        (1, "二、教育"),
    ]


def test_sections_reach_to_the_next_heading_as_high() -> None:
    sections = sections_of(lines_of(TEXT, None, sentences(TEXT)), TEXT)
    ends = [TEXT[one.end :].partition("\n")[0] for one in sections]
    assert ends == ["一、医疗", "二、教育", "二、教育", ""]


def test_a_text_without_headings_is_one_section() -> None:
    assert [one.title for one in sections_of(lines_of("全县共12家。", None, []), "全县共12家。")] == ["（全文）"]


def test_lines_with_tabs_are_a_table_whose_figures_stand_right() -> None:
    html = html_of(TEXT, lines_of(TEXT, None, sentences(TEXT)), [mark(TEXT, "9200"), mark(TEXT, "5200")])
    assert html.count("<tr>") == 3 and html.count("<th ") == 2
    assert f'<td data-at="{TEXT.index("9200")}" class="num"><i>9200</i></td>' in html


@pytest.mark.parametrize("words", ["12家", "9家", "9.7万人", "9200", "3所"])
def test_marks_stand_where_the_words_are(words: str) -> None:
    html = html_of(TEXT, lines_of(TEXT, None, sentences(TEXT)), [mark(TEXT, words)])
    assert f"<i>{words}</i>" in html


@pytest.mark.parametrize("words", ["9.7万人", "9200", "3所。", "（一）服务扎实。"])
def test_a_mark_without_length_stands_once_behind_its_words(words: str) -> None:
    end = TEXT.index(words) + len(words)
    html = html_of(TEXT, lines_of(TEXT, None, sentences(TEXT)), [Mark(end, end, Markup("<sup>1</sup>"), Markup(""))])
    assert html.count("<sup>") == html.count(f"{words}<sup>1</sup>") == 1


@given(st.text(alphabet="全县12家，。一、 \t\n\u3000<&\u202e\x00\x0c\r𠮷a", max_size=60))
def test_offsets_in_the_page_are_offsets_in_the_text(text: str) -> None:
    found = blocks(html_of(text, lines_of(text, None, []), []))
    for at, words in found.items():
        kept = shown(text[at : at + len(words)]).replace("\n", "\u200b")
        assert words.replace(" ", "\u200b") == kept.replace(" ", "\u200b")
    assert sum(map(len, found.values())) >= len("".join(text.split()))


def test_characters_that_act_are_shown_as_long_as_they_were() -> None:
    text = "完成\u202e3\x00亿\x1b元\u2028"
    assert shown(text) == "完成�3�亿�元�"
    assert len(shown(text)) == len(text)
