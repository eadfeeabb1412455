"""Nothing that a document says can leave the element it stands in, and nothing in a page reaches out."""

from __future__ import annotations

import json

import pytest

from pipeline.review.shell import asset, embedded, render

EVIL = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--",
    "\u2028\u2029",
    "{{ 7 * 7 }}",
    "&lt;",
]


@pytest.mark.parametrize("text", EVIL)
def test_data_comes_back_as_it_was_and_holds_no_markup(text: str) -> None:
    written = embedded({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set(written) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("text", EVIL[:3])
def test_what_a_template_shows_is_escaped(text: str) -> None:
    page = render("base.html", title=text, root="", here="index", data={"report": [text]})
    assert text not in page.replace("<!DOCTYPE", "")


def test_a_page_opens_no_address() -> None:
    page = render("base.html", title="云川县", root="", here="index")
    policy = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe-eval" not in policy
    assert "http://" not in page.replace("http-equiv", "") and "https://" not in page


def test_assets_are_written_once() -> None:
    assert asset("base.css") is asset("base.css")
