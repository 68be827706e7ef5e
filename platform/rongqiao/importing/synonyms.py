"""How tables head the columns that every kind has; a kind's own fields bring their `aliases`."""

from typing import NamedTuple


class Names(NamedTuple):
    """The labels of a column in both languages, and what else it is called."""

    zh: str
    en: str
    others: tuple[str, ...]


def _names(zh: str, en: str, others: str) -> Names:
    """Names written with single spaces between; a low line stands for a space within."""
    return Names(zh, en, tuple(word.replace("_", " ") for word in others.split()))


BASE: dict[str, Names] = {
    "title": _names(
        "标题",
        "Title",
        "职位 职位名称 岗位 岗位名称 招聘岗位 招聘职位 名称 需求名称 项目名称 姓名 基地名称 "
        "job_title position job",
    ),
    "description": _names(
        "描述",
        "Description",
        "职位描述 岗位描述 岗位职责 工作内容 职责描述 任职要求 岗位说明 简介 说明 详情 job_description",
    ),
    "region_code": _names(
        "地区",
        "Region",
        "城市 工作城市 地点 工作地点 工作地区 所在地 所在城市 行政区划 行政区划代码 city location region",
    ),
    "contact_name": _names("联系人", "Contact", "联系人姓名 contact"),
    "contact_phone": _names("联系电话", "Phone", "电话 手机 联系方式 phone"),
    "contact_email": _names("联系邮箱", "E-mail", "邮箱 电子邮箱 email e-mail"),
}
KEY = _names("编号", "Number", "id 职位编号 岗位编号 需求编号 记录编号 source_key")
EMPLOYER = _names(
    "单位名称",
    "Organisation",
    "企业 企业名称 公司 公司名称 单位 用人单位 招聘单位 雇主 机构 机构名称 employer company organisation",
)
CREDIT_CODE = _names("统一社会信用代码", "Credit code", "信用代码 社会信用代码 uscc")
SCHOOL = _names("学校", "School", "学校名称 院校 院校名称 高校 高校名称 college school university")
SCHOOL_CODE = _names(
    "学校标识码", "School code", "学校代码 院校代码 标识码 学校编码 school_code college_code"
)
PAY = _names("薪资", "Pay", "薪酬 工资 待遇 薪资范围 薪资待遇 工资待遇 salary wage")
MONTHLY_PAY = _names("月薪", "Monthly pay", "月薪（元） 月工资 薪资（元/月） 工资（元/月） 月薪范围")
YEARLY_PAY = _names("年薪", "Yearly pay", "年薪（元） 年收入 薪资（元/年） 年薪范围")

# Further names of fields that some kinds have.
FURTHER: dict[str, tuple[str, ...]] = {
    "plan": ("profile", "专业简介", "培养目标与规格"),
    "major_code": ("major", "code"),
    "skills": ("skill", "tags", "标签"),
}
