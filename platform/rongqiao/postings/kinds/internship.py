"""实习岗位 (E11): an enterprise offers places to interns, and so needs interns."""

from rongqiao.parties.vocabulary import INDUSTRY_SIDE

from ..field_types import Choice, Code, Day, Flag, Many, Number, Words, options
from ..kind import Field, Kind, number, ordinal
from ..vocabulary import DEGREE, DEGREE_ORDER

KIND = Kind(
    code="internship",
    zh="实习岗位",
    en="Internship post",
    side="need",
    parties=INDUSTRY_SIDE,
    pairs_with=("major", "training_base", "expert"),
    fields=(
        Field("occupation_code", "职业", "Occupation", Code("occupation"), aliases=("职业代码",)),
        Field(
            "majors", "接收专业", "Majors accepted", Many(Code("major_or_class")),
            aliases=("专业", "专业要求", "对口专业"),
        ),
        Field("slots", "名额", "Places", Number(1, 10_000), unit="人", aliases=("人数", "实习人数", "岗位数")),
        Field("degree", "层次", "Level", DEGREE, aliases=("学历", "学历要求")),
        Field(
            "intern_type", "实习类型", "Type",
            Choice(options(("visit", "认识实习", "Familiarisation"), ("post", "岗位实习", "Post internship"))),
        ),
        Field("from_date", "开始日期", "From", Day(), aliases=("开始时间",)),
        Field("to_date", "结束日期", "To", Day(), aliases=("结束时间",)),
        Field("skills", "技能要求", "Skills", Many(Words(60), 40), aliases=("技能",)),
        Field("certificates", "证书要求", "Certificates", Many(Words(60)), aliases=("证书",)),
        Field("mentors", "带教师傅数", "Mentors", Number(0, 1_000), unit="人"),
        Field("staff_same_post", "同类岗位在岗数", "Staff in the same post", Number(0, 1_000_000), unit="人"),
        Field("staff_total", "在岗职工总数", "Staff in all", Number(0, 10_000_000), unit="人"),
        Field("pay", "实习报酬", "Monthly pay", Number(0, 100_000), unit="元/月", aliases=("实习补贴", "薪酬")),
        Field("pay_reference", "同岗试用期工资", "Probation pay of the post", Number(0, 100_000), unit="元/月"),
        Field("shift", "班次", "Shifts", Words(100), aliases=("工作时间",)),
        Field("hazards", "安全风险", "Hazards", Words(500)),
        Field("lodging", "提供住宿", "Lodging", Flag(), aliases=("食宿",)),
        Field(
            "insurance_by", "投保方", "Insured by",
            Choice(options(
                ("school", "学校", "School"), ("enterprise", "企业", "Enterprise"), ("both", "双方", "Both")
            )),
        ),
    ),
    level=ordinal("degree", DEGREE_ORDER),
    capacity=number("slots"),
    majors="majors",
    occupations="occupation_code",
    skills="skills",
    certificates="certificates",
    body=("majors", "occupation_code", "skills", "certificates"),
    shelf_life_days=180,
)  # fmt: skip
