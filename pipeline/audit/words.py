"""Words of the audit: what makes two labels one, which parts make a whole, which claim is which."""

from __future__ import annotations

import re
from typing import Final

from extractors.words import filled
from lexicons import Lexicons
from lexicons.units import fold

_MARKS: Final = re.compile(r"[\s\"'“”‘’「」《》〈〉，,、；;：:]+|[（(][^（）()]*[）)]")
_MOST_LABELS: Final = 10_000
"""Of this many, about 2 MB, all are forgotten: a worker may read reports for hours."""


class Words:
    """The groups of ``audit.toml``, ready for use; what was asked for once is kept.

    Example: ``Words(lexicons).label("地方一般公共预算收入完成")`` → ``一般公共收入``
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self._labels: dict[str, str] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._filled: dict[str, re.Pattern[str]] = {}
        self._rows: dict[str, tuple[tuple[str, ...], ...]] = {}

    def label(self, indicator: str) -> str:
        """An indicator without brackets, quotes and the words that do not tell figures apart.

        Example: ``第一产业实现增加值`` → ``第一产业增加值``
        """
        label = self._labels.get(indicator)
        if label is None:
            if len(self._labels) >= _MOST_LABELS:
                self._labels.clear()
            bare = fold(indicator if indicator.isalnum() else _MARKS.sub("", indicator))
            label = self._labels[indicator] = self.pattern("fillers").sub("", bare) or bare
        return label

    def group(self, name: str) -> tuple[str, ...]:
        """The words of a group of audit.toml.

        Example: ``group("recipients")`` → ``("惠及", "受益", …)``
        """
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = self.lexicons.words(f"audit.{name}")
        return found

    def end_of(self, label: str, name: str) -> str:
        """The first word of a group that a label ends with; empty without one.

        Example: ``end_of("一般公共收入预期", "plan_ends")`` → ``预期``
        """
        words = self.group(name)
        return next(filter(label.endswith, words)) if label.endswith(words) else ""

    def pattern(self, name: str) -> re.Pattern[str]:
        """What finds any word of a group, the longest first.

        Example: ``pattern("reached").search("已达4.5‰的要求")``
        """
        found = self._patterns.get(name)
        if found is None:
            words = sorted(self.group(name), key=lambda word: (-len(word), word))
            found = self._patterns[name] = re.compile("|".join(map(re.escape, words)))
        return found

    def filled(self, pattern: str) -> re.Pattern[str]:
        """A pattern whose slots are filled with words of audit.toml: (?:words:group) is any of a group.

        Example: ``filled("占(?P<whole>.+?)(?:的?(?:words:share_nouns))?$")``
        """
        found = self._filled.get(pattern)
        if found is None:
            found = self._filled[pattern] = re.compile(filled(self.lexicons, pattern, "audit"))
        return found

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The entries of a group that holds lists, split at their bars.

        Example: ``rows("splits")[0]`` → ``("第一产业", "第二产业", "第三产业")``
        """
        found = self._rows.get(name)
        if found is None:
            found = tuple(tuple(part.strip() for part in entry.split("|")) for entry in self.group(name))
            self._rows[name] = found
        return found
