"""OFD files: the same layout from another format, and nothing in them followed."""

from __future__ import annotations

import pytest

from pipeline.readers import Limits, RejectedFile, read
from pipeline.readers.ofd import plain
from pipeline.readers.ofd.pages import steps
from pipeline.readers.source import Source
from tests.pipeline.readers.ofds import NS, ofd, rule, text

FULL = "云川县各部门" * 4 + "认真"


def reason(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RejectedFile) as rejected:
        read(data, "公报.ofd", limits)
    return rejected.value.reason


def test_lines_become_paragraphs_and_the_templates_head_goes() -> None:
    pages = [text("　　" + FULL[:24], 30, 60) + text(FULL, 30, 70) + text("增长５％。", 30, 80)] * 4
    document = read(ofd(*pages, template=text("云川县预算", 80, 20)), "公报.ofd")
    assert document.text.splitlines() == [FULL[:24] + FULL + "增长５％。"] * 4
    assert (document.media_type, document.reader, document.figures_kept) == ("application/ofd", "ofd", 1.0)
    assert [place.name for place in document.places] == [f"page {number}" for number in (1, 2, 3, 4)]


def test_tables_are_told_by_path_objects() -> None:
    cells = [("指标", "数量"), ("粮食", "２６７"), ("油料", "１２")]
    words = "".join(
        text(cell, 32 + 50 * column, 67 + 10 * row, 4.0)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
    )
    lying = "".join(rule(30, 60 + 10 * at, 130, 60 + 10 * at) for at in range(4))
    standing = "".join(rule(30 + 50 * at, 60, 30 + 50 * at, 90) for at in range(3))
    document = read(ofd(words + lying + standing), "公报.ofd")
    assert document.text.splitlines() == ["指标\t数量", "粮食\t２６７", "油料\t１２"]
    assert len(document.tables) == 1


def test_characters_are_scaled_and_placed_by_their_matrix() -> None:
    words = text("增长", 30, 60, more='CTM="2 0 0 2 0 0"') + text("完成投资", 30, 100)
    assert "增长" in read(ofd(words), "公报.ofd").text.splitlines()


def test_repeated_distances() -> None:
    assert steps("g 2 4.5 5", 10) == [4.5, 4.5, 5.0]
    assert steps("g 999999999 1", 3) == [1.0, 1.0, 1.0]
    assert steps("g x", 3) == []


def test_one_distance_is_that_of_all_characters() -> None:
    assert read(ofd(text("完成投资２２２２亿元", 30, 60, delta="5")), "公报.ofd").text == "完成投资２２２２亿元\n"


def test_the_plain_way_is_the_order_of_the_file() -> None:
    document = plain(Source(ofd(text("增长五成", 30, 90) + text("完成投资", 30, 60)), "公报.ofd"))
    assert (document.reader, document.text) == ("ofd:plain", "增长五成\n完成投资\n")


def test_reasons() -> None:
    assert reason(ofd(rule(10, 10, 100, 10))) == "no_text_layer"
    assert reason(ofd(*[text("增长５％。", 30, 60)] * 3), Limits(pages=2)) == "too_many_pages"
    assert reason(ofd(text("增长", 30, 60), more={"Encryptions.xml": "<a/>"})) == "encrypted"
    assert reason(ofd(text("增长", 30, 60), more={"Doc_0/Pages/Page_0/Content.xml": "<a"})) == "damaged"
    assert reason(ofd()) == "damaged"


def test_entities_are_not_followed() -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "秘密">]>'
        f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{text('增长五成。&x;&y;', 30, 60)}{text('完成投资。', 30, 80)}"
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )
    document = read(ofd("", more={"Doc_0/Pages/Page_0/Content.xml": bomb}), "公报.ofd")
    assert document.text.splitlines() == ["增长五成。", "完成投资。"]
