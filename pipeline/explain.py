"""Why a row of ``mentions`` is as it is: the sentence, and where each field came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from pipeline.titles import titles

if TYPE_CHECKING:
    from lexicons import Lexicons

Row = Mapping[str, Any]
_YEAR: Final = re.compile(r"(?:19|20)[\dX]{2}|[〇零一二三四五六七八九]{4}")
AROUND: Final = 24
"""Characters of an earlier passage that are shown before and behind the words meant."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known around a mention; what is not known stays empty.

    Example: ``Scene(sentence="早孕建册率93.6%。", at=5, source="云川县.txt", title="云川县2024年工作总结")``
    """

    sentence: str
    at: int
    """Where in the sentence the figure begins."""
    section: str = ""
    source: str = ""
    title: str = ""
    region: str = ""
    period: str = ""
    before: str = ""
    """The text of the report before the sentence."""
    remarks: tuple[tuple[str, str], ...] = ()
    """What others say of the figure: findings, its total, its parts; each with a head."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One field of a mention: what it is, and why.

    Example: ``Reason("时期", "2024-01/2024-06", "本句写有“上半年”")``
    """

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a mention is as it is; as text it is what ``zhibiao explain`` prints.

    >>> import zhibiao
    >>> told = zhibiao.explain(zhibiao.mentions("盐池县2024年罚款3.8万元。")[0])
    >>> print(told.sentence[: told.at] + "【" + told.sentence[told.at : told.at + len(told.text)] + "】")
    盐池县2024年罚款【3.8万元】
    >>> [reason.why for reason in told.reasons if reason.field == "时期"]
    ['本句写有“2024年”']
    """

    text: str
    sentence: str
    at: int
    source: str
    section: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        marked = f"{self.sentence[: self.at]}【{self.text}】{self.sentence[self.at + len(self.text) :]}"
        where = [line for line in (self.source, self.section) if line]
        shown = [f"{one.field}　{one.value}" + (f"　　{one.why}" if one.why else "") for one in self.reasons]
        return "\n".join([*where, marked.replace("\n", ""), *shown])

    def _repr_html_(self) -> str:
        """What Jupyter shows."""
        before, behind = self.sentence[: self.at], self.sentence[self.at + len(self.text) :]
        where = " · ".join(escape(line) for line in (self.source, self.section) if line)
        said = f"{escape(before)}<mark>{escape(self.text)}</mark>{escape(behind)}"
        cells = "".join(
            f"<tr><th>{escape(one.field)}</th><td>{escape(one.value)}</td><td>{escape(one.why)}</td></tr>"
            for one in self.reasons
        )
        return f"<div><small>{where}</small><p>{said}</p><table>{cells}</table></div>"

    def as_dict(self) -> dict[str, Any]:
        """As an object for JSON.

        >>> import zhibiao
        >>> zhibiao.explain(zhibiao.mentions("罚款3.8万元。")[0]).as_dict()["reasons"][0]["value"]
        '38,000 元'
        """
        return asdict(self)


def explain(mention: Row, scene: Scene, words: Lexicons) -> Explanation:
    """Why a mention is as it is; ``mention`` has the columns of the table of that name.

    Example: ``str(explain(row, scene, load()))``
    """
    reasons = [
        _value(mention, words),
        _indicator(mention, words),
        _kind(mention),
        _period(mention, scene),
        _entity(mention, scene, words),
        *_qualifier(mention),
        Reason("可信度", f"{mention['confidence']:g}", "该规则在标注报告上全对的比例，按名称长短等调整"),
        *(Reason(head, said, "") for head, said in scene.remarks),
    ]
    return Explanation(mention["text"], scene.sentence, scene.at, scene.source, scene.section, tuple(reasons))


def _value(mention: Row, words: Lexicons) -> Reason:
    value, upper, unit = mention["value"], mention["value_max"], mention["unit"]
    shown = f"{value:,.12g}" + ("" if _none(upper) else f"–{upper:,.12g}")
    comparator = mention["comparator"]
    sign = "" if comparator == "=" else f"{_name('comparator', comparator) if comparator.isalpha() else comparator} "
    scale = f"，乘以{mention['scale']:,.0f}" if mention["scale"] != 1 else ""
    entry = words.units.lookup(unit) if unit else None
    known = f"（units.toml：{entry.name}，{entry.dimension}）" if entry else ""
    written = f"，单位写作“{mention['unit_text']}”{known}" if mention["unit_text"] else "，没有单位"
    fall = "，下降记为负数" if value < 0 <= _number(mention["value_text"]) else ""
    return Reason("数值", f"{sign}{shown} {unit}".strip(), f"原文写作“{mention['value_text']}”{scale}{written}{fall}")


def _indicator(mention: Row, words: Lexicons) -> Reason:
    meanings = dict(entry.split("=", 1) for entry in words.words("rules.meanings"))
    rule = mention["rule"]
    why = f"规则 {rule}：{meanings.get(rule, '')}".removesuffix("：")
    id = mention["indicator_id"]
    if not _none(id):
        entry = next((one for one in words.indicators if one.id == id), None)
        definition = f"，{entry.definition}" if entry and entry.definition else ""
        why += f"；词条 indicators.toml {id}" + (f"（{entry.name}{definition}）" if entry else "")
    else:
        why += "；词典里没有这个指标"
    return Reason("指标", _shown(mention["indicator"]), why)


def _kind(mention: Row) -> Reason:
    status, measure, basis = mention["status"], mention["measure"], mention["basis"]
    against = f"（{_name('basis', basis)}）" if measure == "change" and basis != "none" else ""
    return Reason("性质", f"{_name('status', status)}，{_name('measure', measure)}{against}", "")


def _name(column: str, code: str) -> str:
    return str(titles()["values"][column][code])


def _period(mention: Row, scene: Scene) -> Reason:
    period, said, origin = mention["period"], mention["period_text"], mention["period_from"]
    if _none(period):
        return Reason("时期", "（无）", "本句、标题和文件都没有说")
    if origin == "sentence":
        year = "" if _none(said) or _YEAR.search(said) else "，年份随上下文"
        return Reason("时期", period, f"本句写有“{said}”{year}" if not _none(said) else "本句所说")
    if origin == "section" and not _none(said) and said in scene.section:
        return Reason("时期", period, f"{_heading(scene, said)}写有“{said}”")
    if origin in ("neighbour", "section") and not _none(said) and (earlier := _earlier(scene.before, [said])):
        return Reason("时期", period, f"承前文：{earlier}")
    by = {"neighbour": "承前文", "section": "取自本节标题或表头", "document": "本句没有说，取整份报告的时期"}[origin]
    report = f"{scene.period}（{scene.title or scene.source}）" if origin == "document" and scene.period else ""
    return Reason("时期", period, f"{by}{' ' if report else ''}{report}")


def _entity(mention: Row, scene: Scene, words: Lexicons) -> Reason:
    name, id = mention["entity"], mention["entity_id"]
    if _none(name):
        return Reason("主体", "（无）", "本句、标题和文件都没有说")
    region = None if _none(id) else words.regions.by_code(id)
    names = [name, *(region.short_names if region else ())]
    code = f"{name}（{id}）" if not _none(id) else name
    if said := next((one for one in names if one in scene.sentence), ""):
        return Reason("主体", code, f"本句写有“{said}”")
    if said := next((one for one in names if one in scene.section), ""):
        return Reason("主体", code, f"{_heading(scene, said)}写有“{said}”")
    if scene.region and name != scene.region and name.startswith(scene.region):
        level = name.removeprefix(scene.region)
        return Reason("主体", code, f"取报告所述的地区“{scene.region}”，按本句或本节所说的范围记作“{level}”")
    if name == scene.region:
        return Reason("主体", code, f"本句没有另说，取报告所述的地区（{scene.title or scene.source}）")
    if earlier := _earlier(scene.before, names):
        return Reason("主体", code, f"承前文：{earlier}")
    return Reason("主体", code, "由整份报告推断")


def _heading(scene: Scene, said: str) -> str:
    """What to call the heading that says it: the title of the report is no small one."""
    return "标题" if said in scene.title and scene.section.startswith(scene.title) else "小标题"


def _qualifier(mention: Row) -> list[Reason]:
    return [] if _none(mention["qualifier"]) else [Reason("限定", mention["qualifier"], "只指这一部分")]


def _earlier(before: str, names: Sequence[str]) -> str:
    """The last passage that says one of the names, with what stands around it."""
    at, name = max(((before.rfind(name), name) for name in names if name), default=(-1, ""))
    if at < 0:
        return ""
    first, last = max(0, at - AROUND), at + len(name) + AROUND
    shown = f"{before[first:at]}【{name}】{before[at + len(name) : last]}"
    return " ".join(shown.split())


def _shown(value: Any) -> str:
    return "（无）" if _none(value) else str(value)


def _none(value: Any) -> bool:
    """Whether a cell is empty: null, a data frame's gap, or nothing."""
    return value is None or value == "" or value != value


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0
