"""A document's title, from its first lines, from the page it was published on, or from its first sentence."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from extractors.facts.page import Page, squeeze
from extractors.words import any_of
from lexicons import Lexicons

LONGEST, LINES_DOWN, LEAST_SCORE = 100, 24, 1.0
_NUMBERED: Final = regex.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．)）]|第[一二三四五六七八九十]+[章节部]"
)
_SESSION_START: Final = regex.compile(r"[—–―－-]{1,3}\s?(?:在|\d{4})|[（(]?\d{4}年\d{1,2}月\d{0,2}日")
_SITE: Final = regex.compile(r"(?:[-_—|–]{1,2}|\s[-|]\s)[\p{Han}A-Za-z0-9]{1,14}$")
_NOTE: Final = regex.compile(r"\s?\[\d+\]$")
_BRACKET: Final = regex.compile(r"[（(][^（）()]{1,24}[）)]$")
_CUT: Final = regex.compile(r"[（(]\d{4}年[^（）()]{4,40}$")
_YEAR_ONLY: Final = regex.compile(r"(?:19|20)\d\d年度?")
_YEAR: Final = regex.compile(r"(?:19|20)\d\d\s?[年—~～-]|20[_×X*xＸ＿]{1,4}年|十[一二三四五]五")
_QUOTED: Final = regex.compile(r"《([^《》]{8,80})》")


@cache
def _ending(nouns: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(nouns)})(?:[（(][^（）()]{{1,24}}[）)])?(?:\s?\[\d+\])?$")


@cache
def _mandate(begin: tuple[str, ...], end: tuple[str, ...]) -> regex.Pattern[str]:
    name = r"[^，。；：]{0,12}?\d{4}年[^，。；：]{4,50}?"
    return regex.compile(rf"(?:{any_of(begin)})({name})(?:{any_of(end)}|[，。])")


@cache
def _covering(verbs: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"^关于(?:{any_of(verbs)})")


@cache
def _salutation(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(words)})")


def document_title(page: Page, lexicons: Lexicons, hint: str = "") -> str:
    """The title, cleaned of what is not part of it; empty when the text has none.

    Example: 关于呈报云川县2023年上半年 / 工作总结的报告, on two lines → 云川县2023年上半年工作总结的报告
    """
    printed = _printed(page, lexicons)
    given = _without_site(squeeze(hint), lexicons) if hint else ""
    if not _ending(lexicons.words("facts.title_nouns")).search(given):
        given = "" if printed else given
    title = printed if not given or given in printed else given
    return _cleaned(title or _mandated(page, lexicons) or _first_line(page), page, lexicons)


def _printed(page: Page, lexicons: Lexicons) -> str:
    """The best of the lines, or of two to four lines in a row, that end like a title."""
    best, best_score = "", LEAST_SCORE
    for start in range(min(len(page.head), LINES_DOWN)):
        if _salutation(lexicons.words("facts.salutations")).match(page.head[start]):
            break
        title, lines = _joined(page.head, start, lexicons)
        if (score := _score(title, lines, lexicons)) > best_score:
            best, best_score = title, score
    return best


def _joined(lines: tuple[str, ...], start: int, lexicons: Lexicons) -> tuple[str, int]:
    """The title that begins on a line and how many lines it takes; empty when none begins there."""
    ending = _ending(lexicons.words("facts.title_nouns"))
    title = ""
    for count, line in enumerate(lines[start : start + 4], 1):
        if _is_other(line, lexicons) or len(title) + len(line) > LONGEST:
            break
        title += line
        if (cut := _CUT.sub("", title)) != title:
            return cut, count
        bare = _without_site(title, lexicons)
        if ending.search(bare) and not _goes_on(bare, lexicons):
            return bare, count
        if len(line) > 45:
            break
    return "", 0


def _goes_on(title: str, lexicons: Lexicons) -> bool:
    """Whether a title that could end here asks for more: 关于…执行情况 goes on with 和…的报告."""
    whole = _BRACKET.sub("", title).endswith(lexicons.words("facts.full_titles"))
    return title.startswith("关于") and not whole and not title.endswith(lexicons.words("facts.full_titles"))


def _is_other(line: str, lexicons: Lexicons) -> bool:
    """Whether a line cannot be of a title: a sentence, a numbered heading, the line of the session."""
    return bool(
        line[-1] in "。；;：:，,！!"
        or "。" in line
        or "|" in line
        or _NUMBERED.match(line)
        or _SESSION_START.match(line)
        or line.endswith(lexicons.words("facts.session"))
    )


def _score(title: str, lines: int, lexicons: Lexicons) -> float:
    """How much this looks like the title; less, the more lines it was joined from."""
    if len(title) < 4:
        return 0
    score = 1.5 - 0.5 * lines + 3 * bool(_YEAR.search(title)) + 2 * title.startswith("关于")
    strong = any(word in title for word in lexicons.words("facts.strong_titles"))
    return score + strong + bool(lexicons.regions.scan(title))


def _without_site(title: str, lexicons: Lexicons) -> str:
    """The title without the name of the site behind it: 云川市2025年工作总结-政务公开."""
    shorter = _SITE.sub("", title)
    ends = _ending(lexicons.words("facts.title_nouns")).search(shorter)
    return shorter if shorter != title and ends else title


def _mandated(page: Page, lexicons: Lexicons) -> str:
    """The report's name in its first sentences: 现将云川市2025年预算执行情况提请审议, 《关于…的报告》."""
    opening = squeeze(" ".join(page.head[:8]))[:600]
    for quoted in _QUOTED.findall(opening):
        if _ending(lexicons.words("facts.title_nouns")).search(quoted) and _YEAR.search(quoted):
            return str(quoted)
    found = _mandate(lexicons.words("facts.mandates"), lexicons.words("facts.mandate_ends")).search(opening)
    return f"{found[1].removesuffix('的报告')}的报告" if found else ""


def _first_line(page: Page) -> str:
    """The first line that is short and no sentence; better than nothing."""
    for line in page.head[:6]:
        other = line[-1] in "。；：:，" or _NUMBERED.match(line) or _SESSION_START.match(line)
        if 6 <= len(line) <= 50 and not other:
            return line
    return ""


def _cleaned(title: str, page: Page, lexicons: Lexicons) -> str:
    """Without 关于呈报, notes and brackets of manner; with the year that stands on a line of its own."""
    title = _covering(lexicons.words("facts.title_verbs")).sub("", _NOTE.sub("", title))
    bracket = _BRACKET.search(title)
    if bracket and bracket[0].strip("（）()") in lexicons.words("facts.title_manner"):
        title = title[: bracket.start()]
    if title and not _YEAR.search(title):
        years = (line for line in page.head[:8] if _YEAR_ONLY.fullmatch(line))
        title = next(years, "") + title
    return title.strip()
