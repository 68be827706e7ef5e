"""人才需求 (E09): an enterprise looks for people."""

from rongqiao.common.language import both
from rongqiao.parties.vocabulary import INDUSTRY_SIDE

from ..field_types import MAX_PROSE, Choice, Code, Day, Many, Number, Words, options
from ..kind import Field, Kind, number, ordinal
from ..vocabulary import DEGREE, DEGREE_ORDER, INDUSTRY_FIELD_HELP, URGENCY

KIND = Kind(
    code="talent_need",
    zh="人才需求",
    en="Talent need",
    side="need",
    parties=INDUSTRY_SIDE,
    pairs_with=("major", "training_base", "expert"),
    fields=(
        Field("occupation_code", "职业", "Occupation", Code("occupation"), aliases=("职业代码", "职业分类")),
        Field(
            "majors", "专业要求", "Majors", Many(Code("major_or_class")),
            help=both("专业、专业类或专业大类", "A major, a class or a group of majors"),
            aliases=("专业", "所需专业", "需求专业"),
        ),
        Field(
            "headcount", "人数", "Headcount", Number(1, 10_000), unit="人",
            aliases=("招聘人数", "需求人数", "岗位人数"),
        ),
        Field(
            "degree", "最低学历", "Lowest degree", DEGREE, aliases=("学历", "学历要求", "教育程度", "education"),
        ),
        Field(
            "skills", "技能要求", "Skills", Many(Words(60), 40), aliases=("技能", "技能标签"),
        ),
        Field(
            "certificates", "证书要求", "Certificates", Many(Words(60)), aliases=("证书", "资格证书"),
        ),
        Field(
            "years", "工作年限", "Years of experience", Number(0, 50), unit="年",
            aliases=("经验", "工作经验", "经验要求", "experience"),
        ),
        Field("pay_low", "月薪下限", "Lowest monthly pay", Number(0, 1_000_000), unit="元", aliases=("最低工资",)),
        Field("pay_high", "月薪上限", "Highest monthly pay", Number(0, 1_000_000), unit="元", aliases=("最高工资",)),
        Field("start", "到岗日期", "Start", Day(), aliases=("到岗时间", "入职时间")),
        Field(
            "horizon", "需求时限", "Horizon",
            Choice(options(
                ("now", "即时", "Now"), ("year", "1年内", "Within a year"), ("later", "1–3年", "In 1 to 3 years")
            )),
        ),
        Field(
            "employ_type", "用工方式", "Way of employment",
            Choice(options(
                ("campus", "校园招聘", "Campus recruitment"),
                ("order", "订单培养", "Order class"),
                ("apprenticeship", "现代学徒制", "Modern apprenticeship"),
                ("new_apprenticeship", "企业新型学徒制", "New-type enterprise apprenticeship"),
                ("field_engineer", "现场工程师", "Field engineer programme"),
                ("social", "社会招聘", "Open recruitment"),
            )),
        ),
        Field("urgency", "紧缺程度", "Urgency", URGENCY),
        Field("field", "产业领域", "Industry field", Words(60), help=INDUSTRY_FIELD_HELP, aliases=("产业链", "行业领域")),
        Field("benefits", "待遇说明", "Benefits", Words(MAX_PROSE)),
    ),
    level=ordinal("degree", DEGREE_ORDER),
    capacity=number("headcount"),
    majors="majors",
    occupations="occupation_code",
    skills="skills",
    certificates="certificates",
    body=("majors", "occupation_code", "skills", "certificates", "field"),
    shelf_life_days=90,
)  # fmt: skip
