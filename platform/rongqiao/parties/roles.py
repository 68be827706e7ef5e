"""Roles as data: what a person may do for the organisation they belong to.

A capability is a word that endpoints ask for; a role is a set of them. A new role is a new row here.
"""

from dataclasses import dataclass

from rongqiao.common.language import both

POST = "post"  # write and publish the organisation's postings, answer pairings
IMPORT = "import"  # bring in tables for the organisation
MANAGE = "manage"  # the organisation's own record, units and switches
OPERATE = "operate"  # the platform itself: imports for others, review, health
WATCH = "watch"  # read the region's figures


@dataclass(frozen=True, slots=True)
class Role:
    """One role: its code, labels and capabilities."""

    code: str
    zh: str
    en: str
    capabilities: frozenset[str]


def _role(code: str, zh: str, en: str, *capabilities: str) -> Role:
    return Role(code, zh, en, frozenset(capabilities))


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("administrator", "单位管理员", "Administrator", POST, IMPORT, MANAGE),
        _role("enterprise_clerk", "企业经办", "Enterprise clerk", POST, IMPORT),
        _role("enterprise_mentor", "企业师傅", "Enterprise mentor"),
        _role("department_clerk", "院系经办", "Department clerk", POST, IMPORT),
        _role("employment_office", "招就处", "Admissions and employment office", POST, IMPORT),
        _role("planning_office", "发展规划处", "Planning office", POST, IMPORT, MANAGE),
        _role("teacher", "教师", "Teacher", POST),
        _role("association", "行业协会", "Industry association", POST, WATCH),
        _role("broker", "服务组织", "Broker", POST),
        _role("evaluator", "第三方评价", "Third-party evaluator"),
        _role("officer", "主管部门", "Government officer", WATCH),
        _role("operator", "平台运营", "Platform operator", POST, IMPORT, MANAGE, OPERATE, WATCH),
    )
}
CHOICES = [(role.code, both(role.zh, role.en)) for role in ROLES.values()]
