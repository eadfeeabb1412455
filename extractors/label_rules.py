"""The rules that name a figure. They are tried in order; the first that answers decides, and signs with its id."""

from __future__ import annotations

import re
from typing import Final

from extractors.carrying import Carrying
from extractors.comparisons import Comparisons
from extractors.hints import Endings
from extractors.labels import LabelJudge
from extractors.leaning import COUNTED, LONG_ITEM, SHORT_NOUN, Leaning, may_share_object
from extractors.needs import Need, Rule, rules_for, what_is_there
from extractors.parallels import Parallels
from extractors.phrases import PhraseReader
from extractors.places import Link, Place, headed, joined
from extractors.suffixes import AMONG_THEM, SuffixReader
from extractors.topics import Topics
from extractors.verbs import Verbs
from extractors.words import alternation, filled
from lexicons import Lexicons

_REACHED: Final = "(?P<share>words:labels.share_nouns)(?:为|达到?)$"
_TOLD_BEHIND: Final = ("label.counted", "label.relational")
"""Rules that may name a figure by the words behind it."""
_PEOPLE: Final = frozenset({"persons", "occasions"})
_TAKEN: Final = re.compile("[将把](?P<what>[^，。；、将把]{2,12})$")
_BETWEEN_ITEMS: Final = 6
"""Characters between the items of a list, as 。其中： has."""
_THAN: Final = ("比", "较")
_OWNER: Final = 4
"""Characters of a name that are enough without the verb it ends with: 安居工程|开工440套，基本建成236套."""


class LabelRules:
    """Names the figures of a sentence one by one.

    Example: 签约9.7万人 after 家庭医生团队36个 → 家庭医生团队签约 (label.bare-verb)
    """

    def __init__(
        self, lexicons: Lexicons, phrases: PhraseReader, suffixes: SuffixReader, judge: LabelJudge, verbs: Verbs
    ) -> None:
        self._phrases, self._suffixes, self._judge, self._verbs = phrases, suffixes, judge, verbs
        self._topics = topics = Topics(lexicons, phrases)
        beside = Comparisons(lexicons, phrases, suffixes)
        parallels = Parallels(lexicons, phrases, judge, verbs)
        self._carrying = Carrying(lexicons, topics)
        leaning = Leaning(lexicons, judge, verbs, topics.last)
        self.tells_goal, self.is_feature, self._joined = beside.tells_goal, leaning.is_feature, leaning.joined
        sets = ("labels.attribute", "labels.reaching", "labels.relational", "labels.follow_ups", "labels.whole_verbs")
        self._features, self._reaching, self._relational, self._follow_ups, self._whole_verbs = (
            frozenset(lexicons.words(one)) for one in sets
        )
        self._trade, self._leaving_out = map(lexicons.words, ("labels.trade", "labels.leaving_out"))
        self._settled, self._governing = lexicons.words("labels.settlements"), (*lexicons.words("labels.governing"), "")
        self._dwellers = dict(word.split("=") for word in lexicons.words("labels.dwellers"))
        self._pulling, self._down = lexicons.words("labels.pulling"), lexicons.words("labels.pulling_down")
        self._pulls = re.compile(alternation(lexicons, "labels.pulling"))
        self._growth = frozenset(lexicons.words("roles.rate_of_growth"))
        self._better, self._better_lower = (
            lexicons.words("roles.improved"),
            Endings(lexicons.words("roles.better_lower")),
        )
        self._bare_sums = frozenset(lexicons.words("labels.bare_sums"))
        self._references = lexicons.words("labels.references")
        self._heads = Endings(lexicons.words("labels.shared_heads"))
        self._modifiers = lexicons.words("labels.modifiers")
        self._levels = tuple(word for word in self._modifiers if word.endswith("级"))
        self._level_names = frozenset((*self._levels, *lexicons.words("labels.bare_levels")))
        self._happenings = frozenset(lexicons.words("labels.happenings"))
        self._compile(lexicons)
        self._rules_for = rules_for(self._rules(beside, parallels, leaning))

    def _rules(self, beside: Comparisons, parallels: Parallels, leaning: Leaning) -> tuple[tuple[Rule, set[Need]], ...]:
        """The rules in their order, each with what a figure must have for it to answer."""
        return (
            (parallels.instead, {"follows"}), (beside.goal_aside, {"previous", "bracket"}), (beside.limit, {"money"}),
            (parallels.of_same, {"follows"}), (parallels.extreme, {"follows", "no label"}),
            (beside.compared, {"previous"}), (beside.of_whole, {"previous"}), (self._change, set()),
            (self._share, {"label"}), (beside.of_plan, set()), (beside.reference, {"previous"}),
            (self._used, {"follows", "no label", "money"}), (self._counted, {"suffix"}), (self._unnamed, {"no label"}),
            (self._purpose, {"label", "money"}), (parallels.opposite, {"label", "previous"}),
            (parallels.after_measure, {"label", "follows"}), (self._bare_verb, {"label"}),
            (leaning.attributed, {"label"}), (leaning.relation, {"label", "follows"}),
            (leaning.result, {"label", "follows"}), (parallels.parallel, {"label", "follows"}),
            (self._list_item, {"label", "follows"}), (leaning.unknown_rate, {"label", "first"}),
        )  # fmt: skip

    def _compile(self, lexicons: Lexicons) -> None:
        """The patterns of what stands in a clause beside its figure."""
        self._steps = lexicons.words("labels.milestones")
        self._reached = re.compile(filled(lexicons, _REACHED))
        self._means = re.compile(f"等(?:{alternation(lexicons, 'labels.means')})")

    def name(self, place: Place) -> Link:
        """The link of a figure by the first rule that answers; the last one always does."""
        if "、" in place.own and not (place.quantity.is_money and self._means.search(place.own) is None):
            place.own = self._judge.without_names(place.own)
        for rule in self._rules_for[what_is_there(place)]:
            if (link := rule(place)) is not None:
                return link
        return self._named(place)

    def _change(self, place: Place) -> Link | None:
        """增长4.7%: the thing that grew stands before the verb, or is that of the figure before."""
        phrase = place.phrase
        if phrase.base and not phrase.label:
            return self._carrying.name(place, "label.change.carried")
        if phrase.measure == "level" or place.suffix.startswith("覆盖"):
            return None
        if place.suffix and place.quantity.is_count and not phrase.label:
            return place.link(phrase.change_word + place.suffix, "label.counted", verb=phrase.change_word)
        if not phrase.label:
            told = self._topics.achieved(place.slot.earlier) if phrase.change_word in self._growth else ""
            if told:  # 新收案件首次下降，降幅3.5%
                return place.link(told, "label.change", measure="change", sign=phrase.sign)
            return self._improved(place, self._carrying.name(place, "label.change.carried"))
        return self._improved(place, self._changed_label(place, phrase.label))

    def _improved(self, place: Place, link: Link) -> Link:
        """PM2.5浓度改善6.1%: what is better when it is lower has fallen."""
        if place.phrase.change_word in self._better and self._better_lower(link.label):
            link.sign = -1
        return link

    def _changed_label(self, place: Place, label: str) -> Link:
        sign, previous = place.phrase.sign, place.previous
        if label[-1:] in ("比", "较") and label[:-1] in self._growth:
            label = label[:-1]  # 增速比|一季度加快
        if previous is not None and (label in self._relational or label in self._growth):
            name = self._joined(previous.carried, label)
            return place.link(name, "label.change", measure="change", sign=sign, subject=previous.carried)
        if previous is not None and label.startswith("对") and not label.endswith(self._trade):
            label = previous.carried + label
        again = place.slot.near[:1] in _THAN and (self._heads(label) or self._judge.is_measure(label))
        if previous is not None and place.follows and again and previous.carried.endswith(label):
            label = previous.carried  # 人员经费支出22亿元，较上年支出|增加2亿元
        if previous is not None and label.startswith(self._leaving_out):
            label = label + previous.carried
        pulls = place.quantity.is_change_of_share and label.startswith(self._pulling)
        if previous is not None and place.follows and pulls and not previous.carried.endswith(tuple(self._growth)):
            label = previous.carried + label
        label = self._with_head(label, place)
        return place.link(label, "label.change", verb=place.phrase.verb, measure="change", sign=sign)

    def _with_head(self, label: str, place: Place) -> str:
        """化妆品类下降4.1% after 粮油食品类零售额: the head said with the first item of a list is meant with all."""
        previous = place.previous
        if previous is None or not place.follows or place.phrase.verb or self._judge.is_measure(label):
            return label
        if len(place.slot.earlier) > _BETWEEN_ITEMS:
            return label
        if self._judge.names_money(label) or self._judge.indicator(label) or label.startswith(self._references):
            return label
        earlier = previous.carried
        head = self._heads.longest(earlier, whole=False)
        last = label.rpartition("、")[2]  # 造纸、石化化工、机械产业
        if not head or len(last) > LONG_ITEM or self._heads(label) or label in head:
            return label
        return headed(label, head)

    def _share(self, place: Place) -> Link | None:
        """占…的比重为41.8%: names part and whole; the part may be the figure before."""
        if "占" not in place.phrase.label or place.quantity.is_money:
            return None
        label = self._reached.sub(r"\g<share>", place.phrase.label.replace("约占", "占"))
        at = self._judge.share(label)
        if at < 0:
            return None
        subject = label[:at]
        again = len(subject) <= _OWNER and place.follows and place.previous and place.previous.label.endswith(subject)
        if place.previous is not None and (at == 0 or again or self._judge.is_generic(subject)):
            label = place.previous.carried + label[len(subject) if again else 0 :]
            subject = place.previous.carried
        return place.link(label, "label.share", verb=place.phrase.verb, subject=subject.removesuffix("的") or label)

    def _counted(self, place: Place) -> Link | None:
        """选派22名县级业务骨干: the noun stands behind the classifier."""
        if place.quantity.rule == "quantity.ratio-chain":
            return None
        phrase, quantity, label = place.phrase, place.quantity, place.phrase.label
        bare = label in {"", phrase.verb} or self._judge.is_marker(label)
        if quantity.is_money and label:
            bare = bare or self._suffixes.is_unnamed_money(label, phrase.verb) or bool(self._verbs.trailing(label))
        named_behind = quantity.is_ratio and 0 < len(place.suffix) <= SHORT_NOUN
        if not (bare or quantity.is_count or named_behind):
            return None
        if quantity.is_ratio and label in self._reaching and place.previous is not None and place.follows:
            return place.link(place.previous.carried + label + place.suffix, "label.counted", verb=label)
        verb = phrase.verb or self._verbs.trailing(label)
        if place.follows and place.slot.joint == "" and not verb and not self._judge.is_marker(label):
            if taken := _TAKEN.search(place.slot.near):
                return place.link(taken["what"] + place.suffix, "label.counted")
            if place.part_of is not None and place.previous is not None and AMONG_THEM.search(place.slot.near):
                whole = place.previous.object
                if place.suffix[:2] not in whole:
                    return place.link(whole + place.suffix, "label.part")
            return place.link(self._of_people(place) or self._doer(place) + place.suffix, "label.counted.adjacent")
        if not label:
            verb = place.previous.verb if place.previous is not None and place.in_list else ""
            if place.previous is not None and self._tells_of(place.previous, place):
                return place.link(joined(place.previous.object, place.suffix), "label.relational")
            doer = self._doer(place) if place.in_list else ""
            return place.link((doer or verb) + place.suffix, "label.counted", verb=verb)
        if label in self._reaching and not place.follows and place.quantity.is_count:
            topic = self._topics.last(place.slot.earlier)
            label = topic + label if 0 < len(topic) <= LONG_ITEM else label
        listed = self._judge.named_list(label)
        name = (label if listed is None else listed) + place.suffix
        if place.quantity.is_money:
            purpose = self._suffixes.purpose(name, verb, place.slot.right[len(place.slot.suffix) :])
            return place.link(name + purpose, "label.counted", verb=verb, subject=name)
        steps = name.endswith(self._steps)  # 总产值迈上4个|百亿元台阶
        return place.link(name, "label.counted", verb=verb, subject=label if steps else "")

    def _tells_of(self, previous: Link, place: Place) -> bool:
        """Whether a figure only says how many of those before are so: 抽检95批次，88批次|合格."""
        if not place.follows or place.slot.joint != "，":
            return False
        took_part = place.suffix in self._verbs and place.quantity.dimension in _PEOPLE
        same = previous.slot.quantity.unit == place.quantity.unit
        return took_part or (same and self._judge.is_generic(place.suffix))

    def _of_people(self, place: Place) -> str:
        """监测户开展走访 of 监测户186户|571人|开展走访: what people do who were counted by households; else ""."""
        previous, near = place.previous, place.slot.near
        if previous is None or place.quantity.dimension not in _PEOPLE or near not in ("", previous.slot.suffix):
            return ""
        return previous.carried + place.suffix if self._verbs.leading(place.suffix + near) else ""

    def _doer(self, place: Place) -> str:
        """运动员获得 of 运动员获得2枚金牌|3枚银牌: what is said once before several things of one kind; else ""."""
        previous = place.previous
        if previous is None or not place.quantity.is_count or previous.slot.quantity.unit != place.quantity.unit:
            return ""
        said = self._suffixes.suffix(previous.slot)
        counted = said and previous.rule.startswith(_TOLD_BEHIND) and previous.label.endswith(said)
        return previous.label.removesuffix(said) if counted else ""

    def _used(self, place: Place) -> Link | None:
        """专项债券140亿元，42亿元用于土地储备: an amount that is named by its use alone."""
        previous = place.previous
        if previous is None or not place.follows or place.phrase.label or not place.quantity.is_money:
            return None
        if not (use := self._suffixes.use(place.slot.right)):
            return None
        whole = previous.subject if previous.rule == "label.use" else previous.carried
        return place.link(whole + use, "label.use", subject=whole) if previous.slot.quantity.is_money else None

    def _unnamed(self, place: Place) -> Link | None:
        """1005笔、9.89亿元: nothing but the number; the name is that of the figure or the clause before."""
        if (dwellers := self._dwellers.get(place.quantity.unit)) and self._are_settled(place):
            return place.link(dwellers, "label.dwellers")
        if place.quantity.is_money and (planned := self._planned(place)):
            return place.link(planned, "label.purpose")
        earlier = place.slot.earlier
        topic = self._topics.achieved(earlier) or ("" if place.follows else self._topics.last(earlier))
        return place.link(topic, "label.topic") if topic else self._carrying.name(place, "label.carried")

    def _planned(self, place: Place) -> str:
        """安排支持乡村建设 of 坚持优先发展，拟安排|3亿元，用于支持乡村建设: what it is planned for; else ""."""
        doing = self._verbs.trailing(place.phrase.tail)
        purpose = self._suffixes.purpose(doing, doing, place.slot.right) if doing else ""
        return doing + purpose if purpose else ""

    def _are_settled(self, place: Place) -> bool:
        """Whether the figure before counts villages, or the households of some: 辖6个行政村，|1438户|5696人."""
        previous = place.previous
        if previous is None or not place.follows or previous.slot.quantity.unit == place.quantity.unit:
            return False
        if previous.rule == "label.dwellers":
            return True
        villages = previous.rule.startswith("label.counted") and previous.label.endswith(self._settled)
        return villages and previous.verb in self._governing and previous.slot.quantity.unit not in self._dwellers

    def _bare_verb(self, place: Place) -> Link | None:
        """签约9.7万人, 受益2.5万人: the verb alone; its object was named before."""
        label, previous = place.phrase.label, place.previous
        if label not in self._verbs or not (place.quantity.is_count or place.quantity.is_money):
            return None
        if previous is not None and label in self._happenings and (other := self._suffixes.happening(previous.label)):
            return place.link(previous.label.removesuffix(other) + label, "label.bare-verb")  # 事故死亡，受伤|63人
        in_parts = previous is not None and previous.rule == "label.part" and place.in_list
        if label in self._modifiers and (in_parts or place.phrase.among):
            return None
        if label in self._features and place.quantity.is_money and self._counts_before(place):
            return None
        if previous is not None and place.follows and label == previous.verb:
            return place.link(previous.label, "label.bare-verb", verb=label)
        whole = label in self._whole_verbs
        topic = "" if whole else self._topics.last(place.slot.earlier.rpartition("；")[2])
        if not topic and place.slot.previous is None and not whole:
            topic = next((said for said in reversed(list(self._topics.all(place.said))) if label in said), "")
        owner = previous.label.removesuffix(self._verbs.trailing(previous.label)) if previous is not None else ""
        if previous is not None and previous.rule == "label.bare-verb" and (place.in_list or (owner and not topic)):
            return place.link(owner + label, "label.bare-verb")
        if place.in_list and previous is not None and not previous.verb and 0 < len(owner) < len(previous.label):
            return place.link(owner + label, "label.bare-verb")
        if place.in_list and previous is not None and previous.verb:
            if label in self._reaching and previous.slot.quantity.unit != place.quantity.unit:
                return place.link(joined(previous.label, label), "label.bare-verb")
            if self._takes_object(previous, place):
                thing = previous.object
                name = joined(thing, label) if label in self._follow_ups else label + thing
                return place.link(name, "label.bare-verb", verb="" if label in self._follow_ups else label)
            if place.quantity.is_money and previous.slot.quantity.is_count:
                return place.link(joined(previous.object, label), "label.bare-verb")
            return place.link(previous.verb + label, "label.list", verb=previous.verb)
        if not topic and not whole and previous is not None and place.follows and may_share_object(previous, place):
            topic = "" if previous.label == previous.verb else previous.object
            if topic and place.quantity.unit == previous.slot.quantity.unit and len(owner) >= _OWNER:
                topic = owner.removeprefix(previous.verb)
        return place.link(self._joined(topic, label), "label.bare-verb", verb="" if topic else label)

    def _takes_object(self, previous: Link, place: Place) -> bool:
        """Whether a verb does to the same things what one before it did: 新建农田4.2万亩、改造提升|1.1万亩."""
        thing, same = previous.object, previous.slot.quantity.unit == place.quantity.unit
        own = place.phrase.label in self._whole_verbs or thing == previous.label or self._verbs.trailing(thing) == thing
        return same and not own and place.quantity.dimension not in _PEOPLE

    @staticmethod
    def _counts_before(place: Place) -> bool:
        """Whether the figure before counts things, which may have a property: 公路36公里，计划投资|3万元."""
        previous = place.previous
        return previous is not None and place.slot.joint == "，" and place.follows and previous.slot.quantity.is_count

    def _purpose(self, place: Place) -> Link | None:
        """统筹资金4亿元，对困难群众实施救助: an amount is named by what it is for."""
        label, verb = place.own, place.phrase.verb
        purpose = self._suffixes.purpose(label, verb, place.slot.right)
        return place.link(label + purpose, "label.purpose", verb=verb, subject=label) if purpose else None

    def _list_item(self, place: Place) -> Link | None:
        """检查医疗机构40户次、公共场所191户次: the verb is said once for the list."""
        previous = place.previous
        if previous is None or not place.follows or place.phrase.verb:
            return None
        if not previous.verb:
            return self._of_level(previous, place)
        running = previous.rule == "label.list" and place.slot.joint == "，" and place.slot.earlier == "，"
        if not place.quantity.is_count or not (place.in_list or running) or previous.label == previous.verb:
            return None
        label = place.own
        if running and self._judge.is_measure(label) and place.quantity.dimension not in COUNTED:
            return None
        level = next((word for word in self._levels if previous.object.startswith(word)), "")
        if level and label in self._level_names and place.in_list:
            label += previous.object.removeprefix(level)
        return place.link(previous.verb + label, "label.list", verb=previous.verb)

    def _of_level(self, previous: Link, place: Place) -> Link | None:
        """新评省级骨干教师9名、市级两名: the level alone takes the place of the one before it."""
        label = place.own
        if not place.in_list or label not in self._levels:
            return None
        level = next((word for word in self._levels if word in previous.label), "")
        if not level or label == level or previous.label.count(level) != 1:
            return None
        return place.link(previous.label.replace(level, label), "label.list")

    def _named(self, place: Place) -> Link:
        """地区生产总值1052.3亿元: the name stands before the number."""
        label = place.own
        if place.quantity.is_change_of_share and (pulls := self._pulls.search(label)):
            pulled = self._changed_label(place, label)
            pulled.sign = -1 if pulls[0] in self._down else 1
            return pulled
        if label and place.previous is None and place.quantity.is_money and (topic := self._opened_by(place)):
            return place.link(topic + label, "label.topic", verb="")
        physical = place.quantity.dimension not in {"count", "persons", "ratio", "occasions", ""}
        previous = place.previous
        if previous is not None and physical and self._same_kind(previous, place):
            label = self._with_head(label, place)
        return place.link(label, "label.named", verb=place.phrase.verb)

    def _opened_by(self, place: Place) -> str:
        """普通国省道 of 普通国省道。|完成投资24.6亿元: a heading in a paragraph names its first amount."""
        unnamed = place.own in self._bare_sums or self._suffixes.is_unnamed_money(place.own, place.phrase.verb)
        if place.slot.earlier or not unnamed:
            return ""
        heading = self._topics.heading(place.said) if place.said.endswith("。") else ""
        return heading if 2 < len(heading) <= SHORT_NOUN and not self._verbs.leading(heading) else ""

    @staticmethod
    def _same_kind(previous: Link, place: Place) -> bool:
        """Whether the figure before measures the same kind of thing, or how such a thing changed."""
        before = previous.slot.quantity
        return before.dimension == place.quantity.dimension or previous.measure == "change"
