"""What is wrong with an entry of the lexicons, said so that a user can put it right."""

from __future__ import annotations

from collections.abc import Iterable


class LexiconError(ValueError):
    """An entry of a lexicon file that cannot be accepted.

    ``file`` is the file's name, ``entry`` the group or entry in it, ``field`` the field at fault
    (empty where it is the entry as a whole); ``str()`` of the error is one line with all three.

    >>> print(LexiconError("units.toml", "平米", "aliases", "also an alias of 平方米"))
    units.toml: 平米: aliases: also an alias of 平方米
    """

    def __init__(self, file: str, entry: str, field: str, message: str) -> None:
        self.file, self.entry, self.field, self.message = file, entry, field, message
        super().__init__(": ".join(part for part in (file, entry, field, message) if part))

    def __reduce__(self) -> tuple[type[LexiconError], tuple[str, str, str, str]]:
        return type(self), (self.file, self.entry, self.field, self.message)


def near(name: str, known: Iterable[str]) -> str:
    """A hint that names up to three known names like ``name``, or nothing.

    Example: ``near("comparator", ["comparators", "periods"])`` → ``; did you mean comparators?``
    """
    import difflib  # only needed for a message, and slow to import

    likely = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(likely)}?" if likely else ""
