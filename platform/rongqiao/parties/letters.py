"""The letters about accounts and organisations. Each kind is one function from its context to its words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from rongqiao.common.language import Bilingual
from rongqiao.mailing.content import Action, Content, Facts, Paragraph, Quote
from rongqiao.mailing.registry import LetterKind, register

from .roles import ROLES
from .vocabulary import VerifyStatus

Context = Mapping[str, Any]
B = Bilingual


def invitation(context: Context) -> Content:
    """Somebody offers you a place in their organisation."""
    role = ROLES[context["role"]]
    return Content(
        B("{organisation}邀请您加入融桥", "{organisation} invites you to Rongqiao").format(**context),
        (
            Paragraph(
                B(
                    "{by} 请您代表 {organisation} 在融桥上办事。接受后即可登录；若是第一次来，页面会请您设置姓名和密码。",
                    "{by} asks you to act for {organisation} on Rongqiao. Accept, and you can sign in; if you are new here, "
                    "the page asks for your name and a password.",
                ).format(**context)
            ),
            Facts([(B("角色", "Role"), B(role.zh, role.en)), (B("机构", "Organisation"), context["organisation"])]),
            Action(B("查看邀请", "See the invitation"), context["url"]),
            Paragraph(B("链接 {days} 天内有效，只能用一次。", "The link works once, within {days} days.").format(**context)),
        ),
    )


def password_reset(context: Context) -> Content:
    """The link that sets a new password."""
    return Content(
        B("重设融桥密码", "Set a new password for Rongqiao"),
        (
            Paragraph(
                B(
                    "有人请求重设这个账号的密码。如果是您，请点下面的按钮设置新密码；如果不是，不必理会，密码不会变。",
                    "Somebody asked for a new password for this account. If it was you, set it with the button below; if not, "
                    "do nothing, and the password stays as it is.",
                )
            ),
            Action(B("设置新密码", "Set a new password"), context["url"]),
            Paragraph(B("链接 {hours} 小时内有效，只能用一次。", "The link works once, within {hours} hours.").format(**context)),
        ),
    )


def password_changed(context: Context) -> Content:
    """The password was changed: in case it was not you."""
    return Content(
        B("您的融桥密码已更改", "Your Rongqiao password was changed"),
        (
            Paragraph(
                B(
                    "您的密码刚刚更改，所有已登录的设备都已退出。如果不是您本人操作，请立即重设密码，并联系本单位管理员。",
                    "Your password has just been changed and every device was signed out. If it was not you, set a new password "
                    "at once and tell your organisation's administrator.",
                )
            ),
            Facts([(B("时间", "Time"), _moment(context["at"]))]),
        ),
    )


def locked_out(context: Context) -> Content:
    """Too many wrong passwords: signing in rests for a while."""
    return Content(
        B("登录尝试过多，已暂停片刻", "Too many attempts to sign in"),
        (
            Paragraph(
                B(
                    "有人连续输错您的密码，登录已暂停几分钟。如果是您忘了密码，可以重设；如果不是您，密码没有泄露，不必担心。",
                    "Somebody entered a wrong password for your account several times, so signing in rests for a few minutes. "
                    "If you forgot it, set a new one; if it was not you, your password was not found out.",
                )
            ),
            Facts([(B("网络地址", "Network address"), context["address"] or "—")]),
        ),
    )


def email_confirmation(context: Context) -> Content:
    """Please confirm that this address is yours."""
    return Content(
        B("请确认这是您的邮箱", "Please confirm your address"),
        (
            Paragraph(
                B(
                    "这个邮箱刚刚在融桥注册。请点下面的按钮确认是您本人；如果不是，不必理会。",
                    "This address was just registered with Rongqiao. Confirm with the button below that it is yours; if not, "
                    "do nothing.",
                )
            ),
            Action(B("确认邮箱", "Confirm the address"), context["url"]),
        ),
    )


def account_exists(context: Context) -> Content:
    """Somebody tried to register an address that has an account."""
    return Content(
        B("您已经有融桥账号", "You already have a Rongqiao account"),
        (
            Paragraph(
                B(
                    "有人用这个邮箱再次注册。您已有账号，直接登录即可；忘了密码可以重设。",
                    "Somebody tried to register this address again. You have an account: just sign in, or set a new password.",
                )
            ),
        ),
    )


def security_changed(context: Context) -> Content:
    """One of the ways of signing in was changed."""
    words = SECURITY.get(context["what"], B("登录方式有变更", "A way of signing in was changed"))
    return Content(
        B("融桥登录方式有变更", "Your way of signing in was changed"),
        (
            Paragraph(words),
            Paragraph(
                B(
                    "如果不是您本人操作，请立即重设密码。", "If it was not you, set a new password at once."
                )
            ),
            Facts([(B("时间", "Time"), _moment(context["at"]))]),
        ),
    )


SECURITY = {
    "totp_activated": B("已开启动态码登录。", "One-time codes were switched on."),
    "totp_deactivated": B("已关闭动态码登录。", "One-time codes were switched off."),
    "recovery_codes_generated": B("已生成新的备用码，旧的作废。", "New recovery codes were made; the old ones are void."),
}


def application_answer(context: Context) -> Content:
    """What became of an application for verification or a claim."""
    approved = context["approved"]
    claim = context["purpose"] == "claim"
    subject = {
        (True, False): B("{organisation} 已通过核验", "{organisation} is verified"),
        (True, True): B("您已认领 {organisation}", "{organisation} is yours to manage"),
        (False, False): B("{organisation} 的核验申请需要补充", "The verification of {organisation} needs more"),
        (False, True): B("认领 {organisation} 的申请未通过", "The claim to {organisation} was declined"),
    }[approved, claim].format(**context)
    blocks: list[Any] = []
    if approved:
        status = VerifyStatus(context["status"]).label
        blocks.append(Facts([(B("核验状态", "Verification"), status)]))
        blocks.append(Paragraph(B("现在可以发布信息了。", "You can publish now.")))
    else:
        blocks.append(Paragraph(B("审核员给出的理由：", "The reviewer's reasons:")))
        blocks += [Quote(words) for words in context["reasons"]]
        blocks.append(Paragraph(B("补充或更正后可以再次提交。", "Correct what is missing and hand it in again.")))
    if context["remark"]:
        blocks.append(Quote(context["remark"]))
    if not claim:
        blocks.append(Action(B("看核验情况", "See the verification"), "/organisation/verification"))
    return Content(subject, blocks)


def _moment(text: str) -> str:
    """A time of the region, to the minute."""
    return timezone.localtime(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M")


_AT = "2026-12-01T01:30:00+00:00"
_URL = "https://rongqiao.example/l/sample"
_APPLICATION = {"organisation": "演示机电有限公司", "status": "documents", "purpose": "verification", "remark": ""}

KINDS = (
    LetterKind(
        "invitation", "成员邀请", "Invitation", invitation, notice=False, secret=True,
        sample={"organisation": "演示机电有限公司", "role": "enterprise_clerk", "by": "演示管理员", "url": _URL, "days": 14},
    ),
    LetterKind(
        "password_reset", "重设密码", "Password reset", password_reset, notice=False, secret=True,
        sample={"name": "演示经办", "url": _URL, "hours": 2},
    ),
    LetterKind(
        "password_changed", "密码已更改", "Password changed", password_changed, notice=True, secret=False,
        sample={"name": "演示经办", "at": _AT},
    ),
    LetterKind(
        "locked_out", "登录暂停", "Locked out", locked_out, notice=True, secret=False,
        sample={"name": "演示经办", "address": "192.0.2.7"},
    ),
    LetterKind(
        "email_confirmation", "确认邮箱", "Confirm address", email_confirmation, notice=False, secret=True,
        sample={"url": _URL},
    ),
    LetterKind("account_exists", "账号已存在", "Account exists", account_exists, notice=False, secret=False),
    LetterKind(
        "security_changed", "登录方式变更", "Way of signing in changed", security_changed, notice=True, secret=False,
        sample={"what": "totp_activated", "at": _AT},
    ),
    LetterKind(
        "application_answer", "核验结果", "Answer to an application", application_answer, notice=True, secret=False,
        sample={**_APPLICATION, "approved": False, "reasons": ["营业执照照片不清楚，看不清代码"]},
    ),
)  # fmt: skip


def register_all() -> None:
    """Make the kinds known to the mail room."""
    for kind in KINDS:
        register(kind)
