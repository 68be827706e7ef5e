"""Some history of the demo region: who applied, what a reviewer answered, who was invited; the letters follow from it."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from rongqiao.common import clock
from rongqiao.files import services as files
from rongqiao.parties import services as parties
from rongqiao.parties.evidence import EVIDENCE
from rongqiao.parties.models import Application, Organisation, Person
from rongqiao.parties.privacy import CURRENT
from rongqiao.reviewing import opening
from rongqiao.reviewing import services as reviewing
from rongqiao.reviewing.models import Case

from .parties import MAIL_HOST, PASSWORD

# Who claims an organisation that nobody speaks for yet; belongs to none.
CLAIMANT = f"artisan@{MAIL_HOST}"
REMARK = "演示：照片反光，请重拍营业执照正本"
SOURCE = "演示·区县人社部门通报（虚构）"
PROOF = "演示·链主企业名单（虚构）"


def tell(organisations: Mapping[str, int]) -> None:
    """Tell the history once: a region that has applications already is left as people have made it."""
    if Application.objects.filter(organisation_id__in=organisations.values()).exists():
        return
    own = {key: Organisation.objects.get(pk=pk) for key, pk in organisations.items() if key in NAMED}
    reviewer, operator = person("reviewer"), person("operator")
    answered = apply(own["qinghe"], person("robots"), "verification")
    declined = apply(own["baifang"], person("herbs"), "verification")
    apply(own["donglin"], person("new"), "verification")
    apply(own["zhubian"], claimant(), "claim")
    answer(answered, reviewer, approved=True)
    answer(declined, reviewer, approved=False)
    with transaction.atomic():
        expires_on = clock.today() + timedelta(days=300)
        parties.grant_tag(organisation=own["badu"], by=operator, kind="chain_leader", proof=PROOF, expires_on=expires_on)
        dated = clock.today() - timedelta(days=60)
        parties.record_flag(
            organisation=own["kuaida"], by=operator, kind="training_fund", source=SOURCE, dated=dated, note="演示"
        )
        parties.invite(
            organisation=own["jiangyuan"], by=person("hr"), email=f"newcomer@{MAIL_HOST}", role="enterprise_clerk"
        )


NAMED = frozenset({"qinghe", "baifang", "donglin", "zhubian", "badu", "kuaida", "jiangyuan"})


def person(mailbox: str) -> Person:
    """One of the demo's people."""
    return Person.objects.get(email=f"{mailbox}@{MAIL_HOST}")


def claimant() -> Person:
    """A person who belongs to no organisation yet."""
    made = Person.objects.create_user(CLAIMANT, PASSWORD, name="演示账号·竹编艺人")
    parties.consent(person=made, version=CURRENT.version, language=made.language)
    return made


def apply(organisation: Organisation, by: Person, purpose: str) -> Application:
    """Hand in a licence, and have the case opened."""
    kept = files.keep(upload=licence(), purpose=EVIDENCE, organisation_id=organisation.pk, by=by)
    application = parties.apply(organisation=organisation, by=by, purpose=purpose, note="演示", evidence=[str(kept.uuid)])
    opening.look_at_applications([application.pk])
    return application


def answer(application: Application, reviewer: Person, *, approved: bool) -> None:
    """A reviewer's answer, with its letter."""
    case = Case.objects.get(subject_type="application", subject_id=application.pk)
    if approved:
        reviewing.approve(case_ids=[case.pk], by=reviewer, remark="演示：执照与登记信息一致")
    else:
        reviewing.decline(case_ids=[case.pk], by=reviewer, reasons=["unreadable"], remark=REMARK)


def licence() -> SimpleUploadedFile:
    """A picture that stands for a business licence and could be mistaken for none."""
    picture = Image.new("RGB", (840, 600), "#f4efe2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((24, 24, 816, 576), outline="#a33b2f", width=6)
    draw.text((330, 270), "DEMO - NOT A LICENCE", fill="#a33b2f")
    content = BytesIO()
    picture.save(content, "PNG")
    return SimpleUploadedFile("演示执照.png", content.getvalue(), "image/png")
