"""What the styles and lists of a .docx add to its paragraphs and runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from lxml import etree

from pipeline.readers.word.numbering import LEVELS, Level, NumberedList
from pipeline.readers.word.parts import Parts, W, number, tree
from pipeline.readers.word.shape import PER_BLANK, TWIPS_A_BLANK, Shape

_OFF = frozenset(("0", "false", "off", "none"))
_LONGEST_CHAIN = 20
_LABEL = 200


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids, each with those it is based on, and its lists.

    Example: ``styles_of(parts).shapes["a3"].hidden``
    """

    shapes: Mapping[str, Shape]
    lists: Mapping[str, NumberedList]
    usual: str = ""
    """Id of the style of paragraphs that name none."""


def shape(properties: etree._Element) -> Shape:
    """What a ``w:pPr`` or ``w:rPr`` says itself.

    Example: ``<w:pPr><w:ind w:firstLineChars="200"/></w:pPr>`` → two blanks
    """
    numbered = properties.find(f"{W}numPr")
    level = _value(numbered, "ilvl")
    raised = _value(properties, "vertAlign")
    blanks, first = _indents(properties.find(f"{W}ind"))
    return Shape(
        _switch(properties, "vanish"),
        None if raised is None else raised == "superscript",
        _value(numbered, "numId"),
        None if level is None else number(level),
        blanks,
        first,
        _value(properties, "jc"),
    )


def styles_of(parts: Parts) -> Styles:
    """The styles and lists of a package.

    Example: ``styles_of(parts).lists["1"].levels[0].text`` → ``"%1、"``
    """
    root = tree(parts.styles)
    own: dict[str, Shape] = {}
    bases: dict[str, str] = {}
    usual = ""
    for style in () if root is None else root.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        bases[name] = _value(style, "basedOn") or ""
        own[name] = _own(style)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF:
            usual = name
    lists, of_styles = _lists(tree(parts.numbering), {name: one.list for name, one in own.items() if one.list})
    for name, level in of_styles.items():
        if name in own and own[name].list is not None:
            own[name] = replace(own[name], level=level)
    return Styles({name: _whole(name, own, bases) for name in own}, lists, usual)


def _own(style: etree._Element) -> Shape:
    whole = Shape()
    for properties in style.iterchildren(f"{W}rPr", f"{W}pPr"):
        whole = shape(properties).over(whole)
    return whole


def _whole(name: str, own: Mapping[str, Shape], bases: Mapping[str, str]) -> Shape:
    whole = Shape()
    for _ in range(_LONGEST_CHAIN):
        if name not in own:
            break
        whole = whole.over(own[name])
        name = bases[name]
    return whole


def _lists(root: etree._Element | None, of_style: Mapping[str, str]) -> tuple[dict[str, NumberedList], dict[str, int]]:
    """Lists by their ids, and the levels that belong to styles."""
    if root is None:
        return {}, {}
    abstract = {one.get(f"{W}abstractNumId", ""): one for one in root.iter(f"{W}abstractNum")}
    counters = {one.get(f"{W}numId", ""): _value(one, "abstractNumId") or "" for one in root.iter(f"{W}num")}
    lists: dict[str, NumberedList] = {}
    styled: dict[str, int] = {}
    defined = {name: dict(_levels(one, styled)) for name, one in abstract.items()}
    for one in root.iter(f"{W}num"):
        name = one.get(f"{W}numId", "")
        counter = counters[name]
        linked = _value(abstract.get(counter), "numStyleLink")
        if linked and linked in of_style:
            counter = counters.get(of_style[linked], counter)
        levels = dict(defined.get(counter, {}))
        overrides = list(one.iterchildren(f"{W}lvlOverride"))
        for override in overrides:
            levels.update(_levels(override, styled))
        starts = {
            number(change.get(f"{W}ilvl")): start for change in overrides if (start := _start(change)) is not None
        }
        lists[name] = NumberedList(counter, levels, starts)
    return lists, styled


def _start(override: etree._Element) -> int | None:
    start = _value(override, "startOverride")
    return None if start is None else number(start)


def _levels(definition: etree._Element | None, styled: dict[str, int]) -> Iterator[tuple[int, Level]]:
    for level in () if definition is None else definition.iterchildren(f"{W}lvl"):
        at = number(level.get(f"{W}ilvl"))
        say = partial(_value, level)
        if 0 <= at < LEVELS:
            if style := say("pStyle"):
                styled.setdefault(style, at)
            restart, legal = say("lvlRestart"), level.find(f"{W}isLgl")
            form, text = say("numFmt") or "decimal", (say("lvlText") or "")[:_LABEL]
            after = None if restart is None else number(restart)
            yield at, Level(form, text, number(say("start")), after, legal is not None)


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "")


def _switch(properties: etree._Element, name: str) -> bool | None:
    stated = _value(properties, name)
    return None if stated is None else stated not in _OFF


def _indents(ind: etree._Element | None) -> tuple[int | None, int | None]:
    if ind is None:
        return None, None
    first, hanging = _blanks(ind, "firstLine"), _blanks(ind, "hanging")
    left = _blanks(ind, "left")
    return (_blanks(ind, "start") if left is None else left), (-hanging if hanging else first)


def _blanks(ind: etree._Element, name: str) -> int | None:
    # Characters count before twips where both are given.
    if characters := number(ind.get(f"{W}{name}Chars")):
        return round(characters / PER_BLANK)
    twips = ind.get(f"{W}{name}")
    return None if twips is None else round(number(twips) / TWIPS_A_BLANK)
