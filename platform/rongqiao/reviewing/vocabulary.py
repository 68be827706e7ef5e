"""What is reviewed, where a case stands, and why a reviewer says no."""

from dataclasses import dataclass

from django.db import models

from rongqiao.common.language import Bilingual, both

B = Bilingual


class Occasion(models.TextChoices):
    """Why something lies in the queue."""

    VERIFICATION = "verification", both("机构核验", "Verification")
    CLAIM = "claim", both("机构认领", "Claim")
    PUBLICATION = "publication", both("发布审核", "Publication")
    SAMPLE = "sample", both("事后抽查", "Sample")
    CHANGE = "change", both("发布后修改", "Change after approval")


APPLICATIONS = frozenset({Occasion.VERIFICATION, Occasion.CLAIM})


class State(models.TextChoices):
    """Where a case stands."""

    WAITING = "waiting", both("待审", "Waiting")
    APPROVED = "approved", both("已通过", "Approved")
    DECLINED = "declined", both("未通过", "Declined")
    CLOSED = "closed", both("已关闭", "Closed")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reviewer says no: the sentence that the letter quotes. `of` is what it may be said of."""

    code: str
    words: Bilingual
    of: frozenset[str]


_A, _P = frozenset({"application"}), frozenset({"posting"})

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("unreadable", B("材料不清楚，关键内容看不清", "The evidence cannot be read"), _A),
        Reason("code_differs", B("信用代码与材料不一致", "The credit code differs from the evidence"), _A),
        Reason("name_differs", B("机构名称与材料不一致", "The name differs from the evidence"), _A),
        Reason("not_authorised", B("看不出申请人有权代表本单位", "Nothing shows that the applicant may act for it"), _A),
        Reason("outdated", B("证照已过期", "The licence has expired"), _A),
        Reason("exists", B("该机构已在平台登记，请认领或申请加入", "It is registered already: claim it, or ask to join"), _A),
        Reason("claimed_by_other", B("该机构已由他人认领", "Somebody else has claimed it"), _A),
        Reason(
            "discriminates",
            B("含有性别、年龄、婚育等与岗位无关的限制", "It limits sex, age, marriage or the like without need of the job"),
            _P,
        ),
        Reason("contact_in_text", B("公开文字中含有联系方式", "The public text holds contact details"), _P),
        Reason("unclear", B("看不出要什么、给什么", "It does not say what is wanted or offered"), _P),
        Reason("wrong_kind", B("类型不对", "It is of another kind"), _P),
        Reason("copy", B("与已有信息重复", "It repeats another posting"), _P),
        Reason("pay_too_low", B("报酬低于当地最低标准", "The pay is below the local minimum"), _P),
        Reason("charges_fee", B("向求职者或学生收费", "It asks job seekers or students for money"), _P),
        Reason("doubtful", B("内容真实性存疑", "It may not be true"), _P),
        Reason("other", B("其他（见意见）", "Another reason (see the remark)"), _A | _P),
    )
}
