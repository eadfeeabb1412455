"""The Chinese names of what the tables write as codes: kinds, comparators, rules, roles, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KINDS: Final = {"level": "水平值", "change": "变化", "target": "目标"}
SEVERITIES: Final = {"error": "错误", "warning": "警告", "info": "提示"}
ROLES: Final = {
    "total": "总数", "part": "分项", "numerator": "分子", "denominator": "分母", "rate": "比率", "before": "此前",
    "after": "此后", "target": "目标", "actual": "实际", "level": "水平", "change": "变化", "growth": "增速",
    "units": "数量", "count": "个数", "value": "数值", "first": "首次", "again": "再次", "part_growth": "分项增速",
    "whole": "整体", "income": "收入", "expense": "支出", "share": "占比", "inflow": "流入", "stock": "存量",
    "rest": "其余", "closing": "期末", "exact": "准确数", "opening": "期初", "part_change": "分项变化", "rounded": "约数",
    "mean": "平均", "last": "末次", "points": "百分点", "output": "产出", "added": "增加", "new": "新增", "all": "累计",
    "outflow": "流出", "moved_out": "调出", "put_aside": "安排补充", "taken": "动用", "own_level": "本级",
    "passed": "通过", "item": "单项", "excluded": "剔除项", "upper": "上限", "lower": "下限", "moved_in": "调入",
    "above_higher": "较高档以上", "above_lower": "较低档以上", "year": "全年", "three_quarters": "前三季度",
    "standard": "标准", "money": "金额", "people": "人数", "counties": "县数", "greater": "较大者", "smaller": "较小者",
    "ratio": "比", "second": "第二",
}  # fmt: skip
LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "kinds": KINDS,
    "severities": SEVERITIES,
    "roles": ROLES,
    "verdicts": {
        "consistent": "相符", "truncated": "似为截尾", "inconsistent": "不符", "suspicious": "可疑", "undecided": "不能判定",
    },
    "comparators": {
        "=": "等于", ">=": "不少于", "<=": "不超过", ">": "超过", "<": "不足", "over": "多一些（余）", "nearly": "接近",
        "about": "约",
    },
    "statuses": {"actual": "实际", "target": "目标"},
    "measures": {"level": "水平值", "change": "变化"},
    "bases": {"yoy": "同比", "mom": "环比", "plan": "比计划", "previous": "比此前", "none": ""},
    "entity_kinds": {"region": "地区", "organization": "单位"},
    "directions": {"up": "越高越好", "down": "越低越好", "none": ""},
    "period_from": {
        "sentence": "本句写明", "neighbour": "沿用邻近句", "section": "沿用本节", "document": "沿用全文报告期",
    },
    "entity_from": {
        "sentence": "本句写明", "title": "取自标题", "issuer": "取自发文单位", "before": "上文写明", "document": "按全文地区",
    },
    "dimensions": {
        "money": "金额", "ratio": "比率", "count": "计数", "persons": "人数", "mass": "质量", "area": "面积",
        "occasions": "次数", "length": "长度", "percentage_points": "百分点", "energy": "能量", "volume": "体积",
        "power": "功率", "time": "时间", "temperature": "温度", "traffic": "周转量",
    },
    "rules": {
        "label.named": "数字前的名称", "label.counted": "动词加所数之物", "label.counted.adjacent": "紧邻的所数之物",
        "label.change": "变化词前的名称", "label.change.carried": "沿用前一指标名的变化", "label.carried": "沿用前一指标名",
        "label.respectively": "“分别”逐一对应", "label.part": "其中的分项", "label.share": "部分占整体",
        "label.relational": "相对前一指标", "label.bare-verb": "只有动词，补出宾语", "label.list": "并列各项",
        "label.attribute": "前一指标的属性", "label.parallel": "与前句同构", "label.purpose": "用途",
        "label.of-plan": "完成预算或任务", "label.result": "结果", "label.topic": "句首话题",
        "label.reference": "用作比较的标准", "label.compared": "与他处相比", "label.lead-in": "引导语",
        "cell.level": "表格单元格：水平值", "cell.change": "表格单元格：变化", "cell.share": "表格单元格：占比",
    },
}  # fmt: skip
"""By group the name of every code; what has none is shown as it is."""
