"""What a program can see before a person looks. A new check is one function and its place in the list."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rongqiao.common.language import Bilingual
from rongqiao.parties import uscc
from rongqiao.parties.models import Application
from rongqiao.postings.models import Posting

B = Bilingual


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reviewer should look at: `words` found in `field`, and why it matters."""

    code: str
    field: str
    words: str
    why: Bilingual


PHONE = re.compile(r"(?<!\d)(1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}-\d{7,8})(?!\d)")
ACCOUNT = re.compile(r"(?:微信|VX|vx|wx|QQ|qq|扣扣)(?:号|同号)?\s*[:：]?\s*[\w-]{5,20}")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
# 就业促进法 第二十六至三十一条；人社部发〔2019〕17号: no limits of sex, marriage and the like without need of the job.
UNFAIR = re.compile(
    r"(?:仅?限|只招|只要|要求)\s*(?:男|女)性?|男士优先|女士优先|(?:未婚|已婚|已育|未育)(?:者)?(?:优先|勿扰)?|属相|星座|"
    r"\d{2}\s*(?:周?岁)\s*(?:以下|以内)|(?:乙肝|携带者)|限本地人|限.{1,4}籍"
)
FEES = re.compile(r"(?:报名费|培训费|押金|保证金|中介费|服务费|体检费自理)")


def found_in(pattern: re.Pattern[str], posting: Posting) -> Iterator[tuple[str, str]]:
    """(field, words) of every hit in what others may see."""
    visible = posting.kind_of.visible(posting.details)
    texts = {"title": posting.title, "description": posting.description}
    texts |= {f"details.{name}": value for name, value in posting.details.items() if isinstance(value, str)}
    for name, text in texts.items():
        if name.removeprefix("details.") in visible:
            for hit in pattern.finditer(text):
                yield name, hit.group()


def contact_in_text(posting: Posting) -> Iterator[Remark]:
    """Contact details where everybody can read them."""
    why = B("联系方式应填在联系人栏，双方同意前不公开", "Contacts belong in their own fields, closed until both agree")
    for pattern in (PHONE, ACCOUNT, MAIL):
        for name, words in found_in(pattern, posting):
            yield Remark("contact_in_text", name, words, why)


def unfair_limits(posting: Posting) -> Iterator[Remark]:
    """Limits of sex, age, marriage and the like."""
    why = B("可能违反《就业促进法》和人社部发〔2019〕17号", "May breach the Employment Promotion Law and 人社部发〔2019〕17号")
    for name, words in found_in(UNFAIR, posting):
        yield Remark("discriminates", name, words, why)


def fees(posting: Posting) -> Iterator[Remark]:
    """Money asked of those who apply."""
    why = B("不得向求职者、实习学生收取费用", "Job seekers and interns must not be charged")
    for name, words in found_in(FEES, posting):
        yield Remark("charges_fee", name, words, why)


def odd_pay(posting: Posting) -> Iterator[Remark]:
    """Pay that is out of order, or so low that it needs a look."""
    low, high = posting.details.get("pay_low"), posting.details.get("pay_high")
    if low and high and low > high:
        yield Remark("pay_order", "details.pay_low", f"{low} > {high}", B("月薪下限高于上限", "Lowest pay above highest"))
    top = high or low or posting.details.get("pay")
    if top and top < 1_500:
        yield Remark("pay_too_low", "details.pay", str(top), B("可能低于当地最低工资", "May be below the local minimum"))


def thin(posting: Posting) -> Iterator[Remark]:
    """So few words that nobody can tell what is meant."""
    if len(posting.description) < 15 and len(posting.details) < 3:
        yield Remark("unclear", "description", posting.description, B("内容很少", "Very little is said"))


def credit_code(application: Application) -> Iterator[Remark]:
    """The code claimed against its check digit and the organisation's own."""
    claimed, own = application.uscc, application.organisation.uscc or ""
    if not claimed and not own:
        yield Remark("no_code", "uscc", "", B("没有填写统一社会信用代码", "There is no credit code"))
    if claimed and own and claimed != own:
        yield Remark("code_differs", "uscc", claimed, B("与机构已登记的代码不同", "Differs from the one on record"))
    if claimed and not uscc.is_valid(claimed):
        yield Remark("code_invalid", "uscc", claimed, B("校验位不对", "Fails its check digit"))


OF_POSTINGS: tuple[Callable[[Posting], Iterator[Remark]], ...] = (contact_in_text, unfair_limits, fees, odd_pay, thin)
OF_APPLICATIONS: tuple[Callable[[Application], Iterator[Remark]], ...] = (credit_code,)


def of_posting(posting: Posting) -> list[Remark]:
    """All remarks about a posting."""
    return [remark for check in OF_POSTINGS for remark in check(posting)]


def of_application(application: Application) -> list[Remark]:
    """All remarks about an application."""
    return [remark for check in OF_APPLICATIONS for remark in check(application)]
