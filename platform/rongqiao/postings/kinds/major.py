"""专业(点) (E04): a major as one college offers it, with intake and graduates by year."""

from matching.taxonomy.majors import majors
from rongqiao.common.language import both
from rongqiao.parties.vocabulary import SCHOOLS

from ..field_types import MAX_PROSE, Choice, Code, Column, Many, Number, Rows, Words, options
from ..kind import Details, Field, Kind


def level(details: Details) -> int | None:
    """The level of the graduates, from the catalogue the code stands in."""
    entry = majors().get(str(details.get("major_code")))
    return entry.degree if entry else None


def graduates(details: Details) -> int | None:
    """The graduates of the latest year that says so."""
    years = [row for row in details.get("years") or [] if row.get("graduates") is not None]
    return max(years, key=lambda row: row.get("year", 0))["graduates"] if years else None


def catalogue_words(details: Details) -> str:
    """The class and group the catalogue puts the major in: all that is known where only the name is given."""
    entry = majors().get(str(details.get("major_code")))
    return f"{entry.class_name} {entry.group_name}" if entry else ""


KIND = Kind(
    code="major",
    zh="专业",
    en="Major",
    side="offer",
    parties=SCHOOLS,
    pairs_with=("talent_need", "internship", "tech_need"),
    fields=(
        Field(
            "major_code", "专业代码", "Major code", Code("major"), required=True,
            help=both("专业目录代码或名称", "Its code or name in the catalogue"),
            aliases=("专业", "专业名称", "代码"),
        ),
        Field("years_of_study", "学制", "Years of study", Number(1, 8), unit="年", aliases=("修业年限",)),
        Field(
            "years", "招生与毕业", "Intake and graduates by year",
            Rows((
                Column("year", "年份", "Year", Number(1990, 2100)),
                Column("intake", "招生数", "Intake", Number(0, 100_000)),
                Column("enrolled", "在校数", "Enrolled", Number(0, 100_000)),
                Column("graduates", "毕业数", "Graduates", Number(0, 100_000)),
            )),
        ),
        Field("courses", "核心课程", "Core courses", Many(Words(80), 40), aliases=("专业课程", "主要课程")),
        Field("skills", "培养技能", "Skills taught", Many(Words(60), 40), aliases=("技能", "能力")),
        Field("occupation_codes", "面向职业", "Occupations", Many(Code("occupation"))),
        Field("certificates", "证书", "Certificates", Many(Words(60)), aliases=("1+X", "职业证书")),
        Field("intern_capacity", "可派实习生", "Interns available", Number(0, 100_000), unit="人"),
        Field("practice_ratio", "实践学时占比", "Share of practice hours", Number(0, 100, decimals=True), unit="%"),
        Field(
            "class", "专业分类", "Class",
            Choice(options(
                ("strong", "优势", "Strong"), ("distinctive", "特色", "Distinctive"),
                ("growing", "培育", "Growing"), ("general", "一般", "General"),
            )),
        ),
        Field("plan", "培养目标", "Aims", Words(MAX_PROSE), aliases=("专业介绍", "培养方案")),
    ),
    level=level,
    capacity=graduates,
    majors="major_code",
    occupations="occupation_codes",
    skills="skills",
    certificates="certificates",
    body=("plan", "courses", "skills", "occupation_codes", "certificates"),
    context=catalogue_words,
    shelf_life_days=365,
)  # fmt: skip
