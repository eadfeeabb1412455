"""The account that an item of a balance belongs to: 一般公共预算 of 转移性收入."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.places import Link
from extractors.words import filled
from lexicons import Lexicons

_REACH: Final = 1200


class Accounts:
    """Names items of a balance by their account too.

    Example: 一般公共预算平衡情况：转移性收入3亿元 → 一般公共预算转移性收入
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._account = re.compile(filled(lexicons, "(?<!words:labels.moved_between)(?:words:labels.accounts)"))
        self._account_items = frozenset(lexicons.words("labels.account_items"))
        self._adjusted = tuple(sorted(lexicons.words("labels.adjusted"), key=len, reverse=True))
        self._account_word = lexicons.words("labels.account_word")[0]

    def with_accounts(self, links: list[Link], before: Sequence[str], text: str) -> list[Link]:
        """Items of a balance with the account they belong to, named in ``text``, the sentence, or ``before`` it.

        Example: 转移性收入 → 一般公共预算转移性收入
        """
        for index, link in enumerate(links):
            of_plan = link.rule == "label.of-plan" and link.label.startswith(link.subject)
            bare = link.label.removeprefix(self._account_word)
            item = self._before_changes(bare)
            if item in self._account_items or (of_plan and link.subject in self._account_items):
                links[index] = self._with_account(link, bare, before, text)
        return links

    def _before_changes(self, item: str) -> str:
        """支出 of 调整后的支出."""
        if not item.startswith(self._adjusted):
            return item
        return item.removeprefix(next(word for word in self._adjusted if item.startswith(word)))

    def _with_account(self, link: Link, item: str, before: Sequence[str], text: str) -> Link:
        start = link.slot.quantity.start
        found = self._account.findall(" ".join((*before, text[max(0, start - _REACH) : start])))
        return link.named(found[-1] + item) if found else link
