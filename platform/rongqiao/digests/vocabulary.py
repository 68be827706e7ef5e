"""Why somebody gets no digest, in words: said to operators and kept with the row."""

from rongqiao.common.language import Bilingual

B = Bilingual

REASONS: dict[str, Bilingual] = {
    "off": B("已设为不发", "Switched off"),
    "inactive": B("账号已停用", "The account is closed"),
    "unproved": B("邮箱未确认", "The address is not confirmed"),
    "suppressed": B("邮箱已停发", "The address gets nothing any more"),
    "no_subject": B("没有可以告知的机构或检索", "No organisation or search to tell of"),
    "nothing_new": B("没有新内容", "Nothing new"),
    "budget_spent": B("本周条数已满", "This week's items are used up"),
}
