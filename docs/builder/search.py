"""A search for Chinese that finds every word: both the index and the query are cut into pairs of characters.

Sphinx's own cuts pages by a dictionary and queries not at all, so that 早孕建册率 would not be found.
"""

from __future__ import annotations

import re

from sphinx.search import SearchLanguage

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9_](?:[a-z0-9_./-]*[a-z0-9_])?", re.IGNORECASE)


class ChineseSearch(SearchLanguage):
    """Pairs of Chinese characters, and words of letters and digits as they stand.

    Example: ``ChineseSearch({}).split("早孕建册率 R02")`` → ``["早孕", "孕建", "建册", "册率", "R02"]``
    """

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/[\u3400-\u9fff]+|[a-z0-9_](?:[a-z0-9_./-]*[a-z0-9_])?/gi) || []).flatMap((run) =>
    run.length > 2 && /[\u3400-\u9fff]/.test(run)
      ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
      : [run],
  );
"""

    def split(self, input: str) -> list[str]:
        """The terms of a text, in its order."""
        return [term for run in _RUNS.findall(input) for term in _terms(run)]

    def stem(self, word: str) -> str:
        """Letters are found in either case."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Everything can be looked for."""
        return bool(word)


def _terms(run: str) -> list[str]:
    if len(run) < 3 or not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
