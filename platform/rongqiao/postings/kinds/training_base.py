"""实训基地/实验室 (entity E06): rooms, equipment and stations that a college shares."""

from rongqiao.parties.vocabulary import SCHOOLS, PartyType

from ..field_types import MAX_PROSE, Choice, Code, Column, Many, Number, Rows, Words, options
from ..kind import Details, Field, Kind, number


def teachers_to_students(details: Details) -> dict[str, str]:
    """师生比 (指引 4.3.4.2: 指导教师与学生规模比例恰当): one teacher to how many students; nothing when not both are said."""
    students, teachers = details.get("students"), details.get("teachers")
    return {"teachers_to_students": f"1:{students / teachers:.1f}"} if students and teachers else {}


KIND = Kind(
    code="training_base",
    zh="实训基地",
    en="Training base",
    side="offer",
    parties=SCHOOLS | {PartyType.RESEARCH_INSTITUTE, PartyType.INDUSTRIAL_PARK},
    pairs_with=("tech_need", "talent_need", "internship"),
    fields=(
        Field(
            "base_type", "类型", "Type",
            Choice(options(
                ("on_campus", "校内实训基地", "On-campus base"),
                ("off_campus", "校外实习基地", "Off-campus base"),
                ("productive", "生产性实训基地", "Productive base"),
                ("public", "公共实训基地", "Public base"),
                ("virtual", "虚拟仿真实训基地", "Virtual simulation base"),
                ("teachers", "双师型教师培养培训基地", "Base for training double-qualified teachers"),
                ("joint_laboratory", "联合实验室（研发中心）", "Joint laboratory"),
                ("consortium", "创新联合体", "Innovation consortium"),
                ("proof_of_concept", "概念验证中心", "Proof-of-concept centre"),
                ("technology_centre", "技术创新中心", "Technology innovation centre"),
                ("engineering_centre", "工程研究中心", "Engineering research centre"),
            )),
            aliases=("基地类型", "实验室类型"),
        ),
        Field("area", "面积", "Area", Number(0, 1_000_000, decimals=True), unit="平方米", aliases=("建筑面积",)),
        Field("stations", "工位数", "Stations", Number(0, 100_000), unit="个", aliases=("工位",)),
        Field("students", "可容纳学生数", "Students at a time", Number(0, 100_000), unit="人"),
        Field("teachers", "指导教师数", "Teachers", Number(0, 10_000), unit="人"),
        Field(
            "equipment_value", "设备值", "Value of equipment", Number(0, 1_000_000, decimals=True), unit="万元",
            aliases=("设备总值",),
        ),
        Field(
            "equipment", "主要设备", "Equipment",
            Rows((
                Column("name", "名称", "Name", Words(100)),
                Column("model", "型号", "Model", Words(100)),
                Column("quantity", "数量", "Quantity", Number(1, 100_000)),
            )),
        ),
        Field("majors", "面向专业", "Majors served", Many(Code("major_or_class"))),
        Field("skills", "可开展的技术", "Techniques", Many(Words(60), 40), aliases=("技能", "服务内容")),
        Field("functions", "功能", "Functions", Words(MAX_PROSE), aliases=("服务功能", "实训项目")),
        Field("open_windows", "开放时段", "Open hours", Words(500), aliases=("开放时间",)),
        Field("fee", "收费", "Fee", Words(200), aliases=("收费标准",)),
        Field("safety", "安全条件", "Safety", Words(500)),
        Field("partners", "合作企业", "Partner enterprises", Many(Words(120))),
    ),
    capacity=number("stations"),
    majors="majors",
    skills="skills",
    body=("functions", "equipment", "skills", "majors", "base_type"),
    computed=teachers_to_students,
    shelf_life_days=365,
)  # fmt: skip
