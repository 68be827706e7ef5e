"""Contacts and secret fields open when both have agreed, close when talks end, and every look is kept."""

import logging

import pytest

from rongqiao.audit.models import Entry
from rongqiao.common.errors import Problem
from rongqiao.introductions import services
from rongqiao.introductions.confidence import CURRENT
from rongqiao.introductions.models import Introduction
from rongqiao.postings.models import Posting
from tests import world
from tests.introductions import canaries
from tests.introductions.telling import agree, code_of, says, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(enterprise: world.Party) -> Posting:
    return canaries.problem_of(enterprise)


@pytest.fixture
def expert(college: world.Party) -> Posting:
    return canaries.expert_of(college)


def seen(party: world.Party, row: Introduction, across: Posting) -> dict[str, set[str]]:
    """Where a party finds which canaries, their own left out."""
    own = set()
    for side, posting in (("need", row.need), ("offer", row.offer)):
        if posting.organisation_id == party.organisation.pk:
            own = canaries.contacts_of(side) | canaries.PRIVATE[side]
    found = {path: canaries.words_of(said) - own for path, said in canaries.reads(party, row.pk, across)}
    return {path: words for path, words in found.items() if words}


def test_nothing_is_found_before_both_agree_and_after_talks_have_ended(
    enterprise, college, other_enterprise, problem, expert, caplog
) -> None:
    """Everything that can be read, by both and by a third party, in each state."""
    strangers = (other_enterprise, problem), (other_enterprise, expert)
    row = says(enterprise, "interested", problem, expert, comment="请联系 cnrycomment")
    with caplog.at_level(logging.DEBUG):
        closed = [lambda: None, lambda: says(college, "not_now", problem, expert)]
        for act in closed:
            act()
            nothing_is_found(row, (enterprise, expert), (college, problem), *strangers)
        says(college, "interested", problem, expert)
        world.drain()
        one = f"introductions/{row.pk}"
        path = f"{one}/contacts"
        assert seen(enterprise, row, expert) == {path: canaries.contacts_of("offer")}
        comment = {place: {"cnrycomment"} for place in (one, f"{one}/export", f"{one}/export?as=text")}
        assert seen(college, row, problem) == {path: canaries.contacts_of("need"), **comment}
        assert seen(other_enterprise, row, expert) == seen(other_enterprise, row, problem) == {}
        step(college, "decline", row, reason="ip")
        nothing_is_found(row, (enterprise, expert), (college, problem), (other_enterprise, problem))
    assert canaries.words_of("\n".join(record.getMessage() for record in caplog.records)) == set()


def nothing_is_found(row: Introduction, *readers: tuple[world.Party, Posting]) -> None:
    world.drain()
    for party, across in readers:
        assert seen(party, row, across) == {}
    for where, said in canaries.kept_elsewhere().items():
        assert canaries.words_of(said) == set(), where


def test_a_look_at_a_contact_is_kept_where_the_other_side_sees_it(enterprise, college, need, offer) -> None:
    row = agree(enterprise, college, need, offer)
    services.see_contacts(person=enterprise.person, introduction_id=row.pk)
    entry = Entry.objects.get(action="introduction.contact_seen")
    assert (entry.person, entry.organisation, entry.subject_id) == (enterprise.person, college.organisation, offer.pk)


def test_without_a_contact_of_its_own_a_posting_has_its_organisation_s(enterprise, college, need, offer) -> None:
    college.organisation.contact_name = "演示张老师"
    college.organisation.save()
    row = agree(enterprise, college, need, offer)
    told = services.see_contacts(person=enterprise.person, introduction_id=row.pk)
    assert told["other"]["contact_name"] == "演示张老师"


def test_fields_unlock_one_by_one_after_the_note(enterprise, college, problem, expert) -> None:
    row = says(college, "interested", problem, expert)
    path = f"introductions/{row.pk}"
    assert enterprise.get(f"{path}/secrets").json()["errors"][0]["code"] == "contacts_closed"
    says(enterprise, "interested", problem, expert)
    early = enterprise.post(f"{path}/secrets", {"fields_to_open": ["current"]})
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "note_required")
    assert college.post(f"{path}/note", {"version": "2020"}).json()["errors"][0]["code"] == "outdated_version"
    accepted = college.post(f"{path}/note", {"version": CURRENT.version}).json()
    assert accepted["accepted_at"]
    assert all(each["value"] is None for each in accepted["other"])
    for wrong in (["conflicts"], ["field"], ["none"], []):
        assert enterprise.post(f"{path}/secrets", {"fields_to_open": wrong}).status_code == 400
    enterprise.post(f"{path}/secrets", {"fields_to_open": ["current"]})
    assert seen(college, row, problem)[f"{path}/secrets"] == {"cnrycurrent"}
    enterprise.post(f"{path}/secrets", {"fields_to_open": ["current", "tried", "title"]})
    told = {each["field"]: each["value"] for each in college.get(f"{path}/secrets").json()["other"]}
    assert told == {
        "title": "cnrytitle", "description": None, "current": "cnrycurrent", "tried": ["cnrytried"],
        "solver_requirements": None, "skills": None,
    }  # fmt: skip
    changes = list(Entry.objects.filter(action="introduction.unlocked").order_by("pk").values_list("changes", flat=True))
    assert changes == [{"fields": ["current"]}, {"fields": ["title", "tried"]}]
    last = Entry.objects.filter(action="introduction.secrets_seen").latest("pk")
    assert (last.organisation, set(last.changes["fields"])) == (enterprise.organisation, {"title", "current", "tried"})
    step(college, "decline", row, reason="ip")
    assert college.get(f"{path}/secrets").status_code == 409


def test_the_note_is_for_those_who_agreed_and_for_nobody_else(enterprise, college, other_enterprise, problem, expert) -> None:
    row = says(enterprise, "interested", problem, expert)
    with pytest.raises(Problem) as refused:
        services.accept_note(person=college.person, introduction_id=row.pk, version=CURRENT.version)
    assert code_of(refused) == "contacts_closed"
    with pytest.raises(Problem) as refused:
        services.accept_note(person=other_enterprise.person, introduction_id=row.pk, version=CURRENT.version)
    assert refused.value.status == 404
