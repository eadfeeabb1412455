"""Who issued a document."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from extractors.facts.dates import day_of
from extractors.facts.page import Page, squeeze
from extractors.words import any_of
from lexicons import Lexicons
from lexicons.regions import NATION, Region

_BARE_LEVEL: Final = regex.compile(r"(?:省|自治区|市|县|区|州|盟|旗)(?=\p{Han})")
_PLACED: Final = regex.compile(r"\p{Han}{2,10}?[省市县区州盟旗](?=\p{Han}{2})")
_SENTENCE: Final = regex.compile(r"[，。；：:！？“”《》\d]")


def document_issuer(title: str, page: Page, region: Region | None, lexicons: Lexicons) -> str:
    """The full name of the body that issued a document; empty when nothing tells it.

    Taken, in this order, from a title that only governments give (政府工作报告), the name at the start of
    another title, the name above the date at the end, the line below the title, the page's fields, and what
    bodies issue such reports.

    Example: 区卫生健康委2023年工作总结 of 云川区 → 云川区卫生健康委员会
    """
    if any(word in title for word in lexicons.words("facts.previous_year")):
        return _by_topic(title, region, lexicons)
    found = _in_title(title, lexicons) or _signed(page, lexicons) or _headed(page, lexicons)
    found = found or _in_fields(page, lexicons, own=True)
    if found:
        return full_name(found, region, lexicons)
    if topic := _by_topic(title, region, lexicons):
        return topic
    subject = _subject(lexicons.words("facts.subject_followers")).search(squeeze(page.body[:1200]))
    found = subject[1] if subject else _in_fields(page, lexicons, own=False)
    return full_name(found, region, lexicons) if found else ""


def full_name(body: str, region: Region | None, lexicons: Lexicons) -> str:
    """A body's name with its region in front and its office written out.

    Example: 区卫健委 of 云川区 → 云川区卫生健康委员会
    """
    for entry in lexicons.words("facts.office_names"):
        short, _, full = entry.partition("=")
        if body.endswith(short) and not body.endswith(full):
            body = body[: len(body) - len(short)] + full
            break
    state = lexicons.words("facts.national")[0]
    body = body.removeprefix(state) if len(body) > len(state) else body
    if region is None or region.code == NATION or body.startswith((region.name, "国")):
        return body
    return _with_region(body, region, lexicons)


def _with_region(body: str, region: Region, lexicons: Lexicons) -> str:
    if lexicons.regions.scan(body) or _PLACED.match(body):
        return body
    if short := next((name for name in region.short_names if body.startswith(name)), ""):
        return region.name + body.removeprefix(short)
    if level := _BARE_LEVEL.match(body):
        return own_name(region, level[0]) + body.removeprefix(level[0])
    return region.name + body


def own_name(region: Region, level: str) -> str:
    """The region's name as it stands before its bodies: the short one that ends in ``level`` if it has one.

    Example: 黔西南布依族苗族自治州, 州 → 黔西南州
    """
    short = [name for name in region.short_names if name.endswith(level) and len(name) < len(region.name)]
    return min(short, key=len) if short and region.name.endswith(level) else region.name


@cache
def _body(offices: tuple[str, ...], posts: tuple[str, ...], joint: tuple[str, ...]) -> regex.Pattern[str]:
    """A line that is the name of a body, perhaps of several, perhaps with the name of its head."""
    body = rf"(?P<body>\p{{Han}}{{1,24}}?(?:{any_of(offices)}))"
    person = rf"\s?(?:{any_of(posts)})[\s\p{{Han}}·]{{0,8}}"
    others = rf"[\s、][\p{{Han}}、 ]{{4,40}}|(?:{any_of(joint)})\p{{Han}}{{2,16}}"
    return regex.compile(rf"{body}(?:{person}|{others})?")


@cache
def _leading(offices: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"(\p{{Han}}{{1,24}}?(?:{any_of(offices)}))(?=关于|[\d“]|上半年|工作|年度)")


@cache
def _subject(followers: tuple[str, ...]) -> regex.Pattern[str]:
    """The body that a sentence begins with: 区卫生健康委坚持以……"""
    body = r"[省市县区州盟旗]\p{Han}{1,12}?(?:局|委员会|委|厅)"
    return regex.compile(rf"(?<!\p{{Han}})({body})(?={any_of(followers)})")


def _line_body(line: str, lexicons: Lexicons) -> str:
    pattern = _body(*(lexicons.words(f"facts.{group}") for group in ("offices", "posts", "joint_bodies")))
    found = pattern.fullmatch(line.strip("（）() "))
    body = str(found["body"]) if found else ""
    return "" if len(body) < 3 or any(word in body for word in lexicons.words("facts.press")) else body


def _in_title(title: str, lexicons: Lexicons) -> str:
    """The body a title begins with: 云川市财政局2025年工作总结, 云川市人民政府关于…的报告."""
    offices, institutions = lexicons.words("facts.offices"), lexicons.words("facts.institutions")
    found = _leading((*offices, *institutions)).match(title.removeprefix("关于"))
    return str(found[1]) if found and len(found[1]) > 2 else ""


def _signed(page: Page, lexicons: Lexicons) -> str:
    """The body named right above a date, or before it, at the end of the text."""
    for above, line in zip(page.tail, page.tail[1:], strict=False):
        if day_of(line) and len(line) <= 20 and (body := _line_body(above, lexicons)):
            return body
    return ""


def _headed(page: Page, lexicons: Lexicons) -> str:
    """The body named on a line of its own above the text, also behind the line of the session."""
    session = lexicons.words("facts.session")
    for line in page.head[:14]:
        for word in session:
            if word in line:
                line = line.rpartition(word)[2].strip()
        if line and len(line) <= 60 and not _SENTENCE.search(line) and (body := _line_body(line, lexicons)):
            return body
    return ""


def _in_fields(page: Page, lexicons: Lexicons, own: bool) -> str:
    """The body in a field of the page; ``own`` leaves out fields that may name a newspaper (来源)."""
    for label in lexicons.words("facts.issuer_labels"):
        value = "" if own and "来源" in label else page.fields.get(label, "")
        if body := _line_body(value, lexicons):
            return body
    return ""


def _by_topic(title: str, region: Region | None, lexicons: Lexicons) -> str:
    """The body that issues reports of such a title, of the level of the region."""
    if region is None:
        return ""
    for entry in lexicons.words("facts.topics"):
        topic, _, bodies = entry.partition("=")
        if topic in title:
            nation, province, lower = bodies.split("|")
            if region.code == NATION:
                return nation
            municipality = region.name in lexicons.words("facts.municipality_topics")
            return region.name + (province if region.level == "province" and not municipality else lower)
    return ""
