"""Names: what a label counts, without the word of what is done with it and the words all counts end with."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.audit.words import Words

MOST: Final = 2
"""Words of doing that a label opens with, one behind the other."""
SHORTEST: Final = 2
"""Characters of what is counted."""


@lru_cache(maxsize=16384)
def core(words: Words, label: str) -> tuple[str, str]:
    """What is done with what a label counts, where it opens with it, and what is counted.

    Example: 组织补贴性职业技能培训 → ``("组织", "补贴性职业技能培训")``
    """
    name = _without_end(words, label)
    deeds = ""
    for _ in range(MOST):
        match = words.pattern("deeds").match(name)
        if match is None or len(name) - match.end() < SHORTEST:
            break
        deeds += match[0]
        name = name[match.end() :]
    return deeds, name


def _without_end(words: Words, label: str) -> str:
    """参保人数 as 参保, 社会保障卡持卡人数 as 社会保障卡."""
    ends = words.group("counting_ends")
    for end in ends if label.endswith(ends) else ():
        if label.endswith(end) and len(label) - len(end) >= SHORTEST:
            return label[: -len(end)]
    return label
