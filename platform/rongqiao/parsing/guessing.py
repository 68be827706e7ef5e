"""Which kind of posting a text is, by the words that only such texts have."""

import re
from dataclasses import dataclass

from rongqiao.postings import kinds

from .text import Text

# kind → (words, weight). A weight counts once for each different word, at most three times a line.
SIGNS: dict[str, tuple[tuple[str, float], ...]] = {
    "talent_need": (
        (r"招聘|诚聘|急聘|急招|招工|招募|高薪聘|聘用|hiring|we are looking for", 2),
        (r"岗位职责|任职要求|任职资格|岗位要求|职位描述|职位要求|工作职责|职责描述|responsibilities|requirements", 2),
        (r"五险一金|薪资|月薪|底薪|提成|包吃住|双休|年终奖|工资|待遇|salary", 1),
        (r"工作经验|开发经验|经验者优先|以上学历|学历不限|男女不限|岁以下|老带新|experience", 0.7),
        (
            r"包住|包吃|管吃|管住|月休|两班倒|三班倒|长白班|计件|保底|试用期|日结|时薪|一天\d+元|"
            r"招[一-龥]{2,6}[\d一二三]+[名人]|人数", 1),
        (r"熟悉|精通|熟练|掌握|优先|吃苦耐劳|责任心|团队", 0.5),
    ),
    "internship": (
        (r"招聘实习生|实习生招聘|实习岗位|岗位实习|顶岗实习|认识实习|招(?:收|募)?实习生|实习名额|实习计划|internship", 4),
        (
            r"实习(?:补贴|津贴|报酬|时间|证明|工资|地点|周期)|转正机会|顶岗实习生?|跟岗实习|每周(?:至少)?(?:到岗|"
            r"实习)?[3-5三四五]天", 1.2),
    ),
    "tech_need": (
        (
            r"技术需求|技术难题|技术攻关|揭榜挂帅|研发需求|卡脖子|难题征集|技术瓶颈|需求标题|需求名称|攻关(?:任务|需求|"
            r"目标)|揭榜方|难题[:(]|想解决|想(?:找|请)[^,。;\n]{0,12}(?:高校|老师|学校|研究所|团队|院校|专家)|需要[^,。"
            r";\n]{0,12}(?:老师|高校|研究所|院校)(?:帮|来)", 4),
        (
            r"考核指标|技术指标|预期目标|拟解决|希望(?:解决|达到|寻求|找到)|已(?:尝试|试过)|寻求(?:合作|解决)|委托开发|"
            r"联合(?:研发|攻关)|研发投入|合作方式|知识产权(?:归属)?|技术现状|存在(?:的)?问题", 1.5),
        (r"良率|合格率|废品率|漏检|出成率|中试|试验田|样机|精度|工艺|降低到|提升到|提高到|不稳定|失效|开裂|变形|能耗|误差", 0.6),
    ),
    "major": (
        (
            r"专业介绍|专业简介|培养目标|人才培养|专业代码|主干课程|核心课程|主要课程|专业课程|专业名称|[一-龥]专业[(]|层次|"
            r"在校生|学什么|毕业(?:生)?可|毕业要求", 2),
        (r"就业(?:方向|面向|岗位|前景)|学制|修业年限|招生(?:对象|计划|人数)|毕业生|实训室|课程体系|职业面向|学位授予|1\+x", 1),
    ),
    "expert": (
        (r"研究方向|研究领域|个人简介|主持(?:完成)?(?:国家|省|市)|教授|副教授|博士生导师|硕士生导师|讲师|发表(?:论文|sci)", 1.6),
        (r"论文\d+|专利\d+|获奖|学术|双师型|著作", 0.8),
    ),
    "training_base": (
        (r"实训基地|实验室|实训中心|实训室|培训中心|工程研究中心", 2),
        (r"工位|建筑面积|设备总值|实训项目|可容纳|仪器设备|开放时间|对外服务", 1.3),
    ),
}  # fmt: skip
_SIGNS = {kind: [(re.compile(words), weight) for words, weight in signs] for kind, signs in SIGNS.items()}
MOST_OF_A_LINE = 3
LEAST_EVIDENCE = 1.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind's code and how sure it is: the share of all evidence that speaks for it."""

    code: str
    confidence: float


def guess(text: Text) -> Guess | None:
    """The likeliest kind of those this deployment has; None when nothing speaks for any."""
    scores = {code: _score(text.plain, signs) for code, signs in _SIGNS.items() if kinds.get(code)}
    if not scores or max(scores.values()) < LEAST_EVIDENCE:
        return None
    best = max(scores, key=lambda code: scores[code])
    return Guess(best, round(scores[best] / (sum(scores.values()) + 0.5), 2))


def _score(plain: str, signs: list[tuple[re.Pattern[str], float]]) -> float:
    return sum(min(MOST_OF_A_LINE, len(set(words.findall(plain)))) * weight for words, weight in signs)
