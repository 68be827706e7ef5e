"""From what fits to one letter: sent once, kept as a row, nothing to say and no letter, always said why."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from rongqiao.common import clock
from rongqiao.digests import sending, services
from rongqiao.digests.models import Digest, Item, Preference
from rongqiao.digests.planning import plan
from rongqiao.mailing import services as mailing
from rongqiao.mailing.models import Letter
from rongqiao.outbox.models import Event
from rongqiao.recommending.models import Pairing
from rongqiao.searching import services as searching
from rongqiao.searching.models import SavedSearch
from tests import world
from tests.digests.conftest import NEED, delivered, due_now, proved

pytestmark = pytest.mark.django_db


def test_somebody_who_posts_gets_one_letter_about_what_fits(fitting, tell, server) -> None:
    digest = tell(fitting.person)
    assert (digest.outcome, digest.told) == ("sent", 1)
    (taken,) = delivered(server)
    assert taken.to == "hr@firm.example"
    text = taken.message.get_body(("plain",)).get_content()
    html = taken.message.get_body(("html",)).get_content()
    for part in (text, html):
        assert "智能焊接技术" in part
        assert "演示职业技术学院" in part
        assert "对应您的「焊工」" in part
    item = Item.objects.get()
    pairing = Pairing.objects.get()
    assert (item.need_id, item.offer_id, item.mutual, item.position) == (pairing.need_id, pairing.offer_id, pairing.mutual, 1)
    assert item.organisation_id == fitting.organisation.pk
    strongest = digest.body["sections"][0]["suggestions"][0]["reason"]
    assert strongest
    assert strongest in text


def test_the_other_side_gets_its_own_view(fitting, college, tell) -> None:
    digest = tell(college.person)
    suggestion = digest.body["sections"][0]["suggestions"][0]
    assert suggestion["title"] == "焊工"
    assert "对应您的「智能焊接技术」" in suggestion["note"]


def test_nothing_new_and_no_letter_and_said_why(fitting, tell) -> None:
    tell(fitting.person)
    letters = Letter.objects.count()
    digest = tell(fitting.person)
    assert (digest.outcome, digest.reason, digest.letter) == ("nothing", "nothing_new", None)
    assert Letter.objects.count() == letters


def test_what_rose_to_a_better_band_is_told_again_with_what_it_was(fitting, tell) -> None:
    tell(fitting.person)
    Item.objects.update(band="weak")
    Pairing.objects.update(band="excellent")
    digest = tell(fitting.person)
    assert digest.told == 1
    assert "上次：勉强" in digest.body["sections"][0]["suggestions"][0]["word"]
    assert "1 个更合适了" in digest.body["changes"]


def test_what_is_gone_is_counted_when_there_is_something_to_tell(fitting, college, tell) -> None:
    tell(fitting.person)
    offer = college.organisation.postings.get()
    world.step(offer, "withdraw")
    world.publish(college, "major", "焊接技术与自动化", "焊接工艺与识图", major_code="460110", skills=["焊接", "识图"])
    world.drain()
    digest = tell(fitting.person)
    assert "新增 1 个" in digest.body["changes"]
    assert "1 个已不在" in digest.body["changes"]


def test_below_the_threshold_nothing_is_told(fitting, tell, settings) -> None:
    settings.RONGQIAO_DIGEST_THRESHOLD = 0.999
    assert tell(fitting.person).reason == "nothing_new"


def test_whoever_switched_recommendations_off_is_in_no_digest(fitting, college, tell) -> None:
    college.organisation.recommendations_on = False
    college.organisation.save()
    assert tell(fitting.person).reason == "nothing_new"


def test_the_budget_of_the_week_is_kept(fitting, tell) -> None:
    tell(fitting.person)
    services.set_preference(person=fitting.person, kind_code="pairings", changes={"most": 1})
    world.publish(fitting, "talent_need", "高级焊工", "焊接工艺与识图", **NEED)
    world.drain()
    assert tell(fitting.person).reason == "budget_spent"
    Digest.objects.update(composed_at=clock.now() - timedelta(days=8))
    assert tell(fitting.person).told == 1


@pytest.mark.parametrize(
    ("reason", "spoil"),
    [
        ("unproved", lambda person: person.emailaddress_set.all().delete()),
        ("suppressed", lambda person: mailing.suppress(address=person.email.upper(), reason="bounced")),
        ("inactive", lambda person: type(person).objects.filter(pk=person.pk).update(is_active=False)),
        ("no_subject", lambda person: person.memberships.update(is_active=False)),
    ],
)
def test_why_somebody_gets_nothing_is_said(fitting, tell, reason: str, spoil) -> None:
    spoil(fitting.person)
    assert tell(fitting.person).reason == reason
    assert not Letter.objects.filter(kind="digest_pairings").exists()


def test_a_rhythm_of_ones_own_leaves_an_organisation_out(fitting, tell) -> None:
    services.set_preference(
        person=fitting.person, kind_code="pairings", changes={"own": {str(fitting.organisation.pk): "off"}}
    )
    assert tell(fitting.person).reason == "no_subject"


def test_kept_searches_tell_what_came_after_the_last_letter(fitting, college, tell) -> None:
    searching.save_search(person=fitting.person, name="焊接专业", words="焊接", filters={"kind": "major"})
    services.enrol()
    assert tell(fitting.person, "searches").reason == "nothing_new"
    world.publish(college, "major", "焊接自动化技术", "焊接", major_code="460110", skills=["焊接"])
    world.drain()
    digest = tell(fitting.person, "searches")
    (section,) = digest.body["sections"]
    assert section["heading"] == "焊接专业"
    assert [entry["title"] for entry in section["entries"]] == ["焊接自动化技术"]
    assert SavedSearch.objects.get().told_at is not None
    assert tell(fitting.person, "searches").reason == "nothing_new"


def test_the_language_is_the_readers(fitting, tell) -> None:
    services.set_preference(person=fitting.person, kind_code="pairings", changes={"language": "en"})
    with override("zh-hans"):
        digest = tell(fitting.person)
    assert "One good fit" in digest.subject
    assert "Who fits" in digest.letter.text
    assert 'lang="en"' in digest.letter.html


def test_composing_twice_says_the_same(fitting) -> None:
    preferences = [due_now(fitting.person)]
    now = clock.now()
    assert list(plan(preferences, now)) == list(plan(preferences, now))


def test_the_worker_tells_whoever_is_due_and_nobody_twice(fitting, college) -> None:
    due_now(fitting.person)
    assert sending.wake() == 1
    assert sending.wake() == 0, "it waits already"
    world.drain()
    assert not Event.objects.exists()
    assert Digest.objects.filter(person=fitting.person).count() == 1
    assert not Digest.objects.filter(person=college.person).exists(), "not due"
    preference = Preference.objects.get(person=fitting.person, kind="pairings")
    assert preference.due_at > clock.now()
    sending.handle([preference.pk])
    assert Digest.objects.count() == 1


def test_a_wish_that_changed_while_composing_is_not_told(fitting) -> None:
    due_now(fitting.person)
    ((preference, composed),) = plan(Preference.objects.filter(person=fitting.person, kind="pairings"), clock.now())
    services.stop(person=fitting.person, kind_code="pairings")
    assert sending.tell(preference, composed, clock.now()) is None
    assert Letter.objects.filter(kind="digest_pairings").count() == 0


def test_a_secret_title_travels_in_no_letter(fitting, tell) -> None:
    need = fitting.organisation.postings.get()
    type(need).objects.filter(pk=need.pk).update(
        kind="tech_need", title="绝密名称", details={"secrecy": "secret", "field": "智能装备"}, expires_on=clock.today()
    )
    letter = tell(fitting.person).letter
    assert "（保密）智能装备" in letter.text
    assert "绝密名称" not in letter.text + letter.html + letter.subject


def test_new_people_are_enrolled_once(enterprise, college, operator) -> None:
    proved(enterprise.person)
    assert services.enrol() == 3
    assert services.enrol() == 0
    preference = Preference.objects.get(person=enterprise.person)
    assert (preference.kind, preference.rhythm, preference.language) == ("pairings", "weekly", "zh-hans")
    assert preference.due_at > clock.now()


def test_the_queries_do_not_grow_with_the_people(fitting, low, django_assert_max_num_queries) -> None:
    for number in range(6):
        more = world.party(f"另一厂{number}", "enterprise", "500101", f"hr{number}@more.example")
        world.publish(more, "talent_need", f"焊工{number}", "焊接工艺与识图", **NEED)
        proved(more.person)
    world.drain()
    services.enrol()
    preferences = list(Preference.objects.select_related("person"))
    with django_assert_max_num_queries(14):
        planned = list(plan(preferences, clock.now(), due=False))
    assert sum(1 for _, composed in planned if not composed.reason) == 8
