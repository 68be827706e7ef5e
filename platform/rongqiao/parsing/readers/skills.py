"""Skills and tools asked for or used in the work (技能): words of the vocabulary, Latin names beside them, and the items
of lists behind 会, 熟悉, 掌握. How sure one is follows from where it stands."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from matching.skills import SkillFinder
from matching.taxonomy.vocabulary import Skill

from ..found import Found, Reader, once
from ..text import Text, pattern
from . import certificates, majors, title

_NOT_HERE = ("company", "contact", "pay", "ladder", "place", "time", "other")
# Qualities of a person, and fields so wide that they name a trade and no skill.
_QUALITIES = re.compile(r"能力|意识|精神|责任|思维|执行力|协作|素养|功底|礼仪|压|沟通|性格|品德|态度|学习")
_WORDS_OF_TOO_WIDE = (
    "大数据 编程 软件开发 软件文档编写 产品经理 技术支持 招聘 电子商务 人工智能 5G技术 市场营销 销售技巧 创业管理 "
    "金融科技 新零售 在线教育 区块链 云计算 物联网 公共关系 "
    "客户关系管理 人力资源管理 播音主持 统计核算 前台 学前教育 智能交通 游戏开发 游戏美术 游戏测试 知识产权 "
    "创新能力 融资租赁 证券投资 信贷业务"
)
_TOO_WIDE = frozenset(_WORDS_OF_TOO_WIDE.split())

KNOWING = re.compile(
    r"熟悉|熟练|熟知|熟识|掌握|精通|了解|会[用做写看]?|懂得?|擅长|善于|使用[过]?|运用|应用|操作|具备|具有|能够?|"
    r"有过?|理解|学习过|接触过|做过|用过|基于|利用|采用|通过|进行|完成|拥有|加分|优先|经验|至少|一种|之一"
)
_LATIN_TERM = re.compile(
    r"(?<![a-z0-9+#])(?<![a-z0-9][.])(?:[bc]/s|\.net(?: ?(?:core|framework|mvc))?|[a-z][a-z0-9]*(?:[+#]{1,2}|"
    r"(?:[.-][a-z0-9]+){1,3})?(?: [a-z][a-z0-9]*(?:\.[a-z0-9]+)?){0,2})(?![a-z0-9+#])"
)
_WORDS_OF_NOT_TERMS = (
    "it pc hr kpi ceo cto coo cfo vip ipo bug team leader and or the of in offer ok hc id cbd md a b d e f g h i j "
    "k l m n o p q s t u v w x y z "
    "app to for with we you our us an is are on at be as by from job work company email qq tel vx wx ps no yes am "
    "pm ppt word k w rmb part hi plus part1 part2 ceo"
)
_NOT_TERMS = frozenset(_WORDS_OF_NOT_TERMS.split())
_BETWEEN = re.compile(r" ?[、/,|+&()和与及或] ?|以及|或者|等 ?")
_LIST_VERB = pattern(
    r"(?:熟悉|熟练(?:掌握|使用|操作|运用|应用|编写)?|掌握|精通|了解|擅长|会(?![员所计议展馆场])[用做写看]?|懂得?|"
    r"操作过?|做过|开过|看得懂|能看懂?|能(?=审|避|接|识)|课程[:】有]?|主要学|学生在校学|学什么[?]?|需要|希望团队懂|"
    r"关键技术[】:]?) ?"
    r"(?:使用|操作|运用|掌握|应用|常用的?|常见的?|主流的?|各种|相关|基本的?|至少)*[:]? ?(?P<list>[^。\n!?]{2,80})"
)
_ITEM_LEAD = re.compile(
    r"^(?:会|能|懂|熟悉|掌握|使用|操作|了解|常用的?|常见的?|主流的?|基本的?|相关的?|进行|独立|一定的?|各种|各类|各|"
    r"如|例如|包括|至少|对|用|做|看|打|的|或)+"
)
_ITEM_TAIL = re.compile(
    r"(?:等|等等|的)?(?:相关)?(?:的)?(?:知识|技术|操作|方法|流程|工作|使用|软件|工具|经验|设备|技能|原理|能力|优先|"
    r"者|更好|加分|等|都行|均可|检修|基础)*$"
)
_NOT_ITEMS = re.compile(
    r"沟通|表达|团队|责任|压力|吃苦|学习|公司|客户|领导|上级|工作|业务|产品|项目|安排|任务|部门|人员|相关|国家|法律|"
    r"政策|规定|标准|行业|市场|问题|文档|需求|优先|一种|多种|以上|良好|能力|经验|知识|服务|管理|协调|配合|协助"
    r"|负责|日常|整体|制定|根据|按|定期|及时|保证|确保|其他|其它|交办|的|学历|本科|大专|硕士|博士|专业|证|我|你|他|"
    r"工资|休|元|岁|年|月|最好|也行|可以|没|不|有|要|能|互联网|趋势|生态|特性|概念|中级|公里|手机"
)
_WORDS_OF_BARE = (
    "开发 设计 维护 分析 应用 研发 实现 语言 优化 统计 测试 编写 管理 规划 控制 数据 系统 平台 功能 模块 接口 安全 "
    "架构 技术 编码 组件 协议 多层 协议以 检验 新 前端 后端 消息 监控 实施 部署 调试 运维"
)
_BARE = frozenset(_WORDS_OF_BARE.split())


@cache
def finder() -> SkillFinder:
    """The finder, built once: tens of milliseconds."""
    return SkillFinder()


def find(text: Text) -> list[Found]:
    """Each skill once, where it first stands; its value are the text's own words."""
    taken = [*once(majors.find, text), *once(certificates.find, text), *once(title.find, text)]
    known = _listed(text, [one for one in _known(text) if not any(one.overlaps(other) for other in taken)])
    latin = [one for one in _latin(text, known) if not any(one.overlaps(other) for other in (*known, *taken))]
    certain = sorted([*known, *latin], key=lambda one: one.start)
    items = [one for one in _items(text) if not any(one.overlaps(other) for other in (*certain, *taken))]
    seen: set[str] = set()
    kept = []
    for one in sorted([*certain, *items], key=lambda each: each.start):
        name = name_of(str(one.value))
        if name not in seen and one.evidence in READER.confidence:
            seen.add(name)
            kept.append(one)
    return kept


def _listed(text: Text, known: list[Found]) -> list[Found]:
    """Words said without more, but side by side with other skills in a list, are surer than those alone."""
    listed = []
    for number, one in enumerate(known):
        beside = any(
            _BETWEEN.fullmatch(text.plain[min(one.end, other.end) : max(one.start, other.start)])
            for other in known[max(0, number - 1) : number + 2]
            if other is not one and other.evidence != "unfit"
        )
        plainly = one.evidence.startswith(("said", "experience"))
        listed.append(replace(one, evidence=f"{one.evidence} listed") if beside and plainly else one)
    return listed


def name_of(words: str) -> str:
    """What a skill is compared by: its code in the vocabulary, else its words."""
    named = finder().vocabulary.named(words)
    return named[0].code if named else words.lower().replace(" ", "")


_SOMEBODY = re.compile(r"(?:经理|[员师手]|司机|主播|顾问|工程师|专员|助理|会计|前台)$")
_PART_OF_NOUN = re.compile(
    r"[员师院园厂部类学类]|机长|车间|企业|公司|行业|机构|报告|团队|设计师|解决方案|字母|专业|证|研发中心|文化|基地|"
    r"领域|时代|工程师|人员|岗|工程"
)
_CLASS_WORD = re.compile(
    r"等(?:一种|常用|主流|多种|各类|大型|关系型?|关系型?数据库)*(?:的)?[一-龥]{0,4}$|[a-z0-9+#] ?$|(?:主流|常用|"
    r"常见|关系型?|非结构化|各种|一种)$"
)


def _known(text: Text) -> Iterator[Found]:
    for one in finder().find(text.plain):
        skill = finder().vocabulary.get(one.skill_id)
        if skill is None or text.part(one.start) in _NOT_HERE:
            continue
        evidence = _class_of(text, skill, one.start, one.end) if one.exact else "misspelt"
        yield Found(text.words(one.start, one.end), one.start, one.end, evidence)


def _class_of(text: Text, skill: Skill, start: int, end: int) -> str:
    if skill.kind == "certificate" or (skill.parent == "general" and _QUALITIES.search(skill.name)):
        return "unfit"
    if skill.name in _TOO_WIDE:
        return "wide"
    if re.search("[a-z]", text.plain[start:end]):
        return "latin known"
    if _SOMEBODY.search(text.plain[start:end]):
        return "unfit"
    if _PART_OF_NOUN.match(text.plain, end) or not {start, end} <= text.word_edges:
        return "part of a word"
    if _CLASS_WORD.search(text.plain[max(0, start - 10) : start]):
        return "class word"
    if _YEARS_OF.search(text.plain[max(0, start - 10) : start]):
        return "years of"
    where = text.part(start) or "no part"
    return f"{_context(text, start, end)} {where if where in ('asked', 'duties') else 'no part'}"


_YEARS_OF = re.compile(r"年(?:以上|及以上)? ?(?:的)?(?:相关)?$")


def _context(text: Text, start: int, end: int) -> str:
    first, _ = text.clause(start, end)
    before = text.plain[first:start]
    if re.search(r"(?:熟悉|熟练|熟知|掌握|精通|了解|会|懂|擅长|使用)[^。;]{0,40}$", before):
        return "knowing"
    if re.match(r"[^,。;]{0,8}(?:经验|能力|基础|优先)", text.plain[end : end + 14]):
        return "experience"
    return "said"


def _latin(text: Text, known: list[Found]) -> Iterator[Found]:
    """Latin names that the vocabulary does not have: beside a skill in a list, or behind a word of knowing."""
    spans = [(one.start, one.end) for one in known if one.evidence in READER.confidence]
    for match in _LATIN_TERM.finditer(text.plain):
        start, end = match.span()
        words = match[0]
        if text.part(start) in _NOT_HERE or words in _NOT_TERMS or _is_english(text.plain, start, end):
            continue
        evidence = _latin_class(text, start, end, spans)
        if evidence:
            yield Found(text.words(start, end), start, end, evidence)


def _is_english(plain: str, start: int, end: int) -> bool:
    """Whether the place is in an English sentence, where every word is Latin."""
    around = plain[max(0, start - 25) : end + 25]
    return sum("a" <= character <= "z" for character in around) > 0.7 * len(around) and around.count(" ") > 5


def _latin_class(text: Text, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    where = "asked" if text.part(start) == "asked" else "other"
    beside = any(
        (last <= start and _BETWEEN.fullmatch(text.plain[last:start]))
        or (first >= end and _BETWEEN.fullmatch(text.plain[end:first]))
        for first, last in spans
        if last > start - 4 and first < end + 4
    )
    if beside:
        return f"latin beside {where}"
    return f"latin {_context(text, start, end)} {where}"


def _items(text: Text) -> Iterator[Found]:
    """The items of lists behind a word of knowing that are in no vocabulary: a single one is too little of a list."""
    for match in _LIST_VERB.finditer(text.plain):
        pieces = re.split(r"([、/;,()和与及或 ])", match["list"])
        if text.part(match.start()) in (*_NOT_HERE, "duties") or len(pieces) < 2:
            continue
        place = match.start("list")
        for piece in pieces:
            start, end = _core(text.plain, place, place + len(piece))
            place += len(piece)
            if _is_item(text.plain[start:end]):
                yield Found(text.words(start, end), start, end, "item")


def _is_item(words: str) -> bool:
    return (
        2 <= len(words) <= 8
        and re.fullmatch(r"[一-龥][一-龥a-z0-9]+", words) is not None
        and not _NOT_ITEMS.search(words)
        and words not in _BARE
    )


def _core(plain: str, start: int, end: int) -> tuple[int, int]:
    """An item without the words around it."""
    piece = plain[start:end]
    lead = _ITEM_LEAD.match(piece)
    start += lead.end() if lead else 0
    tail = _ITEM_TAIL.search(plain[start:end])
    return start, start + tail.start() if tail else end


READER = Reader(
    "skills",
    find,
    {
        "latin known": 0.98,
        "knowing asked": 0.98,
        "knowing no part": 0.97,
        "knowing duties": 0.97,
        "latin beside asked": 0.97,
        "latin knowing asked": 0.96,
        "latin experience asked": 0.97,
        "said duties listed": 0.96,
        "experience asked listed": 0.96,
        "said no part listed": 0.95,
        "experience no part listed": 0.95,
        "experience duties listed": 0.9,
        "misspelt": 0.9,
        "latin beside other": 0.88,
        "latin knowing other": 0.9,
        "experience asked": 0.87,
        "experience no part": 0.86,
        "experience duties": 0.86,
        "said asked listed": 0.86,
        "said duties": 0.78,
        "said asked": 0.76,
        "latin said asked": 0.85,
        "latin experience other": 0.7,
        "said no part": 0.67,
        "class word": 0.54,
        "item": 0.45,
    },
    # A wrong item in a long list is easily overlooked: here a class must have been right 97 times in 100.
    least=0.97,
    many=True,
)
