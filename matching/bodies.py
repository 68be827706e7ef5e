"""Cleaning the texts of needs (岗位描述): duties and requirements stay; welfare, the employer, addresses and the way there go.

An advertisement at 地铁4号线 with 五险一金 is otherwise read as work on rails and in insurance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE = r"(?<![责悉解握定计算及和与酬资司工])[【\[（(]?\s{0,4}"
"""What may stand before a heading: no verb of which it is the object (负责薪酬福利：…)."""
_ENDS = r"\s{0,4}(?:[:：】\]]+|(?=\d{1,2}\s{0,4}(?:[、)）]|[.．](?!\d))|[一①(（]|\n|$))"
_WORK = (
    r"[【\[]?(?:(?:岗位|职位|工作|任职|招聘|应聘|主要|技能|能力|专业|学历|基本|其他|其它)(?:职责|要求|描述|资格|条件|内容|任务|说明)"
    r"|(?:职责|要求|描述|资格|条件|技能|加分项|优先|备注)\s{0,4}[:：】\]])"
)
_SECTION = (
    r"(?:(?:公司|员工|企业|我们的?|特色|薪酬|薪资|工资|其他|其它|节日|岗位|职位)?福利(?:待遇|保障|体系|补贴)?|(?:薪资|薪酬|工资)待遇|薪资|薪酬|待遇"
    r"|职位(?:诱惑|亮点)|(?:我们|公司)(?:能)?(?:为[你您])?提供(?:的)?|(?:我们的|公司)优势|[你您](?:将|能|可以?)(?:获得|得到|享受)(?:的)?|(?:晋升|发展)(?:空间|通道)"
    r"|(?:工作|办公)(?:环境|氛围)|员工活动|公司活动|(?:公司|企业|单位|我们的?)(?:简介|介绍|文化)|关于我们|五险一金)"
)
_FACT = (
    r"(?:(?:工作|上班|办公|公司|面试|单位)(?:地址|地点)|(?:上班|休息|面试|工作)时间\s{0,4}[:：]|(?:地址|地点|电话|邮箱|微信|地铁|公交|交通|乘车)\s{0,4}[:：]"
    r"|乘车路线|交通路线|联系(?:方式|电话|人))"
)
_HEADING = re.compile(
    rf"(?P<work>{_WORK})|(?P<section>{_BEFORE}{_SECTION}{_ENDS})|(?P<fact>[【\[（(]?{_FACT})"
)
_RESUMES = re.compile(
    r"(?<=[。；;！!\n:：】])\s{0,4}(?:\d+[、.．)）]\s{0,4})?(?=招|负责|熟悉|熟练|精通|掌握|参与|编写|协助|具有|具备|要求|本科|大专|高职|中专|学历|专业不限)"
)
"""Where duties or requirements go on without a heading of their own."""
_FACT_ENDS = re.compile(r"[\n。；;]|\d[、.．]\D")
_LONGEST_FACT = 60

_CLAUSE = re.compile(r"[^，。；,;！!？?\n]*[，。；,;！!？?\n]?")
_WELFARE = (
    "[五六七]险一金|[五六七]险|社会?保险?|公积金|周末双休|双休|单休|做五休二|包吃包住|包吃住|包食宿|包吃|包住|年终奖金?|带薪(?:年假|休假|病假|培训)|年底双薪"
    "|双薪|十三薪|下午茶|团建|年度(?:旅游|体检)|节日(?:福利|礼品)|生日(?:福利|礼物|会)|餐补|话补|车补|交补|房补|全勤奖|法定节假日|零食管够|国家规定"
)
_FILLER = (
    r"[\d\s、.．)）(（/+·\-~—:：*&%【】\[\]]|有|享受?|及|和|等|元|缴纳?|交|买|提供|入职|即|购买|为?员工|每[年月天周]|定期|公司|丰厚|完善|优厚|国家|休息|工作|的|另"
)
_IS_WELFARE = re.compile(_WELFARE)
_WELFARE_ONLY = re.compile(rf"(?>{_WELFARE}|{_FILLER})++[，。；,;！!？?\n]?")
"""Nothing is read a second way: 包吃包住 a hundred times over, with a word of work behind it, would otherwise take for ever."""
_WAY = re.compile(
    r"地铁\s*[\d一二三四五六七八九十]+\s*号线|(?:离|近|邻近|靠近|临近|紧邻|出)地铁|地铁(?:口|沿线|周边|附近|直达|上盖|旁)|号线\S{0,8}站|公交(?:直达|线路)|路公交|交通便利"
)
_LONGEST_WAY = 40
_AT_WORK = re.compile(
    "负责|检修|维修|维护|运营|运维|施工|设计|安检|站务|驾驶|司机|乘务|调度|信号|车辆|建设|项目|工程|保洁|巡|招|焊|装|测|管理|经验|熟悉"
)
"""Words by which a clause about a railway or a bus is about work on it."""
_GOES_ON = re.compile(
    rf"\n\s*(?:[\d一二三四五六七八九十]+\s*[、.．)）:：]|[（(]\d|[①-⑳●•·◆■★√*\-–—]|[^\n]*(?:{_WELFARE}|福利|待遇|奖|补贴|公司|我们|员工))"
)
"""A further line of a section: a number, a bullet, or what welfare and employers are told with."""
_ANYTHING = re.compile(r"\w")


def clean_body(text: str) -> str:
    """The text without sections and clauses on welfare, the employer, places and the way there.

    A section goes from its heading (福利待遇：, 公司简介：, 【我们提供】 …) to the next heading of work, the next sentence that
    reads like work or the first line that reads like something else; an address, a time or a contact to the end of
    its sentence; a clause goes if it holds nothing but welfare (五险一金, 双休) or the way there (近地铁4号线). A text of
    which nothing would be left, or that has none of these, stays as it is; cleaning again changes nothing.
    """
    while (cleaned := _once(text)) != text:
        text = cleaned
    return text


def _once(text: str) -> str:
    kept = "\n".join(filter(None, map(_of_work, _sections(text))))
    return kept if len(kept) < len(text) and _ANYTHING.search(kept) else text


def _sections(text: str) -> Iterator[str]:
    """What stands between the headings that are dropped with what belongs to them."""
    dropped = [heading for heading in _HEADING.finditer(text) if heading.lastgroup != "work"]
    start = 0
    for heading in dropped:
        if heading.start() >= start:
            yield text[start : heading.start()]
            start = _end_of_fact(heading) if heading.lastgroup == "fact" else _end_of_section(heading)
    yield text[start:]


def _end_of_fact(heading: re.Match[str]) -> int:
    """The end of the sentence, or the place before the next heading or number; of one that is too long, the heading's own."""
    text, start = heading.string, heading.end()
    longest = min(_next_heading(text, start), start + _LONGEST_FACT)
    stop = _FACT_ENDS.search(text, start, longest)
    if stop:
        return stop.end() if stop.group() in "。；;" else stop.start()
    return longest if longest < start + _LONGEST_FACT else start


def _end_of_section(heading: re.Match[str]) -> int:
    text, start = heading.string, heading.end()
    line = start + (len(text[start:]) - len(text[start:].lstrip()))
    end = _end_of_line(text, line)
    while _GOES_ON.match(text, end):
        end = _end_of_line(text, end + 1)
    end = min(end, _next_heading(text, start, work_only=True))
    again = _RESUMES.search(text, start - 1, end)
    return again.start() if again else end


def _next_heading(text: str, start: int, *, work_only: bool = False) -> int:
    later = (found.start() for found in _HEADING.finditer(text, start) if not work_only or found.lastgroup == "work")
    return next(later, len(text))


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _of_work(piece: str) -> str:
    return "".join(clause for clause in _CLAUSE.findall(piece) if _is_of_work(clause))


def _is_of_work(clause: str) -> bool:
    if _IS_WELFARE.search(clause) and _WELFARE_ONLY.fullmatch(clause):
        return False
    return not (_WAY.search(clause) and len(clause) <= _LONGEST_WAY and not _AT_WORK.search(clause))
