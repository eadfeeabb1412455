"""What a page says about itself beside its text: title, day of publication, source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from lxml.html import HtmlElement

from lexicons import load

_DATE = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_SITE = re.compile(r"[-_|–—]+")


def title(root: HtmlElement) -> str:
    """Title of a page: its metadata's, else a heading that begins ``<title>``, else that without the site.

    Example: ``<title>云川县2025年财政决算-云川县人民政府</title>`` → 云川县2025年财政决算
    """
    if stated := next(metadata(root, "readers.title_metas"), ""):
        return stated
    full = _words(next(root.iter("title"), None))
    headings = (_words(heading) for heading in root.iter("h1", "h2"))
    return next(
        (heading for heading in headings if len(heading) > 1 and full.startswith(heading)),
        _without_site(full),
    )


def published(root: HtmlElement, page_lines: Sequence[str]) -> str:
    """Day of publication as YYYY-MM-DD: the metadata's, else the one beside a label (发布时间); else empty.

    Example: a line 来源：县统计局　发布时间：2026年2月10日 → 2026-02-10
    """
    stated = (day(value) for value in metadata(root, "readers.published_metas"))
    return next(filter(None, stated), "") or _labelled(page_lines) or _titled(root)


def issuer(root: HtmlElement) -> str:
    """Who a page's metadata names as its source; empty where there is none.

    Example: ``<meta name="ContentSource" content="县财政局">`` → 县财政局
    """
    return next(metadata(root, "readers.source_metas"), "")


def metadata(root: HtmlElement, group: str) -> Iterator[str]:
    """Contents of the ``<meta>`` tags whose names are in a group of the lexicons, in the group's order.

    Example: ``<meta name="PubDate" content="2026-02-10">`` for readers.published_metas → 2026-02-10
    """
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if content:
            metas.setdefault(name, content)
    return (metas[name] for name in load().words(group) if name in metas)


def day(text: str) -> str:
    """The first calendar day in a text as YYYY-MM-DD; empty where there is none.

    Example: 2026年2月10日 09:30 → 2026-02-10
    """
    for match in _DATE.finditer(text):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            continue
    return ""


def _labelled(page_lines: Sequence[str]) -> str:
    found = _label().search("\n".join(page_lines))
    return day(found[1]) if found else ""


def _titled(root: HtmlElement) -> str:
    # Some templates show an icon whose tooltip is the label.
    labels = load().words("readers.published_labels")
    for element in root.iter("i", "span", "em", "b", "img"):
        if (element.get("title") or "").strip() in labels:
            return day(" ".join((element.tail or "", _words(element.getparent()))))
    return ""


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(re.escape(word) for word in sorted(load().words("readers.published_labels"), key=len)[::-1])
    return re.compile(rf"(?:{labels})[\s:：\]】]{{0,9}}({_DATE.pattern})")


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _without_site(full: str) -> str:
    end = len(full)
    for mark in reversed(list(_SITE.finditer(full))):
        before = mark.start()
        while before and full[before - 1].isspace():
            before -= 1
        if before and full[before - 1].isdigit():
            break
        end = before
    return full[:end]
