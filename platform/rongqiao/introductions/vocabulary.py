"""Why somebody says no (E14), and what is agreed in which form at which level (E15; F1–F3, C7–C9)."""

from dataclasses import dataclass

from django.db import models

from rongqiao.common.language import Bilingual, both

B = Bilingual


class Answer(models.TextChoices):
    """What a side has said."""

    NONE = "", both("未答复", "No answer")
    INTERESTED = "interested", both("有意向", "Interested")
    NOT_NOW = "not_now", both("暂不", "Not now")
    DECLINED = "declined", both("谢绝", "Declined")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `label` is what one chooses, `civil` what the other side reads. `of_platform`: nobody chooses it."""

    code: str
    label: Bilingual
    civil: Bilingual
    of_platform: bool = False


_NOT_THIS_TIME = B("对方这次有别的考虑，感谢您的意向", "They have other plans this time and thank you for your interest")

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "major", B("专业不符", "The major does not fit"),
            B("对方需要的专业方向与此不同", "They are looking for another field of study"),
        ),
        Reason(
            "level", B("层次不符", "The level does not fit"),
            B("对方需要的培养层次与此不同", "They are looking for another level of education"),
        ),
        Reason(
            "skills", B("技能不足", "Skills are missing"),
            B("对方目前更看重另一些技能", "They need other skills at present"),
        ),
        Reason("full", B("名额已满", "No places left"), B("名额已经满了", "All places have been taken")),
        Reason(
            "time", B("时间不合", "The time does not fit"),
            B("时间安排不合适，日后或可再谈", "The time does not suit; perhaps later"),
        ),
        Reason(
            "distance", B("距离过远", "Too far away"), B("两地距离不便", "The distance makes it difficult"),
        ),
        Reason(
            "money", B("薪酬/经费不合", "Pay or funds do not fit"),
            B("薪酬或经费上暂未能契合", "Pay or funds could not be brought together"),
        ),
        Reason(
            "too_early", B("技术过早", "The technology is too early"),
            B("对方希望采用更成熟的技术", "They wish to use a more mature technology"),
        ),
        Reason("no_advantage", B("优势不明", "No clear advantage"), _NOT_THIS_TIME),
        Reason(
            "unclear", B("描述不清", "The description is unclear"),
            B("对方希望信息再具体一些；补充后可以再联系", "They would like to read more details; add them and ask again"),
        ),
        Reason(
            "qualification", B("资质不符", "Qualifications are missing"),
            B("对方需要另一些资质", "They need other qualifications"),
        ),
        Reason(
            "ip", B("知识产权分歧", "No agreement on intellectual property"),
            B("成果归属上暂未能一致", "No agreement on who owns the results could be reached"),
        ),
        Reason(
            "met_elsewhere", B("已另行解决", "Met elsewhere"),
            B("对方的需要已通过其他途径解决", "What they were looking for has been found elsewhere"),
        ),
        Reason(
            "no_response", B("无响应", "No answer"), B("对方未在期限内答复", "There was no answer in time"), of_platform=True,
        ),
        Reason("other", B("其他", "Another reason"), _NOT_THIS_TIME),
    )
}  # fmt: skip
CHOSEN = frozenset(code for code, reason in REASONS.items() if not reason.of_platform)
REASON_CHOICES = [(code, reason.label.zh) for code, reason in REASONS.items()]


class Level(models.TextChoices):
    """合作层次 (HN 第九条)."""

    BASIC = "basic", both("基础层", "Basic layer")
    DEEPENED = "deepened", both("深化层", "Deepened layer")
    INTEGRATED = "integrated", both("融合层", "Integrated layer")


class Form(models.TextChoices):
    """合作形式 (E15)."""

    POST = "post", both("岗位实习", "Post internship")
    ORDER = "order", both("订单培养", "Order class")
    APPRENTICESHIP = "apprenticeship", both("现代学徒制", "Modern apprenticeship")
    NEW_APPRENTICESHIP = "new_apprenticeship", both("企业新型学徒制", "New-type enterprise apprenticeship")
    FIELD_ENGINEER = "field_engineer", both("现场工程师", "Field engineer programme")
    COMMUNITY = "community", both("产教融合共同体", "Industry-education community")
    CONSORTIUM = "consortium", both("市域产教联合体", "Municipal industry-education consortium")
    INDUSTRY_COLLEGE = "industry_college", both("现代产业学院", "Modern industry college")
    INNOVATION_CENTRE = "innovation_centre", both("协同创新中心", "Collaborative innovation centre")
    MIXED_OWNERSHIP = "mixed_ownership", both("混合所有制办学", "Mixed-ownership school")
    JOINT_BASE = "joint_base", both("共建实训基地", "Jointly built training base")
    JOINT_LABORATORY = "joint_laboratory", both("联合实验室", "Joint laboratory")
    PROBLEM_SOLVING = "problem_solving", both("技术攻关", "Problem solving")
    TRANSFER = "transfer", both("成果转化", "Transfer of results")
    STAFF_TRAINING = "staff_training", both("员工培训", "Staff training")


# The forms that the policy itself assigns to a level (HN 第九条（一）–（三）); the others may stand at any.
LEVEL_OF: dict[str, str] = {
    Form.POST: Level.BASIC,
    Form.ORDER: Level.BASIC,
    Form.APPRENTICESHIP: Level.DEEPENED,
    Form.FIELD_ENGINEER: Level.DEEPENED,
    Form.COMMUNITY: Level.INTEGRATED,
    Form.CONSORTIUM: Level.INTEGRATED,
    Form.INDUSTRY_COLLEGE: Level.INTEGRATED,
    Form.INNOVATION_CENTRE: Level.INTEGRATED,
}


class Item(models.TextChoices):
    """互相支持的事项 (C8)."""

    STAFF = "staff", both("人员互兼", "Staff working for both")
    INTERNS = "interns", both("学生实习实训", "Internships and practical training")
    TEACHERS = "teachers", both("教师实践", "Teachers in practice")
    JOBS = "jobs", both("学生就业创业", "Jobs and start-ups of students")
    TRAINING = "training", both("员工培训", "Training of employees")
    RESEARCH = "research", both("技术与产品研发", "Development of technology and products")
    TRANSFER = "transfer", both("成果转移转化", "Transfer of results")


class Participation(models.TextChoices):
    """引企入教的参与方式 (C7)."""

    PLANNING = "planning", both("专业规划", "Planning of majors")
    TEXTBOOKS = "textbooks", both("教材开发", "Textbooks")
    TEACHING = "teaching", both("教学设计", "Design of teaching")
    COURSES = "courses", both("课程设置", "Courses")
    PRACTICE = "practice", both("实习实训", "Practical training")


class Mode(models.TextChoices):
    """科研合作模式 (C9); only where it is about research."""

    NONE = "", both("不适用", "Not about research")
    PROJECT = "project", both("科技项目合作", "Science project")
    COMMISSION = "commission", both("委托开发", "Commissioned development")
    JOINT = "joint", both("联合研发", "Joint research")
    SERVICE = "service", both("技术服务", "Technical service")
    OPEN_CALL = "open_call", both("揭榜挂帅", "Open call")
