"""Pages: the main text whole, without the page around it; title, day and source where pages keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.readers import RejectedFile, read
from pipeline.readers.html.tree import parse
from pipeline.readers.kept import figures

ORIGINALS = Path(__file__).parents[4] / "shared" / "corpus" / "originals"
MENU = (
    "<div class=menu><ul>"
    + "".join(f"<li><a href=/{n}>栏目{n}</a> 2026-01-{n}</li>" for n in range(10, 30))
    + "</ul></div>"
)
FOOT = "<div class=foot>主办单位：云川县人民政府 备案号：云ICP备12345678号 访问量：98765</div>"
SENTENCES = [
    "2025年，全县地区生产总值完成182.6亿元，同比增长5.1%。",
    "全年完成固定资产投资32.4亿元，增长6.3%，其中：工业投资12.8亿元，增长9.7%。",
    "城镇新增就业1.2万人，城镇调查失业率5.2%，居民人均可支配收入28650元。",
    "年末共有医疗卫生机构126个，每千人口床位数6.35张，家庭医生签约率78.4%。",
]
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(body: str, head: str = "<title>云川县2025年公报-云川县人民政府</title>") -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "公报.html")


def rows(text: str) -> list[str]:
    return text.splitlines()


def test_the_page_around_the_text_is_left_out() -> None:
    document = page(f"{MENU}<h1>云川县2025年公报</h1><div id=zoom>{BODY}</div>{FOOT}")
    assert rows(document.text) == ["云川县2025年公报", *SENTENCES]


def test_inline_markup_does_not_cut_figures() -> None:
    inline = "<p>投资<span>3.</span><span class=a><font>2</font></span>亿元，<b>增长</b>5<i>.1%</i>。</p>"
    assert "投资3.2亿元，增长5.1%。" in rows(page(BODY + inline).text)


def test_table_rows_are_lines_and_cells_are_tabs() -> None:
    head = "<tr><th>指标<th>单位<th>数</tr>"
    body = "<tr><td><p>投资</p><td>亿元<td><p>32.4</p></tr><tr><td>合计<td><td>9"
    text = rows(page(f"{BODY}<table>{head}{body}</table>").text)
    assert text[-3:] == ["指标\t单位\t数", "投资\t亿元\t32.4", "合计\t\t9"]


def test_rows_that_a_page_writes_into_one_are_taken_apart() -> None:
    cells = "<td><p>合计</p><p>养老院</p><p>福利院</p></td><td>426<br>399<br>27</td>"
    document = page(f"{BODY}<table><tr><th>指标<th>机构（个）</tr><tr>{cells}</tr></table>")
    assert rows(document.text)[-3:] == ["合计\t426", "养老院\t399", "福利院\t27"]
    assert len(document.tables[0].cells) == 8


def test_a_table_for_layout_is_no_table() -> None:
    text = page(f"<table><tr><td>{MENU}</td><td>{BODY}</td></tr></table>").text
    assert all(sentence in rows(text) for sentence in SENTENCES)


def test_line_breaks_in_the_source_are_no_spaces_between_han() -> None:
    assert "全年完成固定\n资产投资" not in page(BODY + "<p>全年完成固定\r\n   资产投资3.5亿元，增长 4%。</p>").text
    assert (
        "全年完成固定资产投资3.5亿元，增长 4%。"
        in page(BODY + "<p>全年完成固定\r\n  资产投资3.5亿元，增长 4%。</p>").text
    )


def test_exponents_and_notes_do_not_join_their_figure() -> None:
    assert "10⁴" in page(BODY + "<p>共3.2×10<sup>4</sup>元，增长1.1%。</p>").text


def test_hidden_text_and_scripts_are_not_read() -> None:
    text = page(BODY + "<p style='display: none'>隐藏7777，增长7.7%。</p><script>var a='8888，8.8%。'</script>").text
    assert "7777" not in text and "8888" not in text


def test_figures_that_trafilatura_loses_are_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def forgetful(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(trafilatura, "bare_extraction", forgetful)
    document = page(f"{MENU}<div id=zoom>{BODY}</div>{FOOT}")
    assert document.reader == "html:plain"
    assert rows(document.text)[-4:] == SENTENCES
    assert "98765" not in document.text


@pytest.mark.parametrize("fault", [ValueError, RecursionError])
def test_a_fault_of_trafilatura_does_not_cost_the_page(monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    import trafilatura

    def broken(*_: object, **__: object) -> None:
        raise fault("broken")

    monkeypatch.setattr(trafilatura, "bare_extraction", broken)
    assert page(BODY).reader == "html:plain"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>云川县2025年公报-统计公报_云川县人民政府</title>", "云川县2025年公报"),
        ("<meta name=ArticleTitle content='云川县公报'><title>首页</title>", "云川县公报"),
        ("<title>2024-2025年公报</title>", "2024-2025年公报"),
        ("", ""),
    ],
)
def test_title(head: str, title: str) -> None:
    assert page(BODY, head).title == title


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("<meta name=PubDate content='2026-02-10 09:30'>", "", "2026-02-10"),
        ("<meta property='article:published_time' content='2026-02-10T09:30:00+08:00'>", "", "2026-02-10"),
        ("", "<div>来源：县统计局&nbsp;&nbsp;发布时间：2026年2月3日 浏览：123</div>", "2026-02-03"),
        ("", "<table><tr><td>发布日期</td><td>2026/2/3</td></tr></table>", "2026-02-03"),
        ("", "<div><i title='发布日期'></i> 2026-02-03</div>", "2026-02-03"),
        ("<meta name=PubDate content='2026-13-45'>", "<div>2026-02-30 发布时间：</div>", ""),
        ("", "<div>首页</div>", ""),
    ],
)
def test_day_of_publication(head: str, body: str, day: str) -> None:
    assert page(body + BODY, head).published == day


def test_source_of_a_page() -> None:
    assert page(BODY, "<meta name=ContentSource content=县财政局>").issuer == "县财政局"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_charset_of_a_page_declared_rightly_wrongly_or_not(charset: str, encoding: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    source = f"<html><head>{head}</head><body>{BODY}</body></html>"
    assert SENTENCES[0] in rows(read(source.encode(encoding), "a.html").text)


def test_a_file_called_html_without_any_tag() -> None:
    assert read("增长5.1%\n投资3亿元".encode(), "a.html").text == "增长5.1%\n投资3亿元"


def test_a_script_before_the_page_is_passed_over() -> None:
    source = f"<script>var x = '<p>1.1%，</p>'</script>\n<!DOCTYPE html><html><body>{BODY}</body></html>"
    assert SENTENCES[0] in rows(read(source.encode(), "a.txt").text)


def test_verbatim_text_keeps_its_lines() -> None:
    assert {"投资3.2亿元，", "增长5.1%。"} <= set(rows(page("<pre>投资3.2亿元，\n增长5.1%。</pre>").text))


@pytest.mark.parametrize(
    "body", ["", "<script>alert(1)</script>", "<frameset><frame src=x></frameset>", "<img src=a.png>"]
)
def test_a_page_without_text(body: str) -> None:
    with pytest.raises(RejectedFile) as rejected:
        page(body, "")
    assert rejected.value.reason == "no_text"


def test_a_page_of_one_comment() -> None:
    assert parse("<!-- -->") is None
    with pytest.raises(RejectedFile, match="no text"):
        read(b"<!-- -->", "a.html")


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the shared corpus is not here")
def test_real_pages_keep_their_figures_and_say_when_they_were_published() -> None:
    for path in sorted(ORIGINALS.glob("*.html")):
        document = read(path.read_bytes(), path.name)
        assert document.title and document.published.startswith("20"), path.name
        assert figures(document.text).total() > 100, path.name


def test_every_line_leads_back_to_its_paragraph_or_row() -> None:
    table = "<table><tr><th>指标<th>产量</tr><tr><td>大米<td>26.7</tr></table>"
    document = page(
        f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>{table}<p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>", head=""
    )
    ends = [*[place.start for place in document.places[1:]], len(document.text)]
    said = {one.name: document.text[one.start : end].strip() for one, end in zip(document.places, ends, strict=True)}
    assert said["paragraph 2"] == SENTENCES[1]
    assert said["table 1 row 2"] == "大米\t26.7"
    assert said["paragraph 3"] == SENTENCES[2]
