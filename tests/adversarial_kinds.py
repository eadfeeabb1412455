"""Texts and files that are made to be slow: each a function of its size in characters."""

from __future__ import annotations

from collections.abc import Callable

Make = Callable[[int], str]


def _over(size: int, form: Callable[[int], str]) -> str:
    """Numbered pieces up to a size."""
    pieces, length, number = [], 0, 0
    while length < size:
        piece = form(number)
        pieces.append(piece)
        length += len(piece)
        number += 1
    return "".join(pieces)


def _fill(unit: str) -> Make:
    return lambda size: unit * (size // len(unit) + 1)


def _count(form: Callable[[int], str]) -> Make:
    return lambda size: _over(size, form)


def _around(left: str, middle: str, right: str) -> Make:
    return lambda size: left * (size // (len(left) + len(right))) + middle + right * (size // (len(left) + len(right)))


def _cells(columns: int, gap: str, form: Callable[[int], str]) -> Make:
    return lambda size: (
        "表1 收支情况\n单位：万元\n"
        + _over(size, lambda row: gap.join([f"项目{row}", *(form(row + column) for column in range(columns))]) + "\n")
    )


_HAN = "〇一二三四五六七八九十百千万亿"
_MANY = "县医院", "云川县", "学校", "粮食产量", "投资", "门诊", "罚款", "参保人数"

NORMAL = (
    "云川县2024年工作总结\n\n一、医疗卫生\n（一）基层服务。全年新建村卫生室12个，其中标准化卫生室8个，占66.7%。"
    "门诊人次54.79万人次，比上年增长5.6%。\n（二）投资。全年完成投资3.2亿元，同比增长5.6个百分点。截至6月底，"
    "县医院共有床位350张，较年初增加20张。城镇居民人均可支配收入32156元，同比增长6.1%。\n"
)

TEXTS: dict[str, Make] = {
    "normal report": _fill(NORMAL),
    # numerals
    "digits": _fill("1"),
    "digits with commas": _fill("1,"),
    "digits in threes": _fill("123,"),
    "digits with points": _fill("1."),
    "digits with spaces": _fill("1 "),
    "ranges a-b-c": _fill("1-"),
    "ranges a~b~c": _fill("12%~"),
    "ranges with 至": _fill("12至"),
    "ratios a:b:c": _fill("1:"),
    "fractions a/b/c": _fill("1/"),
    "percent": _fill("12%"),
    "percent points": _fill("1.2个百分点"),
    "full-width digits": _fill("１２．３％，"),
    "Chinese numerals": _fill(_HAN),
    "百分之": _fill("百分之三十五点"),
    "scales": _fill("万亿"),
    "odd digits": _fill("①²½٣𝟙"),
    "signs": _fill("+-±"),
    "minus figures": _fill("-12.5%,"),
    "letters and digits": _fill("A1b2"),
    "dates": _fill("2024年1月2日"),
    "dates with points": _fill("2024.1.2."),
    "dates with dashes": _fill("2024-01-02至"),
    "years": _fill("2024年"),
    "half years": _fill("2024年上半年"),
    "months": _fill("1月"),
    "quarters": _fill("一季度"),
    "periods glued": _fill("“十四五”期间"),
    "clock": _fill("8:30-"),
    "ordinals": _fill("第1、"),
    "ordinals in a row": _fill("第一批第二次"),
    "units": _fill("元/人"),
    "units in a row": _fill("万元亩吨公里个家人次"),
    "figures and units": _fill("12万元34亩5吨"),
    "figures without units": _fill("12，34；"),
    "about": _fill("约近超过不低于"),
    "above and below": _fill("12以上以下左右"),
    # words
    "endless 其中": _fill("其中"),
    "其中 with figures": _fill("其中12家，"),
    "其中 in one sentence": _count(lambda n: f"其中{_MANY[n % 8]}{n}家，"),
    "其中 chains": _count(lambda n: f"收入{n + 9}万元，其中：税收{n + 5}万元，其中：增值税{n}万元；"),
    "同比增长 chains": _fill("同比增长5.6%，"),
    "同比 without figures": _fill("同比增长"),
    "increase to": _fill("由12家增加到15家，"),
    "占 chains": _fill("占比重的"),
    "占 with figures": _fill("占全县的12%，"),
    "分别 chains": _fill("分别"),
    "分别 over many": lambda size: "医院、" * (size // 6) + "学校分别为" + "1家、" * (size // 6) + "2家。",
    "many 分别": _fill("医院、学校分别为12家和13家，"),
    "lists with 、": _fill("医院、"),
    "lists with 和": _fill("医院和学校及"),
    "lists of figures": _fill("医院12家、"),
    "enumerators": _fill("一是二是三是"),
    "enumerators with figures": _fill("一是完成12家；二是完成13家；"),
    "regions glued": _fill("云川县临溪市"),
    "real regions glued": _fill("贵州省黔西南布依族苗族自治州兴义市"),
    "a region again and again": _fill("北京市"),
    "regions with figures": _fill("兴义市12家，北京市13家，"),
    "levels of regions": _fill("省市县乡镇村"),
    "organization suffixes": _fill("局委办中心"),
    "organizations": _fill("县卫生健康局"),
    "organizations with figures": _fill("县卫生健康局12件，"),
    "hospitals": _fill("县医院"),
    "的": _fill("的"),
    "率": _fill("率"),
    "goals": _fill("力争目标任务达到12%，"),
    "negations": _fill("不未没有无"),
    "per head": _fill("人均每人户均"),
    "ages": _fill("65岁及以上老年人"),
    "totals": _fill("共计合计总"),
    "sums with many parts": lambda size: "全县学校合计9999所，其中：" + _over(size, lambda n: f"第{n}中学{n}所、"),
    "one indicator, many values": _count(lambda n: f"全年粮食产量{n}.5万吨。\n"),
    "one indicator, one value": _fill("全年粮食产量36.5万吨。\n"),
    "one indicator, one sentence": _count(lambda n: f"粮食产量{n}.5万吨，"),
    "many indicators once": _count(lambda n: f"全年第{chr(0x4E00 + n % 20000)}{chr(0x4E00 + n % 19997)}产量{n}吨。\n"),
    "many indicators, one value": _count(lambda n: f"{chr(0x4E00 + n % 20000)}{chr(0x4E00 + n % 19997)}产量5吨。\n"),
    "many indicators, one sentence": _count(lambda n: f"{chr(0x4E00 + n % 20000)}{chr(0x4E00 + n % 19997)}产量{n}吨，"),
    "many years of one indicator": _count(lambda n: f"{1950 + n % 90}年粮食产量{n}.5万吨。\n"),
    "many regions of one indicator": _count(lambda n: f"{_HAN[n % 10]}{_HAN[n // 10 % 10]}县粮食产量{n}吨。\n"),
    "rates and parts": _count(lambda n: f"应检{n + 9}家，实检{n}家，检查率{n % 100}%。\n"),
    "levels and changes": _count(lambda n: f"投资{n}亿元，增长{n % 9}%，增加{n % 7}亿元。\n"),
    # brackets and quotes
    "open brackets": _fill("（"),
    "closed brackets": _fill("）"),
    "nested brackets": _around("（", "12家", "）"),
    "nested brackets with figures": _around("（12家", "", "）"),
    "bracket pairs": _fill("医院（12家）"),
    "all brackets open": _fill("（([【〔〈《「『｛{"),
    "mixed brackets": _fill("（]【)"),
    "open quotes": _fill("“"),
    "quotes": _fill("“一”"),
    "straight quotes": _fill('"a'),
    "titles": _fill("《"),
    "titles with figures": _fill("《12家》"),
    "footnotes": _fill("12家[1]"),
    # headings and lines
    "headings 一、": _fill("一、医院\n"),
    "headings （一）": _fill("（一）医院\n"),
    "headings 1.": _fill("1.医院\n"),
    "headings 1.1.1": _count(lambda n: ".".join(["1"] * (n % 50 + 1)) + " 医院\n"),
    "headings nested": _count(lambda n: ("一、", "（一）", "1.", "（1）", "①", "第一章", "a.")[n % 7] + "医院12家\n"),
    "headings of Markdown": _count(lambda n: "#" * (n % 40 + 1) + " 医院\n"),
    "headings glued": _fill("一、（一）1.（1）①"),
    "stars": _fill("**"),
    "sentences": _fill("全年流转文件620份，其中收文350份。"),
    "one sentence 10,000 times": _fill("全年流转文件620份，其中收文350份。\n"),
    "a line without end": _fill("全年流转文件620份，其中收文350份，"),
    "a word without end": _fill("全面推进健康云川建设工作"),
    "different characters": _count(lambda n: chr(0x4E00 + n * 7919 % 20000)),
    "stops": _fill("，"),
    "full stops": _fill("。"),
    "colons": _fill("："),
    "dashes": _fill("—"),
    "dots": _fill("…"),
    "leaders": _fill("医院........12\n"),
    "line ends": _fill("\n"),
    "short lines": _fill("医\n"),
    "wrapped lines": _fill("全年完成投资增长较快比上年提高百分之五其中工业投资保持较快\n"),
    "page numbers": _fill("—\n1\n—\n"),
    "form feeds": _fill("县情\f5\n"),
    "urls": _fill("http://a.b/1?"),
    "mail": _fill("a.b@c."),
    # white space and odd characters
    "spaces": lambda size: "医院" + " " * size + "12家",
    "wide spaces": _fill("\u3000"),
    "all kinds of space": _fill(" \t\u00a0\u2003\u3000\u200b\ufeff"),
    "spaces between characters": _fill("全 年 完 成 12 家"),
    "zero width": _fill("1\u200b2\u200d"),
    "direction marks": _fill("\u202e1\u202c"),
    "combining marks": lambda size: "e" + "\u0301" * size,
    "marks with figures": _fill("1\u0301家"),
    "emoji": _fill("👨‍👩‍👧12家"),
    "beyond the first plane": _fill("𠀀𪜀12家"),
    "compatibility characters": _fill("㎡㎏㈠豈"),
    "replacement characters": _fill("\ufffd"),
    "private characters": _fill("\ue000"),
    "hangul and kana": _fill("가カ"),
    "latin words": _fill("lorem ipsum "),
    # tables as text
    "tabs": _fill("12\t"),
    "rows with tabs": _cells(4, "\t", lambda n: f"{n}.5"),
    "wide rows with tabs": _cells(300, "\t", lambda n: str(n)),
    "one row without end": lambda size: "指标\t" + _over(size, lambda n: f"{n}\t"),
    "rows with spaces": _cells(4, "   ", lambda n: f"{n}.5"),
    "one cell per line": _cells(3, "\n", lambda n: f"{n}.5"),
    "pipes": _cells(4, " | ", lambda n: f"{n}.5"),
    "pipes only": _fill("|"),
    "rules of Markdown": _fill("|---|"),
    "empty cells": _fill("\t\t12\n"),
    "budget table": _count(lambda n: f"20{n % 90 + 10}\t科目{n}\t{n}.5\t{n + 1}.5\t{n % 9}.6%\n"),
    "masked figures": _fill("1**"),
    "masks": _fill("*×"),
    "one mask": _fill("＊"),
    "captions": _fill("表1 收支情况\n单位：万元\n"),
    "units said": _fill("单位：万元、%\n"),
}

PAGES: dict[str, Make] = {
    "spaces": lambda size: "<title>医院" + "\u3000" * size + "公报</title><p>医院" + "\u3000" * size + "12家</p>",
    "dashes": lambda size: "<title>" + "医-" * (size // 2) + "</title><p>" + "—_|" * (size // 3) + "12家</p>",
    "nested tags": lambda size: "<div>" * (size // 5) + "12家",
    "nested inline tags": lambda size: "<b>" * (size // 3) + "12家",
    "nested tables": _fill("<table><tr><td>12家"),
    "nested lists": _fill("<ul><li>12家"),
    "attributes": lambda size: "<p " + _over(size, lambda n: f"a{n}=1 ") + ">12家</p>",
    "paragraphs": _fill("<p>全年投资3.2亿元。</p>"),
    "cells": lambda size: "<table>" + _over(size, lambda n: f"<tr><td>项目{n}<td>{n}.5") + "</table>",
    "wide table": lambda size: "<table><tr>" + _over(size, lambda n: f"<td>{n}") + "</table>",
    "tables": _fill("<table><tr><td>医院<td>12</table>"),
    "huge spans": _fill("<table><tr><td colspan=99999 rowspan=99999>医院<td>12</table>"),
    "entities": _fill("&lt;&#20113;"),
    "angle brackets": _fill("<"),
    "open comments": _fill("<!--"),
    "scripts": _fill("<script>12家</script>"),
    "line breaks": _fill("医院12家<br>"),
    "spans": _fill("<span>医</span><font>院</font>"),
}

SHEETS: dict[str, Make] = {
    "columns": lambda size: "指标," + _over(size, lambda n: f"{n},") + "\n",
    "rows": lambda size: "指标,2023年,2024年\n" + _over(size, lambda n: f"项目{n},{n}.5,{n + 1}.5\n"),
    "commas": _fill(","),
    "one label": lambda size: f"指标,2023年,{'[一' * (size // 4)}\n{'一]' * (size // 4)},12,13\n",
    "open quote": lambda size: '"' + "医院,12\n" * (size // 6),
    "quotes": _fill('""'),
    "rows of unlike lengths": _count(lambda n: "医院," * (n % 30) + f"{n}\n"),
}

KINDS: dict[str, tuple[str, Make]] = {
    **{name: ("恶意.txt", make) for name, make in TEXTS.items()},
    **{f"html: {name}": ("恶意.html", make) for name, make in PAGES.items()},
    **{f"csv: {name}": ("恶意.csv", make) for name, make in SHEETS.items()},
}
"""By name, the file's name and what makes its text."""
