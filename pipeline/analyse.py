"""One report from its bytes to its mentions: what the command ``extract``, Python and spaCy share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import extractors
from extractors.facts import document_facts
from extractors.model import Facts, Mention, Sentence
from pipeline.document import Document
from pipeline.edtf import edtf_bounds
from pipeline.errors import UsageError
from pipeline.segment import segment

if TYPE_CHECKING:
    from lexicons import Lexicons

Row = dict[str, Any]
OTHERWISE: Final = ("start", "end", "sentence", "part_of")
"""Fields of a mention that its row tells in another way."""


@dataclass(frozen=True, slots=True)
class FoundMention(Mention):
    """A mention together with the sentence it stands in.

    >>> import zhibiao
    >>> mention = zhibiao.mentions("一、执法\\n全年监督检查40户次，罚款3.8万元。")[1]
    >>> mention.value, mention.unit, mention.sentence_text, mention.section
    (38000.0, '元', '全年监督检查40户次，罚款3.8万元。', ('一、执法',))
    >>> mention.sentence_text[mention.sentence_at :][: len(mention.text)]
    '3.8万元'
    """

    sentence_text: str
    """The words of its sentence, without what a page break puts between them."""
    sentence_at: int
    """Where in them the figure begins."""
    section: tuple[str, ...]
    """The headings above it, outermost first."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report that was read, and all that was found in it.

    >>> import zhibiao
    >>> report = zhibiao.analyse("云川县2024年工作总结\\n全年粮食总产量12.6万吨。")
    >>> report.facts.title, report.facts.period
    ('云川县2024年工作总结', '2024')
    >>> [(mention.indicator, mention.value, mention.unit) for mention in report.mentions]
    [('粮食总产量', 126000.0, '吨')]
    """

    name: str
    document: Document
    """The text, its tables, and what the file says of itself."""
    facts: Facts
    """Title, issuer, region, dates."""
    sentences: tuple[Sentence, ...]
    mentions: tuple[FoundMention, ...]

    @property
    def text(self) -> str:
        """The text that all offsets point into.

        >>> import zhibiao
        >>> report = zhibiao.analyse("全年罚款3.8万元。")
        >>> report.text[report.mentions[0].start : report.mentions[0].end]
        '3.8万元'
        """
        return self.document.text

    def words(self, sentence: Sentence) -> str:
        """The words of a sentence, without what a page break puts between them.

        >>> import zhibiao
        >>> report = zhibiao.analyse("全年罚款3.8万元。检查40户次。")
        >>> report.words(report.sentences[1])
        '检查40户次。'
        """
        return "".join(self.text[start:end] for start, end in sentence.pieces)

    def rows(self, source: str) -> Iterator[Row]:
        """The mentions as rows, in the order of the text.

        ``number`` counts them from 0, and ``part_of`` is the number of the total.

        >>> import zhibiao
        >>> next(zhibiao.analyse("全年罚款3.8万元。").rows("报告.txt"))["value"]
        38000.0
        """
        for number, mention in enumerate(self.mentions):
            yield {"source": source, "number": number, **_row(mention)}


def analyse(document: Document, name: str, words: Lexicons, known: Facts) -> Report:
    """All that is found in a document; ``known`` is what the caller knows of it where it does not say.

    Example: ``analyse(Document("全年罚款3.8万元。", "text/plain", "", "text"), "", load(), Facts()).mentions[0].value``
    """
    text = document.text
    sentences = segment(text, tables=document.tables)
    known = replace(known, title=document.title, issuer=document.issuer, published=document.published)
    facts = document_facts(text, name, sentences, words, known)
    found = extractors.extract(text, sentences, facts, words, document.tables)
    mentions = tuple(_in_its_sentence(mention, sentences[mention.sentence], text) for mention in found)
    return Report(name, document, facts, tuple(sentences), mentions)


def analyse_text(text: str, words: Lexicons, known: Facts) -> Report:
    """All that is found in a text; half of a character that is no character becomes a question mark.

    Example: ``analyse_text("全年罚款3.8万元。", load(), Facts()).mentions[0].value`` → 38000.0
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return analyse(Document(text, "text/plain", "", "text"), "", words, known)


def analyse_file(data: bytes, name: str, words: Lexicons, known: Facts) -> Report:
    """All that is found in the bytes of a file; RejectedFile when it cannot be read.

    Example: ``analyse_file("全年罚款3.8万元。".encode("gb18030"), "报告.txt", load(), Facts())``
    """
    from pipeline.readers import read

    return analyse(read(data, name), name, words, known)


def documents_in(name: str, given: Path | bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What is to be read of a file, each document with how its bytes are had: an archive stands for its files.

    Example: ``[name for name, _ in documents_in("报告.zip", Path("报告.zip"))]`` → ``["报告.zip/云川县.txt"]``
    """
    from pipeline.readers import Limits, RejectedFile
    from pipeline.readers.archives import SUFFIX, contents, member_bytes

    limits, data = Limits(), None if isinstance(given, Path) else given
    try:
        inside = contents(given, limits) if data or name.lower().endswith(SUFFIX) else None
    except (RejectedFile, OSError) as error:
        yield name, partial(_raise, error)
        return
    if inside is None:
        yield name, lambda: given.read_bytes() if isinstance(given, Path) else given
        return
    for member in inside.members:
        yield f"{name}/{member.path}", partial(member_bytes, given, member.at, limits)
    for path, why in inside.rejects:
        yield f"{name}/{path}", partial(_raise, why)


def _raise(error: Exception) -> bytes:
    raise error


def hints(words: Lexicons, region: str, period: str) -> Facts:
    """What the caller knows of a report; UsageError when it is no region or no period.

    Example: ``hints(load(), "盐池县", "2024").period`` → ``2024``
    """
    if region and words.regions.resolve(region, None) is None:
        raise UsageError(f"region {region}: no region, or several, have this name; give the official full name")
    if period and edtf_bounds(period) == (None, None):
        raise UsageError(f"period {period}: not EDTF; write 2023, 2023-06 or 2023-01/2023-06")
    return Facts(region=region, period=period)


def _in_its_sentence(mention: Mention, sentence: Sentence, text: str) -> FoundMention:
    words = "".join(text[start:end] for start, end in sentence.pieces)
    at = sum(min(end, mention.start) - start for start, end in sentence.pieces if start < mention.start)
    said = {field.name: getattr(mention, field.name) for field in fields(Mention)}
    return FoundMention(**said, sentence_text=words, sentence_at=at, section=sentence.section)


def _row(mention: FoundMention) -> Row:
    first, last = edtf_bounds(mention.period)
    said = {field.name: getattr(mention, field.name) for field in fields(Mention) if field.name not in OTHERWISE}
    return {
        "char_start": mention.start,
        "char_end": mention.end,
        **said,
        "period_start": first.isoformat() if first else None,
        "period_end": last.isoformat() if last else None,
        "part_of": mention.part_of,
        "section": " / ".join(mention.section),
        "sentence": mention.sentence_text,
        "sentence_at": mention.sentence_at,
    }
