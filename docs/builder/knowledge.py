"""The references of the lexicons: units, indicators, words, regions."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import lexicons
from docs.builder.chinese import chinese
from docs.builder.markdown import code, plain, table
from lexicons import Indicator, Unit
from lexicons.loader import DATA
from lexicons.regions import NATION


def units() -> str:
    """Every unit, by what it measures.

    Example: ``| 平方米 | ㎡、m²、平米 | 1 | |``
    """
    known: dict[str, list[Unit]] = defaultdict(list)
    for unit in lexicons.load().units:
        known[unit.dimension].append(unit)
    return "\n".join(_dimension(name, of_it) for name, of_it in known.items())


def _dimension(name: str, of_it: Iterable[Unit]) -> str:
    heads = ["单位", "其他写法", "种类", "折算", "须有旁证的写法"]
    rows = (
        (code(one.name), _codes(one.aliases), chinese("unit_kinds", one.kind), _number(one.factor), _codes(one.strict))
        for one in of_it
    )
    return f"## {chinese('dimensions', name)} {code(name)}\n\n{table(heads, rows)}"


def indicators() -> str:
    """Every indicator, in the order of indicators.toml.

    Example: ``| 早孕建册率 | 早孕建卡率 | % | … |``
    """
    heads = ["指标", "别名", "单位", "方向", "合理范围", "编号、定义与出处"]
    return table(heads, map(_indicator, lexicons.load().indicators))


def _indicator(one: Indicator) -> tuple[str, ...]:
    limits = f"{_number(one.min)}～{_number(one.max)}" if one.min is not None or one.max is not None else ""
    about = f"{code(one.id)}<br>{plain(one.definition)}（{plain(one.source)}）{_computed(one)}"
    aliases = plain("、".join(one.aliases))
    return plain(one.name), aliases, code(one.unit), chinese("directions", one.direction), limits, about


def _computed(one: Indicator) -> str:
    """How a rate is computed, with all numerators and denominators in use."""
    if not one.multiplier:
        return ""
    above, below = (plain(" 或 ".join(names)) for names in (one.numerators, one.denominators))
    return f"<br>分子：{above}；分母：{below}；×{one.multiplier:g}"


def words() -> str:
    """Every group of words, by file.

    Example: ``| ge_before | 不低于、不少于 … |``
    """
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for name, members in lexicons.load().groups.items():
        stem, _, group = name.partition(".")
        groups[stem].append((group, members))
    return "\n".join(_file(stem, of_it) for stem, of_it in groups.items())


def _file(stem: str, groups: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    file = f"{stem}.toml"
    said = tomllib.loads((DATA / file).read_text(encoding="utf-8"))
    rows = ((code(group), _codes(members), plain(said[group].get("note", ""))) for group, members in groups)
    lines = ((f"{group}<br>{note}" if note else group, members) for group, members, note in rows)
    return f"## {file}\n\n{chinese('word_files', stem)}\n\n{table(['组及其说明', '词'], lines)}"


def regions() -> str:
    """How many regions of each level a province has, and how many other names are known.

    Example: ``| 640000 | 宁夏回族自治区 | 5 | 22 | … |``
    """
    known = lexicons.load().regions
    levels = Counter((region.code[:2], region.level) for region in known)
    names: Counter[str] = Counter()
    for region in known:
        names[region.code[:2]] += len({*region.short_names, *region.former, *region.abbreviations})
    provinces = sorted(known.children(NATION), key=lambda one: one.code)
    counts = [
        (levels[one.code[:2], "prefecture"], levels[one.code[:2], "county"], names[one.code[:2]]) for one in provinces
    ]
    rows = [(code(one.code), one.name, *of_it) for one, of_it in zip(provinces, counts, strict=True)]
    total = ("", "合计", *map(sum, zip(*counts, strict=True)))
    return table(["代码", "省级区划", "地级", "县级", "简称与曾用名"], [*rows, total])


def _codes(words: Iterable[str]) -> str:
    return " ".join(_words(words))


def _words(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield code(word) if "`" not in word else f"`` {word} ``"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"
