"""Majors asked for (专业要求)."""

import re
from functools import cache

from matching.taxonomy.majors import majors

from ..found import Found, Reader
from ..text import Text, pattern

# Short names of fields that people write for a class of majors.
SHORT = frozenset(
    ["计算机", "软件", "通信", "电子", "信息", "数学", "统计", "理工", "理工科", "理科", "工科", "文科", "机械", "机电", "电气", "自动化", "土木", "建筑", "化学", "化工", "生物", "医学", "中文", "新闻", "英语", "日语", "财务", "会计", "财会", "金融", "经济", "管理", "营销", "法律", "人力资源", "行政", "物流", "数据", "大数据", "人工智能", "网络", "物理", "材料", "食品", "制药", "药学", "护理", "临床", "康复", "师范", "教育", "学前教育", "幼教", "旅游", "酒店", "烹饪", "服装", "艺术", "设计", "美术", "音乐", "体育", "农学", "园艺", "园林", "畜牧", "兽医", "水利", "测绘", "环境", "安全", "汽车", "模具", "数控", "焊接", "电力", "能源", "采矿", "冶金", "纺织", "印刷", "航空", "船舶", "铁道", "交通", "电商", "电子商务", "外语", "文秘", "档案", "图书", "心理", "社工", "统计学", "计算机软件", "计算机应用", "计算机网络", "电子信息", "通信工程", "市场营销", "工商管理", "机械制造", "工程管理", "给排水", "暖通", "消防", "检验", "影像", "口腔", "助产", "中医", "中药", "针灸", "推拿", "养老", "家政", "动画", "广告", "影视", "播音", "新媒体", "平面设计", "视觉传达", "工业设计", "环境艺术", "室内设计", "经管", "商科", "经济学", "管理学", "理学", "工学", "农业", "林业", "水产", "植保", "动医", "微电子", "集成电路", "光电", "测控", "仪器", "过程装备", "车辆", "热能", "动力", "信息管理", "信息安全", "网络安全", "软件技术", "应用数学", "运筹", "密码", "地理", "遥感", "gis", "海洋", "气象"]
)  # fmt: skip
_ENDINGS = re.compile(r"(?:等|及|或|和|其他|其它|之类|大类|类|相关|相近|相应|的|学科|方向|理工科?| )+$")
ANCHOR = pattern(
    r"(?:[)]|等|及其?|或|和|的|之类|类|相近|相关|相应|其他|其它|同类|方向|学科| |,(?=相关|等)|/|、)*专业(?!技[能术]|知识|能力|素|精神|人|的?团队|化|培训|性|课|级|水平|书|英语|术语|基础|软件|服务|态度|度|课程|不限|要求|需求|优势|领域|资格|经验|平台|公司|机构|院校|认证|排名)"
)
BEHIND = pattern(
    r"(?:专业(?:要求|需求|方向|背景|类别|名称)?(?:为|是)?|主修|所学专业|招生专业|面向专业|需求专业) ?[:】\]为]? ?(?=[一-龥a-z])"
)
DISCIPLINE = pattern(r"(?:等)?(?:相关)?(?:学科|背景|系)(?=毕业|背景|出身|[,。;]|优先|学历)")
_SEPARATOR = re.compile(r" ?(?:[、/,;|+\n ]|以及|或者|或|和|及|与)+ ?")
_STOP = re.compile(r"学历|以上|学位|毕业生?|全日制|统招|经验|年|要求|岁|不限|优先|负责|熟悉")
_LONGEST = 60
_NOT_ITEMS = frozenset(["相关", "相近", "其他", "其它", "等", "不限", "本", "各", "专业", "类", "不", "非", "该", "或", "及", "以上", "对口", "优先", "者"])


@cache
def names() -> frozenset[str]:
    """Every way the catalogues and people name a major, class or group."""
    table = majors()
    every = {major.name.lower() for major in table} | {name.lower() for name in table.class_names.values()}
    return frozenset(every | {name.removesuffix("类").removesuffix("大") for name in every} | SHORT)


def find(text: Text) -> list[Found]:
    """The majors of every list that ends in 专业 or stands behind 专业要求, as the words of the text."""
    found: list[Found] = []
    for match in ANCHOR.finditer(text.plain):
        found += _backwards(text, match.start())
    for match in BEHIND.finditer(text.plain):
        found += _forwards(text, match.end())
    for match in DISCIPLINE.finditer(text.plain):
        found += _backwards(text, match.start())
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not any(one.overlaps(other) or key(one.value) == key(other.value) for other in kept):
            kept.append(one)
    return kept


def key(value: object) -> str:
    """A major's name as it is compared."""
    return _ENDINGS.sub("", str(value).lower().replace(" ", "").removesuffix("专业"))


def _pieces(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, place = [], start
    for match in _SEPARATOR.finditer(plain, start, end):
        spans.append((place, match.start()))
        place = match.end()
    return [*spans, (place, end)]


def _backwards(text: Text, end: int) -> list[Found]:
    """The items of a list that ends here, from the last to the first that is one."""
    if text.part(end) in ("company", "contact", "ladder"):
        return []
    first = max(text.clause(end - 1 if end else 0, end)[0], end - _LONGEST)
    items: list[Found] = []
    for start, stop in reversed(_pieces(text.plain, first, end)):
        item, whole = _item(text, start, stop)
        if item is None:
            break
        items.append(item)
        if not whole:
            break
    while items and items[-1].evidence == "unknown":
        items.pop()
    return items


def _forwards(text: Text, start: int) -> list[Found]:
    if text.part(start) in ("company", "contact", "ladder"):
        return []
    last = min(text.clause(start, start + 1)[1], start + _LONGEST)
    items: list[Found] = []
    for first, stop in _pieces(text.plain, start, last):
        item, whole = _item(text, first, stop)
        if item is None or not whole:
            break
        items.append(item)
    while items and items[-1].evidence == "unknown":
        items.pop()
    return items


def _item(text: Text, start: int, stop: int) -> tuple[Found | None, bool]:
    """The major in one piece of a list and whether the piece is nothing else."""
    piece = text.plain[start:stop]
    lead = re.match(r"[( \"'【]*(?:如|例如|包括|具有|具备)?[:]?", piece)
    start += lead.end() if lead else 0
    bare = _trim(text.plain[start:stop])
    stop = start + len(bare)
    if not bare or bare in _NOT_ITEMS:
        return None, False
    if bare in names():
        return Found(text.words(start, stop), start, stop, "known"), True
    longest = next((bare[cut:] for cut in range(1, len(bare) - 1) if bare[cut:] in names()), "")
    if longest:
        head = bare[: len(bare) - len(longest)]
        begin = stop - len(longest)
        return Found(
            text.words(begin, stop), begin, stop, "known" if _STOP.search(head) or len(head) > 2 else "part"
        ), False
    if _STOP.search(bare) or not 2 <= len(bare) <= 10 or not re.fullmatch(r"[一-龥a-z()]+", bare):
        return None, False
    return Found(text.words(start, stop), start, stop, "unknown"), True


def _trim(words: str) -> str:
    bare = words.rstrip(") \"'")
    if bare in names():
        return bare
    shorter = _ENDINGS.sub("", bare)
    if shorter + "类" == bare[: len(shorter) + 1] and shorter + "类" in names():
        return shorter + "类"
    return shorter


READER = Reader("majors", find, {"known": 0.97, "part": 0.8, "unknown": 0.8}, many=True)
