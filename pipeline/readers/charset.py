"""From bytes to text: which charset a file is in, by what the bytes allow and what the text then says.

The order: byte order mark; UTF-16 and UTF-32 without one; the charset the file declares; strict UTF-8; strict
GB18030 or Big5, whichever gives the likelier Chinese; the same with a few damaged places; a detector. A
charset that decodes to implausible text is passed over: a page that declares gb2312 but is UTF-8
is read as UTF-8.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.readers.plausible import plausibility
from pipeline.readers.rejected import RejectedFile

BYTES_PER_DAMAGE = 4096
"""A file may have one damaged place (it becomes U+FFFD) in so many bytes; with more it is rejected."""

_PLAUSIBLE = 0.65
_CLEARLY_BETTER = 0.1
_MOST_CONTROLS = 0.02
_DETECTOR_BYTES = 100_000
_MOST_ACCENTED = 0.1

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\v\f\r") + b"\x7f"

# Labels seen in files, by Python's name of the charset, and the superset that is really meant.
_MEANT = {
    "utf-8": "utf-8",
    "utf_8_sig": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "cp950": "big5",
    "big5hkscs": "big5",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
# Python's big5 lacks what Windows added to it; its big5hkscs has other signs in the rows the two share.
_CODECS = {"big5": ("cp950", "big5hkscs")}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with all its line ends made ``\\n``, the charset, and how many places became U+FFFD.

    Example: the GBK bytes of 增长5.1% → ``Decoded("增长5.1%", "gb18030", 0)``
    """

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a file's bytes; ``declared`` is the label the file or its sender gives its charset, if any.

    Raises RejectedFile: ``binary`` when control characters show it is no text, ``bad_encoding`` when no
    charset fits.

    Example: ``decode("全年增长5.1%".encode("gbk")).encoding`` → ``"gb18030"``
    """
    meant = _meant(declared)
    found = next((decoded for decoded in _attempts(data, meant) if decoded), None)
    if found is None:
        raise RejectedFile("bad_encoding", "its bytes are text in no known charset; save it again as UTF-8")
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n"), found.encoding, found.replaced)


def _attempts(data: bytes, declared: str) -> Iterator[Decoded | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield _tolerant(data[len(mark) :], encoding)
    yield _without_mark(data)
    if _is_binary(data):
        raise RejectedFile("binary", "it holds binary data, not text; convert it to txt, md or html")
    if declared:
        yield _strict(data, declared, _PLAUSIBLE)
    yield _strict(data, "utf-8", 0)
    yield _likelier(data)
    for encoding in dict.fromkeys((declared or "utf-8", "utf-8", "gb18030")):
        yield _tolerant(data, encoding)
    yield _detected(data)


def _strict(data: bytes, encoding: str, least: float) -> Decoded | None:
    for codec in _CODECS.get(encoding, (encoding,)):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # UTF-8 is no accident: other charsets hardly ever give valid sequences.
        if encoding == "utf-8" or plausibility(text) >= least:
            return Decoded(text, encoding)
    return None


def _tolerant(data: bytes, encoding: str) -> Decoded | None:
    codec = {"utf-8-sig": "utf-8"}.get(encoding, _CODECS.get(encoding, (encoding,))[0])
    try:
        return Decoded(data.decode(codec), encoding)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    replaced = text.count("\ufffd")
    fits = replaced <= len(data) // BYTES_PER_DAMAGE and plausibility(text) >= _PLAUSIBLE
    return Decoded(text, encoding, replaced) if fits else None


def _without_mark(data: bytes) -> Decoded | None:
    # Short Chinese in UTF-16 may consist of ASCII bytes, but hardly without control characters among them.
    if not _is_binary(data) and b"\0" not in data and _strict(data, "utf-8", 0):
        return None
    tried = (_strict(data, encoding, _PLAUSIBLE) for encoding in _WIDE)
    return next((decoded for decoded in tried if decoded and not _is_binary(decoded.text.encode())), None)


def _likelier(data: bytes) -> Decoded | None:
    gb18030, big5 = (_strict(data, encoding, _PLAUSIBLE) for encoding in ("gb18030", "big5"))
    if gb18030 and big5:
        return big5 if plausibility(big5.text) > plausibility(gb18030.text) + _CLEARLY_BETTER else gb18030
    return gb18030 or big5


def _detected(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECTOR_BYTES]).best()
    if best is None:
        return None
    decoded = _strict(data, best.encoding, 0)
    return decoded if decoded and _is_western(decoded.text) else None


def _is_western(text: str) -> bool:
    # A detector always finds some charset; only a text in Latin letters with few accents is believed.
    accented = [character for character in text if character > "~"]
    in_latin = all(character < "\u0250" or "\u2010" <= character <= "\u20ac" for character in accented)
    return in_latin and len(accented) <= len(text) * _MOST_ACCENTED


def _is_binary(data: bytes) -> bool:
    return len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _MOST_CONTROLS


def _meant(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, "")
