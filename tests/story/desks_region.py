"""What lies on the desks: a reviewer, an applicant, a posting that should not pass; and a digest that is due."""

from .small_region import HR, OFFICE, PASSWORD

REVIEWER, OPERATOR, APPLICANT = "reviewer@platform.example", "operator@platform.example", "boss@young.example"
BAD, GOOD = "数控车工（急招）", "钳工"


def make() -> None:
    """A platform with a reviewer and an operator; an organisation nobody has verified, its licence and two postings."""
    from rongqiao.files import services as files
    from rongqiao.parties import services as parties
    from rongqiao.parties.evidence import EVIDENCE
    from rongqiao.parties.models import Organisation
    from tests import world
    from tests.reviewing.conftest import licence

    platform = world.party("演示平台运营中心", "broker", "500101", OPERATOR, role="operator")
    reviewer = world.party("演示审核处", "government", "500101", REVIEWER, role="reviewer")
    young = world.party("演示·新办机械厂", "enterprise", "500101", APPLICANT)
    for person in (platform.person, reviewer.person, young.person):
        person.set_password(PASSWORD)
        person.save()
    Organisation.objects.filter(pk=young.organisation.pk).update(verify_status="unverified", trusted_at=None)
    young.organisation.refresh_from_db()
    young.person.forget_memberships()
    world.publish(young, "talent_need", BAD, "只招男性，联系电话13800001234。", headcount=2, skills=["数控车床"])
    world.publish(young, "talent_need", GOOD, "会看图纸，能装配，三班倒，包吃住。", headcount=2, skills=["装配"])
    kept = files.keep(upload=licence(), purpose=EVIDENCE, organisation_id=young.organisation.pk, by=young.person)
    parties.apply(organisation=young.organisation, by=young.person, purpose="verification", evidence=[str(kept.uuid)])
    read_their_mail()


def read_their_mail() -> None:
    """The clerks of both sides have confirmed their addresses. The college's first digest is due: the server's worker writes
    it as soon as it runs."""
    from allauth.account.models import EmailAddress

    from rongqiao.common import clock
    from rongqiao.digests import services
    from rongqiao.digests.models import Preference
    from rongqiao.parties.models import Person

    for person in Person.objects.filter(email__in=[HR, OFFICE]):
        EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    services.enrol()
    Preference.objects.filter(person__email=OFFICE).update(rhythm="daily", due_at=clock.now())
