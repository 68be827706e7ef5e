"""The parties' enumerations, in the policy's own terms (E01–E03)."""

from django.db import models

from rongqiao.common.language import both


class PartyType(models.TextChoices):
    """主体类型 (指引 3.2: 产业方 is everybody but local government and colleges)."""

    COLLEGE = "college", both("高校", "College")
    SECONDARY_SCHOOL = "secondary_school", both("中职学校", "Secondary vocational school")
    GOVERNMENT = "government", both("地方政府部门", "Local government")
    ENTERPRISE = "enterprise", both("企业", "Enterprise")
    ASSOCIATION = "association", both("行业协会", "Industry association")
    RESEARCH_INSTITUTE = "research_institute", both("科研院所", "Research institute")
    SOCIAL_ORGANISATION = "social_organisation", both("社会组织", "Social organisation")
    INDUSTRIAL_PARK = "industrial_park", both("产业园区", "Industrial park")
    BROKER = "broker", both("服务组织", "Broker")
    EVALUATOR = "evaluator", both("第三方评价机构", "Third-party evaluator")


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

    UNVERIFIED = "unverified", both("未核验", "Not verified")
    DOCUMENTS = "documents", both("材料核验", "Verified by documents")
    AUTHORITY = "authority", both("权威核验", "Verified by authority")
    DOUBTED = "doubted", both("存疑", "Doubted")
    SUSPENDED = "suspended", both("停用", "Suspended")


VERIFIED = frozenset({VerifyStatus.DOCUMENTS, VerifyStatus.AUTHORITY})


class PriorityKind(models.TextChoices):
    """优先标签 (E02; HN 第八条（一）)."""

    FORTUNE_500 = "fortune_500", both("世界500强", "Fortune Global 500")
    CHINA_500 = "china_500", both("中国500强", "China top 500")
    LISTED = "listed", both("上市公司", "Listed company")
    CHAIN_LEADER = "chain_leader", both("链主企业", "Leader of an industry chain")
    INDUSTRY_LEADER = "industry_leader", both("行业龙头", "Leader of its industry")
    DISTINCTIVE_SMALL = "distinctive_small", both("特色中小微", "Distinctive small or medium enterprise")
    ALUMNI = "alumni", both("校友企业", "Alumni enterprise")
    INTEGRATED = "integrated", both("产教融合型企业", "Industry–education integrated enterprise")


class CreditFlagKind(models.TextChoices):
    """信用记录的类型 (95 号文 三（十二）names the first)."""

    TRAINING_FUND = "training_fund", both("未按规定提取使用教育培训经费", "Training fund not used as required")
    LABOUR = "labour", both("劳动用工违法失信", "Breach of labour law")
    INTERNSHIP = "internship", both("违反实习管理规定", "Breach of internship rules")
    DISHONESTY = "dishonesty", both("严重违法失信名单", "On a list of serious dishonesty")


class EnterpriseSize(models.TextChoices):
    """企业规模."""

    LARGE = "large", both("大型", "Large")
    MEDIUM = "medium", both("中型", "Medium")
    SMALL = "small", both("小型", "Small")
    MICRO = "micro", both("微型", "Micro")


class SchoolLevel(models.TextChoices):
    """办学层次."""

    SECONDARY = "secondary", both("中职", "Secondary vocational")
    TECHNICIAN = "technician", both("技工院校", "Technician school")
    VOCATIONAL_COLLEGE = "vocational_college", both("高职专科", "Higher vocational")
    VOCATIONAL_BACHELOR = "vocational_bachelor", both("职业本科", "Vocational bachelor")
    APPLIED_BACHELOR = "applied_bachelor", both("应用型本科", "Applied bachelor")
    BACHELOR = "bachelor", both("普通本科", "Bachelor")
    POSTGRADUATE = "postgraduate", both("研究生培养单位", "Postgraduate institution")


class SchoolNature(models.TextChoices):
    """办学性质."""

    PUBLIC = "public", both("公办", "Public")
    PRIVATE = "private", both("民办", "Private")
    MIXED = "mixed", both("混合所有制", "Mixed ownership")
    JOINT = "joint", both("中外合作", "Sino-foreign")


class UnitType(models.TextChoices):
    """二级单位类型 (指引 3.3: 新型特色学院 includes 现代产业学院 and 专业特色学院)."""

    SCHOOL = "school", both("二级学院", "School")
    INDUSTRY_SCHOOL = "industry_school", both("现代产业学院", "Modern industry college")
    SPECIALITY_SCHOOL = "speciality_school", both("专业特色学院", "Speciality college")
    TEACHING_GROUP = "teaching_group", both("基层教研组织", "Teaching group")
    LIAISON_OFFICE = "liaison_office", both("产教融合办公室", "Industry–education liaison office")
