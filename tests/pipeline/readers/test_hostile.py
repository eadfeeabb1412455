"""Hostile input: read() gives a Document or raises RejectedFile, soon, whatever the bytes are."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.readers import Limits, RejectedFile, read

SENTENCE = "全年增长5.1%，投资3.2亿元。"
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a", "a.pdf", "a.xml"])
SECONDS = 20

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "div",
                "p",
                "table",
                "tr",
                "td",
                "span",
                "b",
                "a",
                "ul",
                "li",
                "sup",
                "pre",
                "br",
                "script",
                "style",
                "title",
                "meta",
                "form",
                "h1",
                "html",
                "body",
            ]
        ).flatmap(
            lambda tag: st.sampled_from(
                [
                    f"<{tag}>",
                    f"</{tag}>",
                    f"<{tag} style='display:none'>",
                    f"<{tag} name=pubdate content=2026>",
                ]
            )
        ),
        st.text(max_size=12),
        st.sampled_from(
            [
                SENTENCE,
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<",
                ">",
                "&#xD800;",
                "&#0;",
                "&lt;",
                "\0",
                "<?xml encoding='big5'?>",
            ]
        ),
    ),
    max_size=60,
).map("".join)

PAGES = {
    "deep blocks": "<div>" * 10_000 + SENTENCE,
    "deep inline": "<b>" * 100_000 + SENTENCE,
    "deep tables": "<table><tr><td>" * 5_000 + SENTENCE,
    "deep lists": ("<ul><li>" + SENTENCE) * 5_000,
    "many paragraphs": f"<p>{SENTENCE}</p>" * 50_000,
    "many tables": f"<table><tr><td>{SENTENCE}</table>" * 20_000,
    "many cells": "<table>" + f"<tr><td>{SENTENCE}<td>5.1" * 30_000,
    "many attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">" + SENTENCE,
    "heavy inline markup": "<p>"
    + "".join(f"<span style='mso-spacerun:yes;font:{n}'><font>{c}</font></span>" for n, c in enumerate(SENTENCE * 600)),
    "angle brackets": "<" * 500_000 + SENTENCE,
    "open tags": "<a " * 200_000 + ">" + SENTENCE,
    "endless comment": SENTENCE + "<!--" * 100_000,
    "white space": SENTENCE + (" " * 1_000 + "\n") * 2_000 + SENTENCE,
    "entities": "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    + f"<body><p>&b;&f;{SENTENCE}",
    "links": f"<p>{SENTENCE}</p><img src='http://localhost:9/a.png'><link rel=stylesheet href='http://localhost:9/a.css'>"
    "<script src='http://localhost:9/a.js'></script><iframe src='file:///etc/passwd'></iframe>",
}


def outcome(data: bytes, name: str) -> Document | RejectedFile:
    try:
        document = read(data, name)
    except RejectedFile as rejected:
        return rejected
    document.text.encode()  # no lone surrogates: every text can be stored
    assert document.text.strip() and "\r" not in document.text
    return document


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400), NAMES)
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\x84\x31\x95\x33", "a.txt")
def test_any_bytes(data: bytes, name: str) -> None:
    outcome(data, name)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_in_a_marked_charset_comes_back(text: str, encoding: str) -> None:
    found = outcome(text.encode(encoding, "ignore"), "a.md")
    expected = text.encode(encoding, "ignore").decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    assert isinstance(found, RejectedFile) or encoding == "utf-8" or found.text == expected


@settings(max_examples=200, deadline=None)
@given(MARKUP, st.sampled_from(["utf-8", "gb18030", "utf-16", "big5"]))
def test_any_markup(markup: str, encoding: str) -> None:
    outcome(markup.encode(encoding, "ignore"), "a.html")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_and_declaration(name: str, declared: str) -> None:
    try:
        assert read(SENTENCE.encode(), name, encoding=declared).text == SENTENCE
    except RejectedFile as rejected:
        assert rejected.reason == "unknown_type"


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_hostile_pages_keep_their_text(kind: str) -> None:
    started = time.perf_counter()
    document = read(f"<html><body>{PAGES[kind]}</body></html>".encode(), "a.html")
    assert SENTENCE in document.text
    assert "root:" not in document.text
    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize(
    "unit", [b"\x81", b"\xff\xfe", b"<", b"\xe5\xa2", b"\0a", b"%PDF", b"PK\x03\x04", b"&#x10ffff;"]
)
def test_long_monotonous_files_end_soon(unit: bytes) -> None:
    started = time.perf_counter()
    for name in ("a.txt", "a.html"):
        outcome(unit * (2_000_000 // len(unit)), name)
    assert time.perf_counter() - started < SECONDS


def test_the_default_limit() -> None:
    assert Limits().bytes == 50_000_000
    with pytest.raises(RejectedFile, match="more than"):
        read(b" " * (Limits().bytes + 1), "a.txt")
