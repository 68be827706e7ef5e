"""Majors asked for (专业要求)."""

import re
from dataclasses import replace
from functools import cache

from matching.taxonomy.majors import majors

from ..found import Found, Reader
from ..text import Text, pattern

# Short names of fields that people write for a class of majors.
_WORDS_OF_SHORT = (
    "计算机 软件 通信 电子 信息 数学 统计 理工 理工科 理科 工科 文科 机械 机电 电气 自动化 土木 建筑 化学 化工 "
    "生物 医学 中文 新闻 传播 英语 日语 财务 会计 财会 金融 经济 管理 营销 "
    "法律 人力资源 行政 物流 数据 大数据 人工智能 网络 物理 材料 食品 制药 药学 护理 临床 康复 师范 教育 学前教育 "
    "幼教 旅游 酒店 烹饪 服装 艺术 设计 美术 音乐 体育 农学 园艺 园林 畜牧 兽医 "
    "水利 测绘 环境 安全 汽车 模具 数控 焊接 电力 能源 采矿 冶金 纺织 印刷 航空 船舶 铁道 交通 电商 电子商务 外语 "
    "文秘 档案 图书 心理 社工 统计学 计算机软件 计算机应用 计算机网络 计算机科学 "
    "电子信息 通信工程 市场营销 工商管理 机械制造 工程管理 给排水 暖通 消防 检验 影像 口腔 助产 中医 中药 针灸 "
    "推拿 养老 家政 动画 广告 影视 播音 新媒体 平面设计 视觉传达 工业设计 环境艺术 室内设计 经管 "
    "商科 经济学 管理学 理学 工学 农业 林业 水产 植保 动医 微电子 集成电路 光电 测控 仪器 过程装备 车辆 热能 动力 "
    "信息管理 信息安全 网络安全 软件技术 应用数学 运筹 密码 地理 地理信息 遥感 gis 海洋 气象 "
    "商务 贸易 国际贸易 外贸 审计 税务 保险 证券 计算数学 概率 算法 模式识别 机器学习 嵌入式 物联网 电路 电工 农机 "
    "农业机械 畜牧兽医 动物医学 水产养殖 种植 果树 茶学 医药 医药相关 印刷机械 材料加工"
)
SHORT = frozenset(_WORDS_OF_SHORT.split())
_AROUND_LIST = (
    r"(?:[)]|等|及其?|或|和|的|之类|类|相近|相关|相应|其他|其它|同类|方向|学科|背景| |,(?=相关|等)|/|、){0,6}"
)
_NOT_MAJOR = (
    r"(?!技[能术]|知识|能力|素|精神|人|的?团队|化|培训|性|课|级|水平|书|英语|术语|基础|软件|服务|态度|度|课程|不限|要求|需求"
    r"|优势|领域|资格|经验|平台|公司|机构|院校|认证|排名|[a-z]|代码|核心|建设|群|指导)"
)
ANCHOR = pattern(rf"{_AROUND_LIST}专业{_NOT_MAJOR}")
# 机器学习、模式识别相关本科; 计算机类硕士; 机械背景
BEFORE_DEGREE = pattern(
    r"(?:等)?(?:相关|类|学科|背景|科系)(?:的)? ?(?=本科|硕士|大专|专科|学历|毕业|出身|背景|学科|优先|或以上|及以上|博士|中专)"
)
BEHIND = pattern(
    r"(?:(?:招生|面向|需求|所学|对口|需|招收)?专业(?:要求|需求|方向|背景|类别|名称)?(?:[(][^()\n]{1,8}[)])? "
    r"?(?:[:】\]]|为(?=[一-龥])|是(?=[一-龥]))|专业(?:要求|需求|背景|类别)|主修|所学专业) ?(?=[一-龥a-z])"
)
_ENDINGS = re.compile(r"(?:等|及其?|或|和|其他|其它|之类|大类|类|相关|相近|相应|的|学科|方向|背景| |专业)+$")
_SEPARATOR = re.compile(r" ?(?:[、/,;|+ ]|以及|或者|或|和|及|与)+ ?$")
_FORWARD = re.compile(r" ?(?:[、/,;|+]|以及|或者|或|和|及|与| )+ ?")
# What may stand before the first item of a list without being part of it.
_LEAD = re.compile(
    r"(?:[,。;:!?()【】\n\"、•|]|^|具有|具备|有|以|要求|须|需|为|学历|以上|本科|大专|硕士|博士|专科|中专|高中|统招|"
    r"全日制|毕业于|毕业|院校|高校|大学|的|是|优先|年|如|例如|包括|★|§|届|非|\d[、.]| )$"
)
_STOP = re.compile(
    r"学历|以上|学位|毕业|全日制|统招|经验|年|要求|岁|知识|扎实|基础|不限|优先|负责|熟悉|具有|具备|工作|公司|团队|"
    r"客户|产品|数据质量|体系|提供|专业|我|你|能|了解|掌握|本科|大专|硕士|博士|中专|高中|校|院"
)
_LONGEST = 60
_WORDS_OF_NOT_ITEMS = (
    "相关 相近 其他 其它 等 不限 本 各 专业 类 不 非 该 或 及 以上 对口 优先 者 院校 学科 高校 背景 技术 同等"
)
_NOT_ITEMS = frozenset(_WORDS_OF_NOT_ITEMS.split())


@cache
def names() -> frozenset[str]:
    """Every way the catalogues and people name a major, class or group: 水产养殖技术, 水产养殖; 计算机类, 计算机."""
    table = majors()
    every = {_plain(major.name) for major in table} | {_plain(name) for name in table.class_names.values()}
    every |= {name.removesuffix("类").removesuffix("大") for name in every}
    shorter = {re.sub(r"(?:与.{1,8}|应用技术|技术|学|工程|服务与管理)$", "", name) for name in every}
    return frozenset(every | {name for name in shorter if len(name) >= 4} | SHORT)


def _plain(name: str) -> str:
    return name.lower().replace("（", "(").replace("）", ")")


def find(text: Text) -> list[Found]:
    """The majors of every list that ends in 专业 or stands behind 专业要求, as the words of the text."""
    found: list[Found] = []
    for expression in (ANCHOR, BEFORE_DEGREE):
        for match in expression.finditer(text.plain):
            found += _backwards(text, match.start(), match[0])
    for match in BEHIND.finditer(text.plain):
        found += _forwards(text, match.end())
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not any(one.overlaps(other) or key(one.value) == key(other.value) for other in kept):
            kept.append(one)
    return kept


def key(value: object) -> str:
    """A major's name as it is compared."""
    return _ENDINGS.sub("", str(value).lower().replace(" ", "").removesuffix("专业"))


def _here(text: Text, place: int) -> bool:
    return text.part(place) not in ("company", "contact", "ladder", "pay")


def _backwards(text: Text, end: int, anchor: str) -> list[Found]:
    """The items of a list that ends here, from the last to the first that is one."""
    if not _here(text, max(0, end - 1)):
        return []
    first = max(text.clause(max(0, end - 1), end)[0], end - _LONGEST)
    items: list[Found] = []
    while end > first:
        item, more = _item_before(text, first, end)
        if item is not None:
            doubted = (
                items and items[-1].evidence in ("unknown", "joined") and text.plain[item.end] in "与和及"
            )
            items.append(replace(item, evidence="joined") if doubted else item)
        separator = _SEPARATOR.search(text.plain[first : item.start]) if item and more else None
        if item is None or separator is None:
            break
        end = first + separator.start()
    if items and all(one.evidence == "unknown" for one in items) and not re.search("相关|类|等", anchor):
        return []
    return items


def _item_before(text: Text, first: int, end: int) -> tuple[Found | None, bool]:
    """The major that ends at a place, and whether the list may go on before it: the longest known name, the whole
    piece where a known name is only the end of it (大数据营销), or a piece that is nothing known."""
    piece = text.plain[first:end]
    bare = _ENDINGS.sub("", piece)
    edge = first + len(bare)
    stop = edge + (1 if text.plain[edge : edge + 1] == "类" else 0)
    known = next(
        (bare[cut:] for cut in range(max(0, len(bare) - 18), len(bare) - 1) if bare[cut:] in names()), ""
    )
    start = edge - len(known)
    whole, joint = _whole_piece(text, first, start if known else edge, bare)
    found = Found(text.words(start, stop), start, stop, "known")
    if (
        known
        and joint
        and start == whole
        and (joint == "与" or not _ends_in_name(text.plain[first : whole - 1]))
    ):
        return replace(found, evidence="joined"), False
    if known and (start == whole or _LEAD.search(text.plain[max(first, start - 4) : start])):
        return found, start == whole
    words = text.plain[whole:edge]
    if words in _NOT_ITEMS or not 2 <= len(words) <= 10 or _STOP.search(words):
        return (replace(found, evidence="part"), False) if known else (None, False)
    return Found(text.words(whole, stop), whole, stop, "compound" if known else "unknown"), True


def _whole_piece(text: Text, first: int, before: int, bare: str) -> tuple[int, str]:
    """Where the unbroken words that end the list begin, and the 与, 和, 及 just before them ("" for none)."""
    unbroken = re.search(r"[一-龥a-z]*$", bare)
    start = first + (unbroken.start() if unbroken else len(bare))
    joints = list(re.finditer("以及|或者|[或和及与]", text.plain[start:before]))
    if not joints:
        return start, ""
    return start + joints[-1].end(), joints[-1][0] if joints[-1][0] in "与和及" else ""


def _ends_in_name(words: str) -> bool:
    """Whether what stands before 与 is a major of its own: else the two make one name (焊接技术与自动化)."""
    bare = _ENDINGS.sub("", words)
    return any(bare[cut:] in names() for cut in range(max(0, len(bare) - 18), len(bare) - 1))


def _forwards(text: Text, start: int) -> list[Found]:
    if not _here(text, start):
        return []
    last = min(text.clause(start, start + 1)[1], start + _LONGEST)
    items: list[Found] = []
    while start < last:
        following = _FORWARD.search(text.plain, start, last)
        stop = following.start() if following else last
        bare = _ENDINGS.sub("", text.plain[start:stop].rstrip(")。;,."))
        joined = next(
            (
                size
                for size in range(min(18, last - start), len(bare), -1)
                if text.plain[start : start + size] in names()
            ),
            0,
        )
        if joined:
            bare = text.plain[start : start + joined]
            following = _FORWARD.match(text.plain, start + joined, last)
        kind = 1 if text.plain[start + len(bare) : start + len(bare) + 1] == "类" else 0
        end = start + len(bare) + kind
        if bare in names():
            items.append(Found(text.words(start, end), start, end, "known"))
        elif (
            2 <= len(bare) <= 10
            and not _STOP.search(bare)
            and bare not in _NOT_ITEMS
            and re.fullmatch("[一-龥a-z]+", bare)
        ):
            items.append(Found(text.words(start, end), start, end, "unknown"))
        else:
            break
        if following is None:
            break
        start = following.end()
    while items and items[-1].evidence == "unknown":
        items.pop()
    return items


READER = Reader(
    "majors",
    find,
    {"known": 0.98, "compound": 0.9, "part": 0.7, "joined": 0.6, "unknown": 0.7},
    least=0.95,
    many=True,
)
