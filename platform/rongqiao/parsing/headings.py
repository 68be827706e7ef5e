"""The headings of advertisements and R&D problems, and which part of the text each opens."""

import re
from dataclasses import dataclass

# part → the words a heading of it consists of. What is under a part decides which readers believe it.
PARTS: dict[str, str] = {
    "duties":
        r"(?:主要|岗位|工作|职位|具体|核心)?(?:工作)?(?:职责|责任|内容|描述|职能)(?:描述)?|职责描述|(?:您|你)(?:的|"
        r"将)?(?:要做的|负责)"
              r"|工作任务|日常工作|(?:what you will do|responsibilities|job description|key responsibilities|duties)",
    "asked":
        r"(?:任职|岗位|职位|招聘|应聘|录用|招录|聘用|能力|技能|技术|基本|其他|其它|专业技能|报名|工作|人员|素质|入职|"
        r"用人|实习|资格)"
             r"(?:任职)?(?:要求|资格要求|资格条件|资格|条件|需求)|任职(?:描述|条件)|要求|条件|招聘条件|应聘资格要求|加分项|"
                 r"优先(?:条件|考虑)"
             r"|我们(?:希望|需要|期望)(?:你|您)?|资格|(?:requirements?|qualifications?|what we (?:need|expect)|skills "
                 r"required)",
    "pay":
        r"(?:薪资|薪酬|工资|福利|公司|员工|岗位|职位|我们的|工作)?(?:福利待遇|薪资待遇|薪酬待遇|薪酬福利|薪资福利|"
        r"工资待遇|工资福利|福利|待遇|诱惑|报酬)"
           r"|薪资(?:结构|构成|范围)?|薪酬(?:范围)?|工资|我们(?:能)?提供|(?:你|您)(?:能|将)?(?:得到|获得)|月薪|年薪|底薪|"
               r"(?:benefits|what we offer|salary|compensation)",
    "company":
        r"(?:公司|企业|单位|集团|学校|医院|酒店|团队|部门|工厂|项目|品牌|机构|我们的?)(?:简介|介绍|概况|背景|信息|情况|"
        r"文化|团队|优势|描述)|关于(?:我们|公司)"
               r"|招聘单位|(?:about us|about the company|company profile)",
    "contact":
        r"联系(?:方式|电话|人)?|(?:报名|应聘|投递|简历投递|申请|面试)(?:方式|办法|流程|邮箱|电话)|联系我们|电话|微信|"
        r"邮箱|(?:contact(?: us)?|how to apply)",
    "place":
        r"(?:工作|上班|办公|办公室|任职|面试|公司|单位|实习|就业|总部)(?:地点|地址|地区|城市|地)|地址|地点|(?:location|"
        r"work location)",
    "time": r"(?:工作|上班|作息|实习|报到|到岗)(?:时间|班次|制度)|班次|休息",
    "ladder": r"晋升(?:通道|空间|渠道)|培训体系|职业发展|发展(?:空间|前景)",
    "post": r"(?:招聘|应聘|实习)(?:岗位|职位|人数|名额|工种)|(?:岗位|职位)名称|人数|名额|岗位",
    "other": r"备注|说明|温馨提示|注意事项|职能类别|关键字",
}  # fmt: skip

_WORDS = "|".join(f"(?P<{part}>{words})" for part, words in PARTS.items())
_LEAD = r"(?:[一二三四五六七八九十][、.]|[(][一二三四五六七八九十][)]|\d{1,2}[、.])?"
HEADING = re.compile(
    rf"(?<![a-z])(?:[【\[<《「#*=]+[ ]?{_LEAD}[ ]?(?P<boxed>{_WORDS})[ ]?[】\]>》」#*=]+[:]?)".replace(
        "(?P<", "(?P<b_"
    ).replace("(?P<b_boxed>", "(?P<boxed>")
    + rf"|(?:(?<=[\n])|^)[ \t]*{_LEAD}[ ]?(?:{_WORDS})[ ]?(?:[:]|(?=\n)|$|[=]{{2,}}|(?=[ ]?1[、.]))".replace(
        "(?P<", "(?P<l_"
    )
    + r"|(?P<i_company2>公司简介|公司介绍|企业简介|企业介绍|集团简介|关于我们|公司概况)"
    + rf"|(?<![的和与及任])(?:{_WORDS})[ ]?(?:[:]|(?=[ ]?1[、.,][^\d])|(?=[ ]?[(]1[)])|[=]{{2,}})".replace(
        "(?P<", "(?P<i_"
    )
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the text: its heading begins at `head`, what stands under it is [start, end)."""

    part: str
    head: int
    start: int
    end: int


def part_of(found: re.Match[str]) -> str:
    """Which part a heading opens."""
    groups = found.groupdict()
    return next((name[2:].rstrip("2") for name, words in groups.items() if words and name[1] == "_"), "other")
