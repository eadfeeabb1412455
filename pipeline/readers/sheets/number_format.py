"""Number formats: the value of a cell as the sheet shows it, 0.945 in the format ``0.0%`` as 94.5%.

No maintained library does this for Python: the port of SheetJS fails by the locale of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from itertools import pairwise

from pipeline.readers.sheets.dates import Moment, date_text

GENERAL = "General"
Piece = tuple[str, str]
"""Kind and text: a literal (``"``), digit places (``0``), a point, a comma, a percent sign, an exponent …"""

_LONGEST = 500
_WIDEST_DECIMAL = 10
_SIGNIFICANT = 15
_EXACT = Context(prec=400, rounding="ROUND_HALF_UP")
_SMALLEST, _LARGEST, _WITHOUT_POWER = 1e-9, 1e21, 1e-4
_SIGNS = frozenset("-−–－(（△▲负减降")
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|'
    r"\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|"
    r"(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+|g+)|(?P<places>[0#?]+)|(?P<mark>[.,%/@;])|(?P<other>.)",
    re.I | re.S,
)
_ONE_PIECE = re.compile(r'(["%]*)(0(?:,*0)*)((?:\.0+)?,*)["%]*')
_QUANTA = [Decimal(1).scaleb(-places) for places in range(_LONGEST + 1)]
_NOTHING = re.compile(r"[^1-9]*")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?")
_SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss"}
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts between semicolons: for positive, negative, zero figures, or for those of a condition."""

    pieces: tuple[Piece, ...]
    test: str = ""
    bound: float = 0.0
    moment: bool = False
    places: int = 0
    least: int = 0
    divided: int = 0
    """How many digits the percent signs (below 0) or the commas at the end move the point."""
    grouped: bool = False
    split: bool = False
    """Whether something stands between the digits before the point: ``0!.0,`` for 万."""
    around: tuple[str, str] | None = None
    """What stands before and after the digits, where they are in one piece with at least one before the point."""


@lru_cache(maxsize=65_536)
def shown(value: float, code: str, since_1904: bool = False) -> str:
    """A number as a cell of that number format shows it, dates and times included.

    Example: ``shown(0.945, "0.0%")`` → 94.5%; ``shown(-3, "#,##0.00_);(#,##0.00)")`` → (3.00)
    """
    if code in ("", GENERAL):
        return general(value)
    sections = _sections(code[:_LONGEST])
    at, absolute = _chosen(sections, value)
    if at < 0:
        return general(value)
    section = sections[at]
    if section.moment:
        moment = Moment.of(value, since_1904)
        return general(value) if moment is None else date_text(section.pieces, moment).strip()
    text = _figure(section, abs(value))
    # A section for negative figures that only turns them red says nothing where there is no colour.
    signed = absolute and not _SIGNS.isdisjoint("".join(words for kind, words in section.pieces if kind == '"'))
    return f"-{text}" if value < 0 and not signed and not _NOTHING.fullmatch(text) else text


def general(value: float) -> str:
    """A number as the format General shows it in a column that is wide enough, without powers of ten.

    Example: ``general(0.1 + 0.2)`` → 0.3, ``general(12.0)`` → 12
    """
    if value == int(value) and abs(value) < 10**_SIGNIFICANT:
        return str(int(value))
    if not _SMALLEST <= abs(value) < _LARGEST:
        return f"{value:.{_SIGNIFICANT}g}"
    decimals = max(0, _WIDEST_DECIMAL - len(str(int(abs(value)))))
    rounded = format(Decimal(f"{value:.{_SIGNIFICANT}g}"), "f")
    if abs(value) >= _WITHOUT_POWER and "." in rounded:
        rounded = format(Decimal(rounded).quantize(Decimal(1).scaleb(-decimals), context=_EXACT), "f")
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


def with_text(text: str, code: str) -> str:
    """A text as a cell of that number format shows it: the fourth section may put words around it.

    Example: ``with_text("云川县", '@"财政局"')`` → 云川县财政局
    """
    if "@" not in code or code == "@":
        return text
    section = _sections(code[:_LONGEST])[-1]
    words = [text if kind == "@" else literal for kind, literal in section.pieces if kind in '@"']
    return "".join(words) if any(kind == "@" for kind, _ in section.pieces) else text


@lru_cache(maxsize=4_096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for match in _PIECE.finditer(code):
        if match["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts)


def _section(matches: list[re.Match[str]]) -> _Section:
    pieces: list[Piece] = []
    test, bound = "", 0.0
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            pieces.extend(_piece(match))
        elif condition := _CONDITION.fullmatch(bracket):
            test, bound = condition[1], _number(condition[2])
        elif _ELAPSED.fullmatch(bracket):
            pieces.append(("elapsed", bracket.lower()))
        elif currency := _CURRENCY.fullmatch(bracket):
            if system := _SYSTEM.get((currency[2] or "").upper()):
                return _section(list(_PIECE.finditer(system)))
            pieces.append(('"', currency[1]))
    return _measured(tuple(pieces), test, bound)


def _piece(match: re.Match[str]) -> list[Piece]:
    kind = match.lastgroup or ""
    text = match[kind] if kind else ""
    if kind in ("quoted", "escaped", "other"):
        return [('"', text)]
    if kind == "mark":
        return [(text, text)]
    return [(kind, text)] if kind else []


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _measured(pieces: tuple[Piece, ...], test: str, bound: float) -> _Section:
    kinds = [kind for kind, _ in pieces]
    if "elapsed" in kinds or "half" in kinds or ("date" in kinds and "general" not in kinds):
        return _Section(pieces, test, bound, moment=True)
    if "exponent" in kinds or "/" in kinds or "general" in kinds or "places" not in kinds:
        return _Section(pieces, test, bound)
    point = kinds.index(".") if "." in kinds else len(kinds)
    before = [at for at, kind in enumerate(kinds[:point]) if kind == "places"]
    after = "".join(text for kind, text in pieces[point:] if kind == "places")
    inner = kinds[before[0] : before[-1]] if before else []
    commas = kinds[(before[-1] if before else 0) : point].count(",") + kinds[point:].count(",")
    return _Section(
        pieces,
        test,
        bound,
        places=len(after),
        least=after.rfind("0") + 1,
        divided=3 * commas - 2 * kinds.count("%"),
        grouped="," in inner,
        split=any(kind not in ("places", ",") for kind in inner),
        around=_around(pieces),
    )


def _around(pieces: tuple[Piece, ...]) -> tuple[str, str] | None:
    shape = "".join(kind if kind in '"%,.' else "0" for kind, _ in pieces)
    digits = _ONE_PIECE.fullmatch(shape)
    if digits is None:
        return None
    whole = "".join(text for kind, text in pieces[: digits.end(2)] if kind == "places")
    if not whole.endswith("0") or whole.count("0") > 1:
        return None
    start, end = digits.start(2), digits.end(3)
    before, after = ("".join(text for kind, text in part if kind in '"%') for part in (pieces[:start], pieces[end:]))
    return before.lstrip(), after.rstrip()


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[int, bool]:
    """Which section shows a figure, and whether without its sign; -1 where the code has none for it."""
    if len(sections) == 1 and sections[0].around:
        return 0, False
    numbers = [one for one in sections[:3] if not any(kind == "@" for kind, _ in one.pieces)]
    if not numbers:
        return -1, False
    if any(one.test for one in numbers):
        for at, one in enumerate(numbers):
            if not one.test or _TESTS[one.test](value, one.bound):
                return at, one.test in ("<", "<=") and one.bound <= 0
        return len(numbers) - 1, False
    if value < 0 and len(numbers) > 1:
        return 1, True
    return (2, False) if value == 0 and len(numbers) > 2 else (0, False)


def _figure(section: _Section, value: float) -> str:
    kinds = [] if section.around else [kind for kind, _ in section.pieces]
    if "general" in kinds:
        return "".join(general(value) if kind == "general" else text for kind, text in section.pieces).strip()
    if "exponent" in kinds or "/" in kinds:
        return general(value)
    if section.around is None and "places" not in kinds:
        return "".join(text for kind, text in section.pieces if kind in '"%').strip()
    exact = Decimal(repr(value))
    if section.divided:
        exact = exact.scaleb(-section.divided)
    exact = exact.quantize(_QUANTA[section.places], context=_EXACT)
    if section.around is not None and section.least == section.places:
        return f"{section.around[0]}{exact:{',f' if section.grouped else 'f'}}{section.around[1]}"
    whole, _, fraction = format(exact, "f").partition(".")
    fraction = fraction[: section.least] + fraction[section.least :].rstrip("0")
    return _written(section, whole, fraction).strip()


def _written(section: _Section, whole: str, fraction: str) -> str:
    places = _whole_places(section)
    whole = whole.lstrip("0").rjust(places.count("0") and len(places) - places.index("0"), "0")
    heads = iter(_heads(section, whole))
    pieces: list[str] = []
    pointed = False
    for kind, text in section.pieces:
        if kind == ".":
            pointed = True
            pieces.append(f".{fraction}" if fraction or section.least else "")
        elif kind == "places" and not pointed:
            pieces.append(next(heads))
        elif kind in '"%/':
            pieces.append(text)
    return ("" if places else whole) + "".join(pieces)


def _whole_places(section: _Section) -> str:
    pieces = section.pieces
    point = next((at for at, (kind, _) in enumerate(pieces) if kind == "."), len(pieces))
    return "".join(text for kind, text in pieces[:point] if kind == "places")


def _heads(section: _Section, whole: str) -> list[str]:
    """The digits before the point, shared out to the runs of places that stand for them."""
    runs = []
    for kind, text in section.pieces:
        if kind == ".":
            break
        if kind == "places":
            runs.append(len(text))
    if not section.split:
        return [_thousands(whole) if section.grouped else whole, *[""] * (len(runs) - 1)] if runs else []
    ends = [sum(runs[at:]) for at in range(1, len(runs))]
    cuts = [0, *(max(0, len(whole) - end) for end in ends), len(whole)]
    return [whole[start:end] for start, end in pairwise(cuts)]


def _thousands(whole: str) -> str:
    first = len(whole) % 3
    groups = [whole[at : at + 3] for at in range(first, len(whole), 3)]
    return ",".join([whole[:first], *groups] if first else groups)
