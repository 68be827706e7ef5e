"""Roles as data: what a person may do for the organisation they belong to.

A capability is a word that endpoints ask for (`common.capabilities`); a role is a set of them. A new role is a new
row here: its labels, where it may be held, whether an organisation's own administrator may give it, and whether it
counts only once the organisation is verified.
"""

from dataclasses import dataclass

from rongqiao.common.capabilities import AUDIT, IMPORT, MANAGE, OPERATE, POST, REVIEW, WATCH
from rongqiao.common.language import both

from .vocabulary import SCHOOLS, PartyType

EVERYWHERE = frozenset(PartyType)
ENTERPRISES = frozenset({PartyType.ENTERPRISE, PartyType.RESEARCH_INSTITUTE, PartyType.INDUSTRIAL_PARK})
GOVERNMENT = frozenset({PartyType.GOVERNMENT})
# The platform itself is run by a service organisation or a government office (指引: 政府主导 or market-run).
PLATFORM = frozenset({PartyType.GOVERNMENT, PartyType.BROKER})


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `given_by_operator`: nobody else may give it. `when_verified`: without effect until the
    organisation is verified, so that registering as a government office opens no figures."""

    code: str
    zh: str
    en: str
    parties: frozenset[PartyType]
    capabilities: frozenset[str]
    given_by_operator: bool = False
    when_verified: bool = False


def _role(code: str, zh: str, en: str, parties: frozenset[PartyType], *capabilities: str) -> Role:
    return Role(code, zh, en, parties, frozenset(capabilities))


def _officer(code: str, zh: str, en: str) -> Role:
    """主管部门 (95 号文 七（二十九）): which level, the organisation's region says."""
    return Role(code, zh, en, GOVERNMENT, frozenset({WATCH}), when_verified=True)


def _platform(code: str, zh: str, en: str, *capabilities: str) -> Role:
    return Role(code, zh, en, PLATFORM, frozenset(capabilities), given_by_operator=True)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("administrator", "单位管理员", "Administrator", EVERYWHERE, POST, IMPORT, MANAGE),
        _role("enterprise_clerk", "企业经办", "Enterprise clerk", EVERYWHERE - SCHOOLS - GOVERNMENT, POST, IMPORT),
        _role("enterprise_mentor", "企业师傅", "Enterprise mentor", ENTERPRISES),
        _role("department_clerk", "院系经办", "Department clerk", SCHOOLS, POST, IMPORT),
        _role("employment_office", "招就处", "Admissions and employment office", SCHOOLS, POST, IMPORT),
        _role("planning_office", "发展规划处", "Planning office", SCHOOLS, POST, IMPORT, MANAGE),
        _role("teacher", "教师", "Teacher", SCHOOLS, POST),
        Role(
            "association", "行业协会", "Industry association", frozenset({PartyType.ASSOCIATION}),
            frozenset({POST, WATCH}), when_verified=True,
        ),
        _role("broker", "服务组织", "Broker", frozenset({PartyType.BROKER}), POST),
        _role("evaluator", "第三方评价", "Third-party evaluator", frozenset({PartyType.EVALUATOR})),
        _officer("officer", "主管部门", "Government officer"),
        _officer("officer_development", "主管部门·发改", "Officer, development and reform"),
        _officer("officer_education", "主管部门·教育", "Officer, education"),
        _officer("officer_labour", "主管部门·人社", "Officer, human resources and social security"),
        _officer("officer_finance", "主管部门·财政", "Officer, finance"),
        _officer("officer_industry", "主管部门·工信", "Officer, industry and information technology"),
        _platform("reviewer", "审核员", "Reviewer", REVIEW),
        _platform("auditor", "审计", "Auditor", AUDIT),
        _platform("operator", "平台运营", "Platform operator", POST, IMPORT, MANAGE, REVIEW, OPERATE, WATCH),
    )
}  # fmt: skip
CHOICES = [(role.code, both(role.zh, role.en)) for role in ROLES.values()]


def may_be_given(role_code: str, party_type: str, by_operator: bool) -> bool:
    """Whether somebody may be given the role in an organisation of this type."""
    role = ROLES.get(role_code)
    return role is not None and party_type in role.parties and (by_operator or not role.given_by_operator)


def open_to(party_type: str, by_operator: bool) -> list[Role]:
    """The roles that may be given in an organisation of this type."""
    return [role for role in ROLES.values() if may_be_given(role.code, party_type, by_operator)]
