"""教师/专家 (E07): a teacher or expert who works with enterprises."""

from rongqiao.parties.vocabulary import SCHOOLS, PartyType

from ..field_types import MAX_PROSE, Choice, Column, Day, Many, Number, Rows, Words, options
from ..kind import Field, Kind

KIND = Kind(
    code="expert",
    zh="教师专家",
    en="Expert",
    side="offer",
    parties=SCHOOLS | {PartyType.RESEARCH_INSTITUTE, PartyType.ENTERPRISE, PartyType.ASSOCIATION},
    pairs_with=("tech_need", "talent_need", "internship"),
    fields=(
        Field(
            "expert_kind", "类别", "Category",
            Choice(options(
                ("teacher", "专任教师", "Full-time teacher"),
                ("part_time", "产业兼职教师", "Part-time teacher from industry"),
                ("mentor", "企业导师", "Enterprise mentor"),
                ("outside", "校外专家", "Outside expert"),
            )),
        ),
        Field("rank", "职称", "Rank", Words(60)),
        Field("topics", "研究方向", "Topics", Many(Words(80), 40), aliases=("方向", "研究领域")),
        Field("skills", "擅长技术", "Techniques", Many(Words(60), 40), aliases=("技术", "技能", "专长")),
        Field("achievements", "成果与项目", "Results and projects", Words(MAX_PROSE), aliases=("成果", "项目")),
        Field(
            "double_level", "双师等级", "Double-qualified level",
            Choice(options(
                ("junior", "初级", "Junior"), ("middle", "中级", "Middle"), ("senior", "高级", "Senior"),
                ("none", "未认定", "Not certified"),
            )),
        ),
        Field("enterprise_years", "企业工作年限", "Years in enterprises", Number(0, 60), unit="年"),
        Field(
            "practice", "企业实践", "Practice in enterprises",
            Rows((
                Column(
                    "form", "形式", "Form",
                    Choice(options(
                        ("visiting", "跟岗访学", "Visiting"), ("post", "顶岗实践", "In post"),
                        ("secondment", "挂职锻炼", "Secondment"),
                    )),
                ),
                Column("firm", "企业", "Enterprise", Words(120)),
                Column("from_date", "起", "From", Day()),
                Column("to_date", "止", "To", Day()),
                Column("days", "天数", "Days", Number(0, 4_000)),
            )),
        ),
        Field("hours", "每月可用工时", "Hours a month", Number(0, 400), unit="小时", aliases=("可用工时",)),
        Field("load", "在带项目数", "Projects in hand", Number(0, 1_000)),
        Field("conflicts", "利益冲突", "Conflicts of interest", Many(Words(120)), private=True),
    ),
    skills="skills",
    body=("topics", "skills", "achievements", "rank"),
    shelf_life_days=365,
)  # fmt: skip
