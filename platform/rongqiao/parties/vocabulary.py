"""The parties' enumerations, in the policy's own terms (E01–E03)."""

from django.db import models


class PartyType(models.TextChoices):
    """主体类型 (指引 3.2: 产业方 is everybody but local government and colleges)."""

    COLLEGE = "college", "高校"
    SECONDARY_SCHOOL = "secondary_school", "中职学校"
    GOVERNMENT = "government", "地方政府部门"
    ENTERPRISE = "enterprise", "企业"
    ASSOCIATION = "association", "行业协会"
    RESEARCH_INSTITUTE = "research_institute", "科研院所"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织"
    INDUSTRIAL_PARK = "industrial_park", "产业园区"
    BROKER = "broker", "服务组织"
    EVALUATOR = "evaluator", "第三方评价机构"


SCHOOLS = frozenset({PartyType.COLLEGE, PartyType.SECONDARY_SCHOOL})
INDUSTRY_SIDE = frozenset(
    {
        PartyType.ENTERPRISE,
        PartyType.ASSOCIATION,
        PartyType.RESEARCH_INSTITUTE,
        PartyType.SOCIAL_ORGANISATION,
        PartyType.INDUSTRIAL_PARK,
        PartyType.BROKER,
    }
)


class VerifyStatus(models.TextChoices):
    """核验状态."""

    UNVERIFIED = "unverified", "未核验"
    DOCUMENTS = "documents", "材料核验"
    AUTHORITY = "authority", "权威核验"
    DOUBTED = "doubted", "存疑"
    SUSPENDED = "suspended", "停用"


class EnterpriseSize(models.TextChoices):
    """企业规模."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class SchoolLevel(models.TextChoices):
    """办学层次."""

    SECONDARY = "secondary", "中职"
    TECHNICIAN = "technician", "技工院校"
    VOCATIONAL_COLLEGE = "vocational_college", "高职专科"
    VOCATIONAL_BACHELOR = "vocational_bachelor", "职业本科"
    APPLIED_BACHELOR = "applied_bachelor", "应用型本科"
    BACHELOR = "bachelor", "普通本科"
    POSTGRADUATE = "postgraduate", "研究生培养单位"


class SchoolNature(models.TextChoices):
    """办学性质."""

    PUBLIC = "public", "公办"
    PRIVATE = "private", "民办"
    MIXED = "mixed", "混合所有制"
    JOINT = "joint", "中外合作"


class UnitType(models.TextChoices):
    """二级单位类型 (指引 3.3: 新型特色学院 includes 现代产业学院 and 专业特色学院)."""

    SCHOOL = "school", "二级学院"
    INDUSTRY_SCHOOL = "industry_school", "现代产业学院"
    SPECIALITY_SCHOOL = "speciality_school", "专业特色学院"
    TEACHING_GROUP = "teaching_group", "基层教研组织"
    LIAISON_OFFICE = "liaison_office", "产教融合办公室"
