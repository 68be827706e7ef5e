"""技术需求/难题 (E10): an enterprise has an R&D problem; how much of it others may see is its own choice."""

from rongqiao.common.language import both
from rongqiao.parties.vocabulary import INDUSTRY_SIDE

from ..field_types import MAX_PROSE, Choice, Column, Day, Many, Number, Rows, Words, options
from ..kind import Details, Field, Kind
from ..vocabulary import INDUSTRY_FIELD_HELP

SECRECY = Choice(
    options(
        ("public", "公开", "Public"),
        ("summary", "摘要公开", "Summary only"),
        ("invited", "定向", "Invited parties only"),
        ("secret", "保密", "Secret"),
    )
)
# What each level of 密级 lets others see; the rest waits for a confidentiality note.
SEEN = {
    "summary": frozenset({"title", "summary", "field", "mode", "deadline", "stage", "secrecy", "skills"}),
    "invited": frozenset({"summary", "field", "stage", "secrecy"}),
    "secret": frozenset({"field", "stage", "secrecy"}),
}


def seen(details: Details) -> frozenset[str] | None:
    """The fields that others may see, by 密级; all of them for 公开."""
    return SEEN.get(str(details.get("secrecy") or "public"))


KIND = Kind(
    code="tech_need",
    zh="技术需求",
    en="R&D problem",
    side="need",
    parties=INDUSTRY_SIDE,
    pairs_with=("expert", "training_base", "major"),
    fields=(
        Field(
            "summary", "摘要", "Summary", Words(1_000), help=both("可公开的概述", "What everybody may read"),
            aliases=("需求摘要",),
        ),
        Field(
            "field", "技术领域", "Field", Words(60), required=True, help=INDUSTRY_FIELD_HELP,
            aliases=("所属领域", "产业链节点"),
        ),
        Field("current", "现状", "Present state", Words(MAX_PROSE), aliases=("技术现状", "存在问题")),
        Field(
            "targets", "考核指标", "Targets",
            Rows((
                Column("metric", "指标", "Metric", Words()),
                Column("now", "现值", "Now", Words(60)),
                Column("goal", "目标值", "Goal", Words(60)),
                Column("unit", "单位", "Unit", Words(20)),
            )),
        ),
        Field("tried", "已试方案", "Tried so far", Many(Words(500), 20), aliases=("已尝试方案",)),
        Field("skills", "涉及技术", "Techniques", Many(Words(60), 40), aliases=("关键技术", "技术关键词")),
        Field("trl_now", "现技术就绪度", "TRL now", Number(1, 9)),
        Field("trl_goal", "目标技术就绪度", "TRL goal", Number(1, 9)),
        Field("deadline", "完成时限", "Deadline", Day(), aliases=("期限", "时限")),
        Field("budget", "研发投入", "Budget", Number(0, 1_000_000, decimals=True), unit="万元", aliases=("预算", "资金")),
        Field("pay_to_solver", "支付揭榜方", "Paid to the solver", Number(0, 1_000_000, decimals=True), unit="万元"),
        Field(
            "mode", "合作方式", "Mode",
            Choice(options(
                ("open_call", "揭榜挂帅", "Open call"),
                ("commission", "委托开发", "Commissioned development"),
                ("joint", "联合研发", "Joint research"),
                ("project", "科技项目合作", "Science project"),
                ("consulting", "技术咨询", "Technical consulting"),
                ("service", "技术服务", "Technical service"),
                ("transfer", "转让/许可", "Transfer or licence"),
            )),
            aliases=("合作模式",),
        ),
        Field(
            "ip_ownership", "产权归属", "Ownership of results",
            Choice(options(
                ("enterprise", "企业", "Enterprise"), ("college", "院校", "College"),
                ("shared", "共有", "Shared"), ("open", "协商", "To be agreed"),
            )),
            aliases=("知识产权归属",),
        ),
        Field("solver_requirements", "揭榜方条件", "Asked of the solver", Words(2_000)),
        Field("secrecy", "密级", "Secrecy", SECRECY, help=both("不填为公开", "Public when left empty")),
        Field(
            "stage", "阶段", "Stage",
            Choice(options(
                ("collecting", "征集", "Collecting"), ("reviewing", "论证", "Reviewing"),
                ("published", "发榜", "Called"), ("taken", "揭榜", "Taken up"), ("approved", "立项", "Approved"),
                ("running", "实施", "Running"), ("accepting", "验收", "Acceptance"), ("ended", "终止", "Ended"),
            )),
        ),
    ),
    skills="skills",
    body=("summary", "field", "current", "targets", "skills", "solver_requirements"),
    shown=seen,
    shelf_life_days=365,
)  # fmt: skip
