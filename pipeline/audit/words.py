"""Words of the audit: what makes two labels one, which parts make a whole, which claim is which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from lexicons import Lexicons
from lexicons.units import fold

_MARKS = re.compile(r"[\s\"'“”‘’「」《》〈〉，,、；;：:]+|[（(][^（）()]*[）)]")


@dataclass(frozen=True, eq=False)
class Words:
    """The groups of ``audit.toml``, ready for use.

    Example: ``Words(lexicons).label("地方一般公共预算收入完成")`` → ``一般公共收入``
    """

    lexicons: Lexicons

    def label(self, indicator: str) -> str:
        """An indicator without brackets, quotes and the words that do not tell figures apart.

        Example: ``第一产业实现增加值`` → ``第一产业增加值``
        """
        return self._labels[indicator]

    @cache  # noqa: B019  (one Words a process)
    def group(self, name: str) -> tuple[str, ...]:
        """The words of a group of audit.toml.

        Example: ``group("recipients")`` → ``("惠及", "受益", …)``
        """
        return self.lexicons.words(f"audit.{name}")

    @cache  # noqa: B019
    def pattern(self, name: str) -> re.Pattern[str]:
        """What finds any word of a group, the longest first.

        Example: ``pattern("reached").search("已达4.5‰的要求")``
        """
        words = sorted(self.group(name), key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words)))

    @cache  # noqa: B019
    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The entries of a group that holds lists, split at their bars.

        Example: ``rows("splits")[0]`` → ``("第一产业", "第二产业", "第三产业")``
        """
        return tuple(tuple(part.strip() for part in entry.split("|")) for entry in self.group(name))

    @cached_property
    def _labels(self) -> _Labels:
        return _Labels(self.pattern("fillers"))


_MOST_LABELS = 10_000
"""Of this many, about 2 MB, all are forgotten: a worker may read reports for hours."""


class _Labels(dict[str, str]):
    """The labels of indicators, each worked out when it is first asked for."""

    def __init__(self, fillers: re.Pattern[str]) -> None:
        super().__init__()
        self._fillers = fillers

    def __missing__(self, indicator: str) -> str:
        if len(self) >= _MOST_LABELS:
            self.clear()
        bare = fold(indicator if indicator.isalnum() else _MARKS.sub("", indicator))
        label = self[indicator] = self._fillers.sub("", bare) or bare
        return label
