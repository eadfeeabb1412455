"""Fields of a document: what they compute is shown, how they compute it is not."""

from __future__ import annotations


class Fields:
    """Where the text stands with regard to the fields around it.

    Example: after ``begin()`` nothing is shown, after ``result()`` the result is
    """

    def __init__(self) -> None:
        self._open: list[bool] = []
        self._codes = 0

    @property
    def shown(self) -> bool:
        """Whether the text here is outside the code of any field."""
        return not self._codes

    def begin(self) -> None:
        """A field begins, with its code.

        Example: ``PAGEREF _Toc1`` follows
        """
        self._open.append(True)
        self._codes += 1

    def result(self) -> None:
        """The code of the innermost field ends, what it shows follows.

        Example: the number of a page in a table of contents follows
        """
        if self._open and self._open[-1]:
            self._open[-1] = False
            self._codes -= 1

    def end(self) -> None:
        """The innermost field ends.

        Example: the text goes on
        """
        if self._open:
            self._codes -= self._open.pop()
