"""Labels: the names of a report's figures as one text, in which a word is looked for once instead of name by name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

from pipeline.audit.figure import Figure

_END: Final = "\n"
"""Behind each label; no label has one, as what is white is taken out of them."""


class Labels:
    """The figures of a report by their labels; those without a label are left out.

    Example: ``Labels(report.figures).holding("医师")[0].text`` → ``1144名``
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            if figure.label:
                found[figure.label].append(figure)
        self.by_label = dict(found)
        self._groups = list(found.values())
        self.text = "".join([label + _END for label in found])
        self._characters = frozenset(self.text)
        self._starts, at = [], 0
        for label in found:
            self._starts.append(at)
            at += len(label) + 1
        self._holding: dict[str, Sequence[Figure]] = {}
        self._ending: dict[tuple[str, ...], Sequence[Figure]] = {}

    def holding(self, word: str) -> Sequence[Figure]:
        """The figures whose label holds a word, in the order of the text.

        Example: ``holding("医师")`` finds 执业医师1144名 and 全科医师162名
        """
        if not self._characters.issuperset(word) or word not in self.text:
            return ()
        found = self._holding.get(word)
        if found is None:
            found = self._holding[word] = self._of(set(self._places(word)))
        return found

    def holding_any(self, words: Iterable[str]) -> Sequence[Figure]:
        """The figures whose label holds any of some words, in the order of the text.

        Example: ``holding_any(("医师", "护士"))`` finds 执业医师1144名 and 注册护士1380名
        """
        text = self.text
        return self._of({place for word in words if word in text for place in self._places(word)})

    def ending(self, *words: str) -> Sequence[Figure]:
        """The figures whose label ends with one of some words, in the order of the text.

        Example: ``ending("活产", "活产数")`` finds 全州辖区活产数14703人
        """
        found = self._ending.get(words)
        if found is None:
            told = [word + _END for word in words if self._characters.issuperset(word)]
            ends = [end for end in told if end in self.text]
            found = self._ending[words] = self._of({place for end in ends for place in self._places(end)})
        return found

    def _places(self, word: str) -> Iterator[int]:
        """The labels that hold a word, each once."""
        at = self.text.find(word)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place
            behind = place + 1
            at = self.text.find(word, self._starts[behind]) if behind < len(self._starts) else -1

    def _of(self, places: set[int]) -> Sequence[Figure]:
        if not places:
            return ()
        return sorted((figure for place in places for figure in self._groups[place]), key=_number)


_number: Final = attrgetter("number")
