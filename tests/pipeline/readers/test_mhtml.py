"""Pages saved in one file with all that belongs to them."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from pipeline.readers import RejectedFile, read

PAGE = "<html><head><title>云川县公报</title></head><body><p>全年完成投资3.2亿元，增长5.1%。</p>{}</body></html>"
TABLE = "<table><tr><td>指标</td><td>数量</td></tr><tr><td>大米</td><td>267.0</td></tr></table>"


def letter(*pages: str, charset: str = "utf-8") -> bytes:
    """A page as browsers and Office save it."""
    whole = MIMEMultipart("related")
    for page in pages:
        whole.attach(MIMEText(page, "html", charset))
    whole.attach(MIMEText("body { width: 99px }", "css"))
    return bytes(whole)


@pytest.mark.parametrize("name", ["公报.mhtml", "公报.mht", "公报.doc", "公报.xls", "公报.txt", "公报"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_page_is_read_as_a_page(name: str, charset: str) -> None:
    document = read(letter(PAGE.format(TABLE), charset=charset), name)
    assert document.reader.startswith("mhtml:") and document.media_type == "multipart/related"
    assert "全年完成投资3.2亿元，增长5.1%。" in document.text and "大米\t267.0" in document.text
    assert "99px" not in document.text
    assert (len(document.tables), document.title) == (1, "云川县公报")


def test_a_frame_without_text_gives_way_to_what_it_frames() -> None:
    frames = '<html><frameset><frame src="a"></frameset></html>'
    assert "增长5.1%" in read(letter(frames, PAGE.format("")), "a.mht").text


def test_a_page_alone_in_its_letter() -> None:
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset=utf-8\r\n\r\n"
    assert read((head + PAGE.format("")).encode(), "a.mhtml").reader.startswith("mhtml:")


def test_a_text_that_speaks_of_letters_stays_text() -> None:
    text = "邮件的头部有 MIME-Version: 1.0 和 Content-Type: multipart/related。\n增长5.1%。\n"
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "data",
    [
        letter(),
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\n" * 50_000,
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500)),
    ],
    ids=["no page", "boundaries", "nested"],
)
def test_letters_without_a_page(data: bytes) -> None:
    with pytest.raises(RejectedFile) as rejected:
        read(data, "a.mht")
    assert rejected.value.reason in ("no_text", "damaged")
