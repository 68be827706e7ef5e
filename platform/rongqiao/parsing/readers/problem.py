"""What an R&D problem says of itself: budget, deadline, mode, ownership, secrecy, targets, what was tried (技术需求)."""

import re

from rongqiao.common.language import Bilingual

from ..found import Found, Reader
from ..text import Text, pattern

_MONEY = r"(?P<amount>\d+(?:\.\d+)?(?:,\d{3})*) ?(?P<unit>亿元|亿|万元|万|元)"
BUDGET = pattern(
    rf"(?:研发投入|研发预算|研发经费|项目预算|经费预算|预算|拟投入|计划投入|投入(?:资金|经费)?|项目经费|经费|"
    rf"资金)(?:总额|约|为|在|不超过|大约|预计|是|拟)* ?[:】\]]? ?(?:人民币)? ?(?P<span>{_MONEY})(?! "
    rf"?[-~至到])(?P<rest> ?(?:左右|以内|以上|/))?"
)
TO_SOLVER = pattern(
    rf"(?:支付揭榜方|揭榜(?:金额|经费|奖金)|(?:榜|悬赏)金额?|支付(?:费用|金额)?|酬金)(?:总额|约|为|不超过|不低于)* "
    rf"?[:】\]]? ?(?P<span>{_MONEY})(?! ?[-~至到])"
)
DEADLINE = pattern(
    r"(?:完成(?:时限|时间|期限)|期限|时限|截止(?:时间|日期)?|截至|最迟|交付(?:时间|日期)|须?于|希望在|争取在|"
    r"计划在?)(?:为|在|是|于)? ?[:】\]]? ?"
    r"(?P<span>(?P<year>20\d\d) ?[-/.年] ?(?P<month>\d{1,2})(?: ?[-/.月] ?(?P<day>\d{1,2})? ?日?)?)(?= ?(?:月?底|"
    r"月?末|之?前|以前|完成|,|。|;|\n|$|交|验))"
)
_UNITS = {"亿元": 10_000.0, "亿": 10_000.0, "万元": 1.0, "万": 1.0, "元": 0.0001}
NO_DAY = Bilingual("只说到月，请填写具体日期", "Only a month is given: fill in the day")
ROUGH = Bilingual("金额是概数，请核对", "The amount is only roughly given: check it")

MODES = (
    ("open_call", r"揭榜挂帅"),
    ("commission", r"委托(?:开发|研发|研制|院校|高校|外部)"),
    ("joint", r"联合(?:研发|攻关|开发|研究)|合作(?:研发|开发|攻关)|共同研发"),
    ("consulting", r"技术咨询"),
    ("service", r"技术服务"),
    ("transfer", r"技术转让|专利许可|成果转让|转让/许可"),
)
OWNERSHIP = (
    ("shared", r"(?:双方)?共有|(?:双方)?共同(?:拥有|所有|享有)|共享"),
    ("enterprise", r"归(?:本)?(?:企业|公司|甲方|我方|我司)(?:所有|独有)?"),
    ("college", r"归(?:院校|学校|高校|乙方|校方)(?:所有)?"),
    ("open", r"协商|另议|再议|面议|可谈|商定"),
)
_OWNED = pattern(r"(?:知识产权|产权|专利权?|成果)(?:归属|权属)?[^。;\n]{0,16}")
SECRECY = (
    (
        "secret",
        r"(?:本|该)?(?:需求|信息|内容|项目)?(?:须|需|请)?(?:严格)?(?:保密|不公开|勿外传|不得公开|不对外)",
    ),
    ("invited", r"定向(?:发布|公开|邀请)|仅(?:限|向)[^,。;\n]{1,16}(?:公开|查看|可见)"),
    ("summary", r"仅?公开摘要|摘要公开"),
)
_NOT_SECRET = re.compile(r"不$|无须$|不需要$|无需$|不需$|不用$|保密协议|签[^,。]{0,4}$|保密(?:费|协议|条款)")
OPEN = pattern(r"(?:密级|公开程度|保密(?:要求|等级)) ?[:】\]]? ?(?P<span>公开|不保密|无)(?![一-龥])")
_LABELLED = {name: pattern(rf"(?:{words}) ?[:】\]] ?[^。;\n]{{0,6}}$") for name, words in {
    "mode": "合作(?:方式|模式|形式)", "secrecy": "密级|公开程度|保密(?:要求|等级)"}.items()}  # fmt: skip


def budget(text: Text) -> list[Found]:
    """The money for the research, in 万元."""
    return _money(text, BUDGET)


def to_solver(text: Text) -> list[Found]:
    """What the solver is paid, in 万元."""
    return _money(text, TO_SOLVER)


def _money(text: Text, expression: re.Pattern[str]) -> list[Found]:
    found = []
    for match in expression.finditer(text.plain):
        value = round(float(match["amount"].replace(",", "")) * _UNITS[match["unit"]], 4)
        rough = re.match(r" ?(?:左右|以内|以上|多)", text.plain[match.end("unit") : match.end("unit") + 4])
        found.append(Found(value, *match.span("span"), "said", ROUGH if rough else None))
    return found


def deadline(text: Text) -> list[Found]:
    """The day by which the work is to be done; a month alone is asked about."""
    found = []
    for match in DEADLINE.finditer(text.plain):
        words = f"{match['year']}-{int(match['month']):02}"
        if match["day"]:
            found.append(Found(f"{words}-{int(match['day']):02}", *match.span("span"), "said"))
        else:
            found.append(Found(words, *match.span("span"), "said", NO_DAY))
    return found


def mode(text: Text) -> list[Found]:
    """The way of working together."""
    return [
        Found(
            code,
            *match.span(),
            "labelled" if _LABELLED["mode"].search(text.before(match.start(), 12)) else "said",
        )
        for code, words in MODES
        for match in re.finditer(words, text.plain)
        if text.part(match.start()) != "company"
    ]


def ownership(text: Text) -> list[Found]:
    """Whose the results are: read in the words behind 知识产权 only."""
    found = []
    for match in _OWNED.finditer(text.plain):
        for code, words in OWNERSHIP:
            said = re.compile(words).search(text.plain, match.start(), match.end())
            if said:
                found.append(Found(code, *said.span(), "said"))
                break
    return found


def secrecy(text: Text) -> list[Found]:
    """密级: what is to be kept secret. Told too openly it cannot be taken back, so anything short of a label that
    says 公开 counts as a wish for secrecy."""
    found = [
        Found(code, *match.span(), "said")
        for code, words in SECRECY
        for match in re.finditer(words, text.plain)
        if not _NOT_SECRET.search(text.before(match.start(), 6))
        and not _NOT_SECRET.match(text.plain, match.start())
    ]
    return found or [Found("public", *match.span("span"), "said") for match in OPEN.finditer(text.plain)]


_METRIC = r"(?P<metric>[一-龥a-z0-9()/]{2,20}?)"
_FIGURE = r"(?:[<>=≤≥±]{1,2}|不(?:大于|小于|超过|低于|高于)|小于|大于|低于|高于|达到?)? ?\d+(?:\.\d+)?(?: ?[-~] ?\d+(?:\.\d+)?)?"
_UNIT = r"(?P<unit>%|‰|℃|°c|μm|um|mm/m|mm|cm|nm|kwh|kw|mpa|db|ms|小时|分钟|秒|天|万次|次|件|吨|公斤|kg|元|hrc|模|台|m/s|m|h|s)?"
TARGET = pattern(
    rf"{_METRIC}(?:由|从)(?:目前|现在|现有|原来)?的? ?(?P<now>{_FIGURE}) ?{_UNIT} ?(?:左右)?(?:,)?(?:降低?|提高|提升|"
    rf"升|减少|缩短|增加|改善|压缩|下降|延长)(?:到|至|为) ?(?P<goal>{_FIGURE}) ?(?P<unit2>{_UNIT[9:-2]})? "
    rf"?(?:以[上下内])?"
)
GOAL = pattern(
    rf"{_METRIC}(?P<sign>[<>≤≥]=?|不(?:大于|小于|超过|低于|高于)|(?:降低?|提高|提升|控制|减少|缩短)(?:到|至|在)|"
    rf"达到?) ?(?P<goal>\d+(?:\.\d+)?(?: ?[-~] ?\d+(?:\.\d+)?)?) ?{_UNIT} ?(?P<side>以[上下内])?"
)
_NOT_METRIC = re.compile(
    r"预算|投入|经费|资金|公司|企业|年|注册|成立|员工|产值|营收|金额|期限|时限|报价|产权"
)
_METRIC_LEAD = re.compile(
    r"^(?:要求|目标|希望|需要|使|将|把|力争|确保|保证|实现|目前|现在|其中|同时|并|且|指标|需|应|拟|能|可)+"
)


def targets(text: Text) -> list[Found]:
    """Figures to be reached, each as a row of metric, now, goal, unit, in the text's own words."""
    found = []
    for match in TARGET.finditer(text.plain):
        row = {"now": match["now"], "goal": match["goal"], "unit": match["unit2"] or match["unit"]}
        found += _target(text, match, row, "from to")
    for match in GOAL.finditer(text.plain):
        one = _target(text, match, {"goal": _goal(text, match), "unit": match["unit"]}, "goal")
        found += [each for each in one if not any(each.overlaps(other) for other in found)]
    return found


def _goal(text: Text, match: re.Match[str]) -> str:
    sign = match["sign"] if re.match(r"[<>≤≥]|不", match["sign"]) else ""
    return f"{sign}{match['goal']}{match['side'] or ''}"


def _target(text: Text, match: re.Match[str], row: dict[str, str | None], evidence: str) -> list[Found]:
    if text.part(match.start()) in ("company", "contact") or not row["unit"]:
        return []
    start, end = match.span("metric")
    lead = _METRIC_LEAD.match(match["metric"])
    start += lead.end() if lead else 0
    metric = text.words(start, end)
    if len(metric) < 2 or _NOT_METRIC.search(metric):
        return []
    value = {"metric": metric, **{name: words.strip() for name, words in row.items() if words}}
    return [Found(value, start, match.end(), evidence)]


TRIED = pattern(
    r"(?P<span>(?:已(?:经)?(?:尝试|试过|采用|做过|试)|(?:曾|先后|此前)(?:经)?(?:尝试|试|采用|用)过?|试过|尝试过|"
    r"做过)[^。;\n]{3,200})"
)


def tried(text: Text) -> list[Found]:
    """What was tried so far: the clauses that say so."""
    return [
        Found(text.words(*match.span("span")), *match.span("span"), "said")
        for match in TRIED.finditer(text.plain)
        if text.part(match.start()) != "company"
    ]


def _firm_before(found: list[Found]) -> list[Found]:
    labelled = [one for one in found if one.evidence == "labelled"]
    return labelled or found


BUDGET_READER = Reader("budget", budget, {"said": 0.95})
TO_SOLVER_READER = Reader("pay_to_solver", to_solver, {"said": 0.95})
DEADLINE_READER = Reader("deadline", deadline, {"said": 0.95})
MODE_READER = Reader("mode", mode, {"labelled": 0.97, "said": 0.9}, choose=_firm_before)
OWNERSHIP_READER = Reader("ip_ownership", ownership, {"said": 0.92})
SECRECY_READER = Reader("secrecy", secrecy, {"said": 0.92})
TARGETS_READER = Reader("targets", targets, {"from to": 0.95, "goal": 0.85}, many=True)
TRIED_READER = Reader("tried", tried, {"said": 0.92}, many=True)


TITLE = pattern(
    r"(?:(?<![一-龥])(?:技术)?(?:攻关)?(?:需求|难题)(?:[(][^()\n]{1,20}[)])?|(?:需求|项目|难题|技术需求|"
    r"课题)(?:名称|标题|题目)|(?<![一-龥])(?:题目|名称|标题))[】\]]? ?[:】\]] ?(?P<title>[^\n。;]{4,80})"
)
FIRST_LINE = pattern(r"^\s*(?P<title>[^\n。;:!?]{6,60})\n")


def title(text: Text) -> list[Found]:
    """What the problem is called: behind its label, else a first line that stands by itself."""
    for evidence, expression in (("labelled", TITLE), ("first line", FIRST_LINE)):
        found = [
            Found(text.words(*match.span("title")), *match.span("title"), evidence)
            for match in expression.finditer(text.plain)
        ]
        if found:
            return found[:1]
    return []


TITLE_READER = Reader("title", title, {"labelled": 0.97, "first line": 0.92})
