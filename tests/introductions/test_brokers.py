"""A broker acts for a side that has named it, under its own name, and for nobody else."""

import pytest

from rongqiao.common.errors import Problem
from rongqiao.introductions import services
from rongqiao.introductions.models import Introduction, Passage
from tests import world
from tests.introductions.telling import code_of, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(db: None) -> world.Party:
    return world.party("演示产教服务中心", "broker", "500101", "desk@broker.example")


@pytest.fixture
def named(enterprise, college, broker, need, offer) -> Introduction:
    """The college has asked; the enterprise has a broker answer."""
    row = says(college, "interested", need, offer)
    body = {"broker": broker.organisation.pk, "fee": "free"}
    answer = enterprise.put(f"introductions/{row.pk}/broker", body)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["brokers"] == {"need": "演示产教服务中心"}
    return row


def test_a_broker_that_nobody_named_sees_nothing(college, broker, need, offer) -> None:
    row = says(college, "interested", need, offer)
    assert broker.get(f"introductions/{row.pk}").status_code == 404
    with pytest.raises(Problem) as refused:
        services.answer(
            person=broker.person, organisation_id=need.organisation_id, need_id=need.pk, offer_id=offer.pk, answer="interested"
        )
    assert refused.value.status == 404


def test_a_named_broker_answers_for_its_side_and_is_named(named, college, broker, need, offer) -> None:
    assert [row["id"] for row in broker.get("introductions?waiting=1").json()["results"]] == [named.pk]
    both = broker.post(f"introductions/{named.pk}/steps/confirm", {}).json()
    assert (both["state"], both["side"]) == ("confirmed", "need")
    assert Passage.objects.latest("pk").organisation == broker.organisation
    assert college.get(f"introductions/{named.pk}").json()["brokers"] == {"need": "演示产教服务中心"}
    services.write(person=broker.person, introduction_id=named.pk, text="我们是服务中心")
    (message,) = college.get(f"introductions/{named.pk}/messages").json()["results"]
    assert (message["side"], message["organisation"]) == ("need", "演示产教服务中心")
    assert broker.get(f"introductions/{named.pk}/contacts").status_code == 200
    (last, *_) = college.get(f"organisations/{college.organisation.pk}/audit").json()["results"]
    assert last["action"] == "introduction.contact_seen"


def test_a_broker_leaves_and_is_shut_out(named, enterprise, broker) -> None:
    assert broker.client.delete(f"/api/v1/introductions/{named.pk}/broker").status_code == 204
    assert broker.get(f"introductions/{named.pk}").status_code == 404
    assert enterprise.client.delete(f"/api/v1/introductions/{named.pk}/broker").status_code == 204, "again changes nothing"


def test_who_may_not_be_named_is_refused(named, enterprise, college, other_enterprise, broker) -> None:
    unverified = world.party("演示新服务中心", "broker", "500101", "new@broker.example")
    unverified.organisation.verify_status = "unverified"
    unverified.organisation.save()
    for party, whom, code in (
        (enterprise, other_enterprise, "invalid_choice"),
        (enterprise, unverified, "not_verified"),
        (college, broker, "conflict_of_interest"),
    ):
        with pytest.raises(Problem) as refused:
            services.name_broker(
                person=party.person, introduction_id=named.pk, broker_id=whom.organisation.pk, fee="free"
            )
        assert code_of(refused) == code
    with pytest.raises(Problem) as refused:
        services.name_broker(person=broker.person, introduction_id=named.pk, broker_id=unverified.organisation.pk, fee="paid")
    assert refused.value.status == 403
