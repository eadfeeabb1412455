"""Wholes: totals with the parts that the structure of the text gives them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from operator import attrgetter
from typing import Final

from pipeline.audit.closed import closed
from pipeline.audit.figure import Figure
from pipeline.audit.groupings import groupings
from pipeline.audit.openings import openings, within
from pipeline.audit.points import points
from pipeline.audit.report import Report
from pipeline.audit.slips import slip
from pipeline.audit.whole import Whole, alike
from pipeline.audit.words import Words

_GOES_ON: Final = re.compile("(?<!增)加上?|。")
_BRACKET: Final = re.compile("[^，。；（(]{0,12}[（(][^，。；）)]{0,6}")
LONGEST_BRACKET: Final = 19
"""Characters that it finds at most."""
SENTENCES: Final = 6
"""How many sentences behind its total a part stands at most."""
REACH: Final = 10
"""How many figures back the whole of a well-known division may stand."""
FEW: Final = 3
"""Digits from which a slip explains a sum that does not close, where nothing is left out."""

_number: Final = attrgetter("number")


@lru_cache(maxsize=2)
def wholes(report: Report) -> tuple[Whole, ...]:
    """All totals of a report with their parts; the same parts of a total only once.

    Example: ``wholes(report)[0].total.text`` → ``491份``
    """
    found: dict[tuple[int, ...], Whole] = {}
    for source in (_balances, _splits, _linked, _opened, _bracketed, closed):
        for whole in source(report):
            found.setdefault((whole.total.number, *map(_number, whole.parts)), whole)
    return tuple(found.values())


@lru_cache(maxsize=2)
def parts_told(report: Report) -> frozenset[tuple[str, str]]:
    """Each part with its total, by their ids, so far as words and not the sum alone say that it is one.

    Example: 发文210份 with 491份
    """
    return frozenset((part.id, one.total.id) for one in wholes(report) if one.how != "closed" for part in one.parts)


def _linked(report: Report) -> Iterator[Whole]:
    of: dict[str, list[Figure]] = defaultdict(list)
    for figure in report.figures:
        if figure.part_of:
            of[figure.part_of].append(figure)
    for id, parts in of.items():
        whole = report.by_id.get(id)
        if whole is None:
            continue
        fitting = [part for part in parts if _addable(whole, part) and _near(whole, part)]
        fitting = _until_closed(report, whole, [part for part in fitting if not _is_stock(report, whole, part)])
        for run in _divisions(report, whole, fitting):
            words = report.between(max(whole, report.figures[run[0].number - 1], key=_end), run[0])
            said = len(run) > 1 and bool(report.words.pattern("exhaustive").search(words)) and not _leaves(report, run)
            yield Whole(whole, tuple(run), said and not whole.is_ratio and _shared_word(run), "linked")


def _end(figure: Figure) -> int:
    return figure.end


def _leaves(report: Report, parts: Sequence[Figure]) -> bool:
    """Whether a list of parts goes on behind the bracket it began in: 5万辆（包括货车1万辆），其中私人汽车4万辆."""
    between = report.between(parts[0], parts[-1])
    return between.count("）") + between.count(")") > between.count("（") + between.count("(")


def _near(whole: Figure, part: Figure) -> bool:
    """Whether a part stands within a few sentences of its total, or in its table."""
    return part.sentence - whole.sentence < SENTENCES or part.rule.startswith("cell.")


def _addable(whole: Figure, part: Figure) -> bool:
    """3994.7万老年人 has no unit of its own; its parts tell it."""
    bare = whole.unit == "" and part.is_level and whole.is_level and not part.is_ratio and not whole.is_ratio
    return alike(whole, part) or bare


def _bracketed(report: Report) -> Iterator[Whole]:
    """A figure in brackets right behind another of its unit: 13户企业（10户规上）."""
    for whole, part in pairwise(report.figures):
        if whole.unit != part.unit or part.start - whole.end > LONGEST_BRACKET or part.part_of:
            continue
        if whole.status == part.status and _BRACKET.fullmatch(report.between(whole, part)) and alike(whole, part):
            yield Whole(whole, (part,), False, "linked")


def _opened(report: Report) -> Iterator[Whole]:
    """The lists that 其中 or 按经营地分 opens and whose figures the reader did not link to their total."""
    yield from (Whole(whole, parts, True, "opened") for whole, parts in points(report))
    for whole, parts in (*openings(report), *groupings(report)):
        every = Whole(whole, parts, False, "opened")
        yield every if _is_meant(report, every) else every.of(within(whole, parts))


def _is_meant(report: Report, whole: Whole) -> bool:
    """Whether a list that leaves nothing out makes its total, or would with another digit."""
    known = divides(report, whole.parts) or has_others(report, whole.parts)
    return known and (whole.verdict == "consistent" or bool(slip(whole, FEW)))


def _is_stock(report: Report, whole: Figure, part: Figure) -> bool:
    """现有 or 累计 in a list of parts is all there is, no part, unless 其中 says so: 新储备25人，…，现有640人."""
    opening = report.before(part, len(part.indicator) + 4)
    if whole.end < part.start:
        opening = opening[-(part.start - whole.end) :]
    told = report.words.pattern("stock_words").search(opening) and not report.words.pattern("openers").search(opening)
    return bool(told) and part.label[:2] not in opening[:2]


def _until_closed(report: Report, whole: Figure, parts: list[Figure]) -> list[Figure]:
    """The parts up to the one that closes the total: what follows is something else."""
    so_far = 0.0
    for count, part in enumerate(parts, 1):
        so_far += part.value
        if count > 1 and abs(so_far - whole.value) <= count * whole.step / 2:
            return parts[:count]
    return next((parts[:count] for count in range(len(parts), 1, -1) if divides(report, parts[:count])), parts)


def divides(report: Report, parts: Sequence[Figure]) -> bool:
    """Whether parts are the members of a division everybody knows: 铁路, 公路, 水路, 航空.

    Example: ``divides(report, whole.parts)`` for 博士生, 硕士生, 本科生, 大专生
    """
    known = _divisions_of(report.words, len(parts))
    labels = [part.label for part in parts] if known else []
    told = "\n".join(labels)
    return any(
        members[0] in told and all(sum(one in label for label in labels) == 1 for one in members) for members in known
    )


def has_others(report: Report, parts: Sequence[Figure]) -> bool:
    """Whether 其他 ends the list, which leaves nothing out, unless it is part of a name: 其他服务业.

    Example: ``has_others(report, whole.parts)`` for 医院, 基层医疗卫生机构, 其他机构
    """
    last = report.words.pattern("no_others").sub("", parts[-1].indicator)
    return any(word in last for word in report.words.group("others"))


@cache
def _divisions_of(words: Words, count: int) -> tuple[tuple[str, ...], ...]:
    """The well-known divisions that have so many members."""
    return tuple(members for members in words.rows("divisions") if len(members) == count)


def _shared_word(run: Sequence[Figure]) -> bool:
    """Parts that stand one behind the other in a sentence, as 分别 gives them."""
    return all(b.sentence == a.sentence for a, b in pairwise(run))


def _divisions(report: Report, whole: Figure, parts: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The parts, cut where another 其中 begins another division of the same total."""
    run: list[Figure] = []
    for part in parts:
        if run and "其中" in report.text[run[-1].end : part.start] and part.sentence != run[-1].sentence:
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _balances(report: Report) -> Iterator[Whole]:
    """What stands before a figure called 总计 in its sentence, back to the total before."""
    totals = report.words.group("totals")
    told = {figure.sentence for figure in report.ending(*totals)}
    for figures in report.by_sentence:
        if figures[0].sentence not in told:
            continue
        run: list[Figure] = []
        for figure in figures:
            if not figure.is_level or figure.is_ratio:
                continue
            if figure.label.endswith(totals):
                parts = [part for part in run if alike(figure, part) and not part.part_of]
                if parts and figure.dimension == "money":
                    whole = _with_base(report, Whole(figure, tuple(parts), True, "balance"))
                    if len(whole.parts) > 1:
                        yield _closest(report, whole)
                run = []
            else:
                run.append(figure)


def _closest(report: Report, whole: Whole) -> Whole:
    """The balance with the items that close it: one more from the sentence before, or without one told in passing."""
    whole = _without_plans(_with_base(report, whole))
    tried = _in_order(whole, whole.parts)
    return tried if len(tried.parts) > 1 and tried.verdict == "consistent" else _mended(report, whole)


def _in_order(whole: Whole, parts: Sequence[Figure]) -> Whole:
    return whole.of(tuple(sorted(parts, key=_number)))


def _mended(report: Report, whole: Whole) -> Whole:
    """A balance that does not close with one or two figures more, or without one; as it is, if nothing helps."""
    first = whole.parts[0]
    before = report.figures[max(0, first.number - REACH) : first.number]
    more = [one for one in before if alike(whole.total, one) and one.paragraph == first.paragraph]
    more = [one for one in more if one.is_level and one.period == whole.total.period]
    told = {part.label for part in whole.parts}
    more = [one for one in more if one not in whole.parts and one.label not in told]
    without = [tuple(one for one in whole.parts if one is not left_out) for left_out in whole.parts]
    without = [] if is_whole_balance(report, whole) else without
    added = [(*extra, *whole.parts) for count in (1, 2) for extra in combinations(more, count)]
    for parts in (*without, *added):
        tried = _in_order(whole, parts)
        if len(parts) > 1 and tried.verdict == "consistent":
            return tried
    return whole


def _without_plans(whole: Whole) -> Whole:
    """The balance without what its items were planned to be: 支出127万元，为年初预算132万元的96.4%."""
    parts = [part for at, part in enumerate(whole.parts) if not _again(part, whole.parts[:at])]
    return whole.of(tuple(parts)) if len(parts) > 1 else whole


def _again(part: Figure, earlier: Sequence[Figure]) -> bool:
    return any(part.label.startswith(one.label) and part.status != one.status for one in earlier)


def _with_base(report: Report, whole: Whole) -> Whole:
    """The balance with the revenue or expenditure it begins with, where that was told in a sentence before."""
    names, first = _bases(report, whole), whole.parts[0]
    if _has_base(report, whole):
        return whole
    told: list[Figure] = []
    for one in reversed(report.figures[max(0, first.number - REACH) : first.number]):
        if one.paragraph != first.paragraph or one.label.endswith(report.words.group("totals")):
            break
        planned = one.status != whole.total.status
        if (
            not planned
            and _is_base(one, names)
            and alike(whole.total, one)
            and _related(one.entity, whole.total.entity)
        ):
            told.append(one)
    base = next((one for one in told if one.period == whole.total.period), told[0] if told else None)
    return whole.of((base, *whole.parts)) if base else whole


def _related(one: str, other: str) -> bool:
    """云川市 and 云川市本级: a balance that begins 全市 or 市本级 goes on with the shorter name."""
    return one in other or other in one


def is_whole_balance(report: Report, whole: Whole) -> bool:
    """Whether a balance begins with the revenue or expenditure itself and names no item of an item before its total.

    Of 530 such balances in real budget reports 528 close: one that does not was meant to.

    Example: 一般公共预算支出58万元，加上补助下级支出61万元，调出资金565万元，支出总计684万元
    """
    if whole.how != "balance" or not _has_base(report, whole):
        return False
    gaps = (report.text[one.end : other.start] for one, other in pairwise(whole.parts))
    return not any(_opens_items(gap, report.words.group("in_passing")) for gap in gaps)


def _opens_items(gap: str, words: Sequence[str]) -> bool:
    """Whether what stands between two items says that the second is part of the first: 其中, 主要包括."""
    tails = (gap.rpartition(word)[2] for word in words if word in gap)
    return not all(_GOES_ON.search(tail) for tail in tails)


def _has_base(report: Report, whole: Whole) -> bool:
    names = _bases(report, whole)
    return any(_is_base(part, names) for part in whole.parts)


def _is_base(figure: Figure, names: frozenset[str]) -> bool:
    """Whether a label is the revenue or expenditure itself, or ends with that of a fund: 市级政府性基金收入."""
    return figure.label in names or figure.label.endswith(tuple(name for name in names if len(name) > 2))


def _bases(report: Report, whole: Whole) -> frozenset[str]:
    side = next((word for word in report.words.group("sides") if word in whole.total.label), "")
    return _names(report.words, side)


@cache
def _names(words: Words, side: str) -> frozenset[str]:
    """What a side of a budget is called, of any fund."""
    return frozenset(f"{fund}{side}" for fund in ("", *words.group("funds"))) if side else frozenset()


def _splits(report: Report) -> Iterator[Whole]:
    """Divisions everybody knows: 税收 and 非税, the three industries, exports and imports."""
    for name, *members in report.words.rows("splits"):
        for figure in report.holding(members[0]):
            if figure.is_level and not figure.is_ratio:
                yield from _split(report, figure, name, members)


def _split(report: Report, first: Figure, name: str, members: Sequence[str]) -> Iterator[Whole]:
    parts = [first]
    for member in members[1:]:
        found = _next_member(report, parts[-1], first, member, members[0])
        if found is None:
            return
        parts.append(found)
    whole = _whole_of(report, first, name, members)
    if whole is not None:
        yield Whole(whole, tuple(parts), True, "split")


def _next_member(report: Report, last: Figure, first: Figure, member: str, opening: str) -> Figure | None:
    wanted = first.label.replace(opening, member)
    near = report.figures[last.number + 1 : last.number + 1 + REACH]
    return next(
        (
            one
            for one in near
            if alike(first, one)
            and one.label == wanted
            and one.paragraph - first.paragraph <= 1
            and (one.entity, one.period, one.status) == (first.entity, first.period, first.status)
        ),
        None,
    )


def _whole_of(report: Report, first: Figure, name: str, members: Sequence[str]) -> Figure | None:
    wanted = first.label.replace(members[0], "") if name == "*" else name
    if len(wanted) < 2:
        return None
    for one in reversed(report.figures[max(0, first.number - REACH) : first.number]):
        fits = one.label == wanted if name == "*" else one.label.endswith(wanted)
        same = (one.entity, one.period, one.status) == (first.entity, first.period, first.status)
        if alike(one, first) and fits and same and not any(member in one.label for member in members):
            return one if first.paragraph - one.paragraph <= 1 else None
    return None
