"""An answer from the letter: a look says nothing, the button says it once, and only for the person it was sent to."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from rongqiao.common import clock
from rongqiao.introductions import services as introductions
from rongqiao.introductions.models import Introduction, Passage, Side
from rongqiao.mailing.models import Link
from rongqiao.recommending.models import Exposure, Pairing
from tests import world

pytestmark = pytest.mark.django_db
ANSWER = re.compile(r"(/l/[\w-]{43})\?said=(\w+)")


@pytest.fixture
def paths(fitting, tell) -> dict[str, str]:
    """answer → the path in the letter."""
    letter = tell(fitting.person).letter
    world.drain()
    found = {said: f"{path}?said={said}" for path, said in ANSWER.findall(letter.text)}
    assert set(found) == {"interested", "declined", "not_now"}
    assert {path.partition("?")[0] for path in found.values()} == {path for path, _ in ANSWER.findall(letter.html)}
    return found


def state() -> str:
    return Introduction.objects.get().state


def test_what_was_told_counts_as_recommended_and_as_shown(paths, fitting) -> None:
    assert state() == "recommended"
    exposure = Exposure.objects.get(place="digest")
    assert (exposure.person_id, exposure.organisation_id, exposure.rank) == (fitting.person.pk, fitting.organisation.pk, 1)


def test_a_scanners_look_says_nothing(paths) -> None:
    before = (list(Introduction.objects.values()), Passage.objects.count(), list(Link.objects.values()))
    for path in paths.values():
        for method in ("get", "head", "options"):
            for _ in range(3):
                assert getattr(Client(), method)(path).status_code == 200
    assert (list(Introduction.objects.values()), Passage.objects.count(), list(Link.objects.values())) == before


def test_the_pressed_button_is_chosen_and_waits_to_be_confirmed(paths) -> None:
    for said, path in paths.items():
        page = Client().get(path).content.decode()
        (checked,) = re.findall(r'<input type="radio" name="answer" value="(\w+)"[^>]* checked', page)
        assert checked == said
        assert "演示职业技术学院" in page
        assert "智能焊接技术" in page
    assert " checked" not in Client().get(paths["declined"].replace("declined", "x")).content.decode()


def test_yes_is_said_once_without_a_sign_in(paths, fitting) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(paths["interested"]).content.decode()
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    given = {"answer": "interested", "reason": "", "comment": ""}
    assert browser.post(paths["interested"], given).status_code == 403
    assert state() == "recommended"
    answer = browser.post(paths["interested"], {**given, "csrfmiddlewaretoken": csrf[1]})
    assert answer.status_code == 200
    assert "有意向" in answer.content.decode()
    assert state() == "interested"
    side = Side.objects.get(organisation=fitting.organisation)
    assert (side.answer, side.answered_by) == ("interested", fitting.person)
    assert Passage.objects.latest("pk").via == "letter"
    for path in paths.values():
        assert Client().get(path).status_code == 410, "one link for the three answers, used once"
        assert Client().post(path, given).status_code == 410


def test_declining_asks_why(paths, visitor) -> None:
    path = paths["declined"]
    asked = visitor.post(path, {"answer": "declined", "reason": "", "comment": ""})
    assert asked.status_code == 400
    assert "请选一条原因" in asked.content.decode()
    assert visitor.post(path, {"answer": "declined", "reason": "no_response"}).status_code == 400, "nobody chooses that one"
    assert state() == "recommended"
    assert visitor.post(path, {"answer": "declined", "reason": "distance", "comment": "太远"}).status_code == 200
    assert (state(), Introduction.objects.get().reason) == ("declined", "distance")


def test_both_sides_can_agree_from_their_letters(paths, college, tell, visitor) -> None:
    visitor.post(paths["interested"], {"answer": "interested"})
    digest = tell(college.person)
    section = digest.body["sections"][0]
    assert section["code"] == "waiting"
    assert "1 个对接等您答复" in digest.subject
    assert "请在" in section["suggestions"][0]["reason"]
    assert len(digest.body["sections"]) == 1, "what waits is not suggested beside it"
    (path,) = {path for path, _ in ANSWER.findall(digest.letter.text)}
    assert visitor.post(path, {"answer": "interested"}).status_code == 200
    assert state() == "confirmed"


def test_what_was_answered_is_not_suggested_again(fitting, tell) -> None:
    pairing = Pairing.objects.get()
    introductions.answer(
        person=fitting.person, organisation_id=fitting.organisation.pk, need_id=pairing.need_id, offer_id=pairing.offer_id,
        answer="not_now",
    )  # fmt: skip
    assert tell(fitting.person).reason == "nothing_new"


def test_a_question_that_waits_is_told_once_until_it_is_nearly_over(paths, college, tell, visitor) -> None:
    visitor.post(paths["interested"], {"answer": "interested"})
    assert tell(college.person).outcome == "sent"
    assert tell(college.person).reason == "nothing_new"
    Introduction.objects.update(due_at=clock.now() + timedelta(hours=40))
    assert tell(college.person).outcome == "sent"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda party: party.person.memberships.update(is_active=False),
        lambda party: type(party.person).objects.filter(pk=party.person.pk).update(is_active=False),
        lambda party: Link.objects.update(expires_at=clock.now()),
        lambda party: party.organisation.postings.all().delete(),
        lambda party: Link.objects.update(person=None),
    ],
)
def test_who_may_not_answer_any_more_finds_nothing(paths, fitting, visitor, spoil) -> None:
    spoil(fitting)
    answers = Introduction.objects.values_list("state", flat=True)
    before = list(answers)
    for path in paths.values():
        assert visitor.get(path).status_code == 410
        assert visitor.post(path, {"answer": "interested"}).status_code == 410
    assert list(answers.all()) == before


def test_what_can_no_longer_be_answered_is_said_on_the_page(paths, college, visitor) -> None:
    world.step(college.organisation.postings.get(), "withdraw")
    world.drain()
    answer = visitor.post(paths["interested"], {"answer": "interested"})
    assert answer.status_code in (404, 409)
    assert "已失效" not in answer.content.decode()
