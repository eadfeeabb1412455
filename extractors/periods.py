"""Words of time and the EDTF periods they stand for: 2023年1月至4月, 截至6月底, 上半年, 目前, “十四五”期间."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.period_forms import FORMS
from extractors.period_readings import READERS, PeriodBase, PeriodKind
from extractors.words import alternation, without_titles
from lexicons import Lexicons

__all__ = ["PeriodBase", "PeriodHit", "PeriodKind", "PeriodScanner"]

_EQUALS = ("是", "为", "相当于", "达到", "达")
_STATED = regex.compile(r"(?:同期)?的(?=\d)|(?<=的)(?=\d)")
"""Behind a word of time: the figure itself is of that time (2024年的300万元)."""
_WORDS = regex.compile(r"\(\?:words:([\w.]+)\)")


@dataclass(frozen=True, slots=True)
class PeriodHit:
    """A word of time in a view and what it means there.

    ``baseline`` hits are what a figure is compared with (比上年), not when it was; see ``PeriodKind``.

    Example: 截至6月底 in a report of 2023 → ../2023-06, as_of
    """

    start: int
    end: int
    edtf: str
    kind: PeriodKind


class PeriodScanner:
    """Finds the words of time of a view, each with its EDTF period.

    Example: 2023年1月至4月 → 2023-01/2023-04; 年末 in a report of 2021 → ../2021-12
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._comparison = tuple(lexicons.words("periods.comparison"))
        self.over_years = tuple(lexicons.words("periods.over_years"))
        """Words of figures that are of all years between two: 年均."""
        self.origins = tuple(lexicons.words("periods.origins"))
        """Words that open a change: 由, 从."""
        self._bases = (*self._comparison, *self.origins)
        pattern = "|".join(f"(?P<{name}>{_filled(form, lexicons)})" for name, form in FORMS.items())
        groups = {name for form in FORMS.values() for name in _WORDS.findall(form)}
        openings = {word[0] for group in groups if "." not in group for word in lexicons.words(f"periods.{group}")}
        first = "".join(sorted(openings | set("1234567890一二两三四五六七八九十“截到至力今本同当全上下前后近过这最第")))
        self._pattern = regex.compile(f"(?=[{first}])(?:{pattern})", regex.VERBOSE | regex.ASCII)
        kept = alternation(lexicons, "periods.part_of_label")
        self._stripped = regex.compile(rf"(?=[{first}])(?:{pattern})(?!{kept})", regex.VERBOSE | regex.ASCII)

    def scan(self, text: str, base: PeriodBase) -> list[PeriodHit]:
        """All words of time in ``text``, in order; unsaid years come from ``base``."""
        hits = []
        for match in self._pattern.finditer(without_titles(text)):
            edtf, kind = READERS[match.lastgroup or ""](match, base)
            if edtf:
                hits.append(PeriodHit(match.start(), match.end(), edtf, self._kind(text, match, kind)))
        return hits

    def strip(self, text: str) -> str:
        """``text`` without its words of time: 2023年全市筛查 → 全市筛查."""
        return self._stripped.sub("", text)

    def _kind(self, text: str, match: regex.Match[str], kind: PeriodKind) -> PeriodKind:
        """What a word of time is where it stands: 比上年 is a baseline, 比上年的300万元 says when the 300万元 were."""
        start, end = match.span()
        equals = text.endswith(_EQUALS, 0, start)
        if _STATED.match(text, end):
            if equals or text.endswith(self._bases, 0, start):
                return "baseline" if equals else "beside"
            return kind
        if equals and text.startswith("的", end):
            return "baseline"
        compared = text.endswith(self._comparison, 0, start) and not match.group().startswith(("截", "今"))
        return "baseline" if compared else kind


def _filled(form: str, lexicons: Lexicons) -> str:
    """A form with the words of its groups put in."""

    def words(match: regex.Match[str]) -> str:
        name = match[1]
        return f"(?:{alternation(lexicons, name if '.' in name else f'periods.{name}')})"

    return _WORDS.sub(words, form)
