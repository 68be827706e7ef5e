"""Two people edit one posting: the slower one learns what the other changed, and nothing is lost in silence."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongqiao.audit.models import Entry
from rongqiao.common.errors import Problem
from rongqiao.parties import services as parties
from rongqiao.parties.models import Person
from rongqiao.postings import history, services
from rongqiao.postings.models import Posting
from tests import world

from .deciding import somebody

pytestmark = pytest.mark.django_db
CANARY = "金丝雀4711"


@pytest.fixture
def colleague(enterprise) -> world.Party:
    """A second clerk of the same enterprise."""
    person = somebody("second@firm.example")
    Person.objects.filter(pk=person.pk).update(name="王会计")
    parties.add_member(organisation=enterprise.organisation, person=person, role="enterprise_clerk")
    enterprise.client.logout()
    enterprise.client.force_login(enterprise.person, backend=world.BACKEND)
    client = type(enterprise.client)()
    client.force_login(person, backend=world.BACKEND)
    return world.Party(enterprise.organisation, person, client)


def need(owner: world.Party, **details: Any) -> Posting:
    details = {"headcount": 3, **details}
    return world.publish(owner, "talent_need", "数控车工", "两班倒，会看图纸。", **details)


def test_the_second_learns_what_the_first_changed_and_loses_nothing(enterprise, colleague) -> None:
    posting = need(enterprise)
    seen = posting.version
    mine = {"title": "数控车工（夜班）", "contact_phone": "13900000001", "details": {"headcount": 5}}
    theirs = {"title": "数控车床操作工", "description": "会看图纸，两班倒。", "details": {"headcount": 5}, "contact_name": "李工"}
    assert colleague.patch(f"postings/{posting.pk}", {"version": seen, **theirs}).status_code == 200
    answer = enterprise.patch(f"postings/{posting.pk}", {"version": seen, **mine})
    said = answer.json()
    assert answer.status_code == 409
    assert said["errors"][0]["code"] == "conflict"
    assert said["version"] == seen + 1
    changed = {each["field"]: each for each in said["changed"]}
    assert set(changed) == {"title", "description", "details.headcount", "contact_name"}
    assert changed["title"] == {
        **changed["title"], "label": "标题", "before": "数控车工", "after": "数控车床操作工", "by": "王会计",
    }
    assert changed["details.headcount"]["label"] == posting.kind_of.by_name["headcount"].zh
    assert (changed["details.headcount"]["before"], changed["details.headcount"]["after"]) == (3, 5)
    assert changed["contact_name"]["after"] == "李工"
    assert said["both"] == ["details.headcount", "title"]
    assert said["posting"]["title"] == "数控车床操作工"
    assert Posting.objects.get().title == "数控车床操作工"
    again = enterprise.patch(f"postings/{posting.pk}", {"version": said["version"], **mine})
    assert again.status_code == 200
    now = again.json()
    assert (now["title"], now["contact_phone"]) == ("数控车工（夜班）", "13900000001")
    assert (now["description"], now["contact_name"]) == ("会看图纸，两班倒。", "李工")


def test_what_was_changed_and_changed_back_does_not_collide(enterprise, colleague) -> None:
    posting = need(enterprise)
    for number, title in enumerate(("数控铣工", "数控车工")):
        colleague.patch(f"postings/{posting.pk}", {"version": posting.version + number, "title": title})
    said = enterprise.patch(f"postings/{posting.pk}", {"version": posting.version, "title": "数控镗工"}).json()
    assert (said["changed"][0]["before"], said["changed"][0]["after"], said["both"]) == ("数控车工", "数控车工", [])


@pytest.mark.parametrize("name", ["contact_phone", "contact_email", "contact_name"])
def test_a_contact_that_both_change_collides_even_when_it_was_emptied(name, enterprise, colleague) -> None:
    value = {"contact_email": "a@firm.example"}.get(name, "13900000001")
    posting = need(enterprise)
    given = enterprise.patch(f"postings/{posting.pk}", {"version": posting.version, name: value}).json()
    emptied = colleague.patch(f"postings/{posting.pk}", {"version": given["version"], name: ""})
    assert emptied.json()[name] == ""
    said = enterprise.patch(f"postings/{posting.pk}", {"version": given["version"], name: value}).json()
    assert said["both"] == [name]


def test_a_secret_field_that_both_change_collides_even_when_it_was_emptied(enterprise, colleague) -> None:
    posting = world.publish(enterprise, "tech_need", "难题", field="智能装备", secrecy="secret", current="现状")
    colleague.patch(f"postings/{posting.pk}", {"version": posting.version, "details": {"current": None}})
    said = enterprise.patch(f"postings/{posting.pk}", {"version": posting.version, "details": {"current": "新现状"}}).json()
    assert said["both"] == ["details.current"]


def test_contacts_and_secrets_stand_in_no_audit_row(enterprise) -> None:
    """Also not when the edit that opens the secret is the one that changes it, or closes it."""
    details = {"field": "智能装备", "secrecy": "secret", "current": f"{CANARY}a", "summary": f"{CANARY}b"}
    posting = world.publish(enterprise, "tech_need", f"{CANARY}c", f"{CANARY}d", **details)
    contacts = {"contact_name": CANARY, "contact_phone": CANARY, "contact_email": "canary4711@firm.example"}
    steps: list[dict[str, Any]] = [
        {**contacts, "details": {"current": f"{CANARY}e"}},
        {"title": "公开标题", "description": "公开描述", "details": {"secrecy": "public", "current": "公开", "summary": None}},
        {"title": f"{CANARY}f", "details": {"secrecy": "invited", "current": f"{CANARY}g"}},
    ]
    for change in steps:
        version = Posting.objects.get().version
        assert enterprise.patch(f"postings/{posting.pk}", {"version": version, **change}).status_code == 200
    told = json.dumps(list(Entry.objects.values_list("changes", flat=True)), ensure_ascii=False)
    assert CANARY not in told
    assert "canary4711" not in told
    assert "公开标题" not in told
    assert "智能装备" not in told


@pytest.mark.parametrize("details", [5, True, "headcount", ["headcount"], [{}], 1.5])
def test_details_that_are_no_object_are_refused(details, enterprise) -> None:
    posting = need(enterprise)
    for version in (posting.version, posting.version - 1):
        answer = enterprise.patch(f"postings/{posting.pk}", {"version": version, "details": details})
        assert answer.status_code in (400, 409)


def test_an_import_and_the_clock_are_told_of_too(enterprise) -> None:
    """Whoever has the form open meanwhile hears of what a table or the calendar changed."""
    kind = need(enterprise).kind_of
    fields = {"title": "焊工", "description": "", "region_code": "500101"}

    def row(**more: Any) -> services.Incoming:
        return services.Incoming(kind, enterprise.organisation.pk, "row 1", {**fields, **more}, {"headcount": 2})

    services.bring_in(rows=[row()], source="表", batch_id=1, by=None)
    posting = Posting.objects.get(source_key="row 1")
    services.bring_in(rows=[row(title="氩弧焊工")], source="表", batch_id=2, by=None)
    services.take_back(batch_id=2)
    said = enterprise.patch(f"postings/{posting.pk}", {"version": posting.version, "title": "电焊工"}).json()
    assert {each["field"]: each["after"] for each in said["changed"]} == {"title": "氩弧焊工", "status": "withdrawn"}
    assert said["both"] == ["title"]


FIELDS = ("title", "description", "contact_name", "contact_phone", "details.headcount", "details.pay_low")
TEXT_VALUES = ("甲", "乙", "丙")
EDITORS = ("first", "second")


def value_of(field: str, choice: int) -> Any:
    return choice + 1 if field.startswith("details.") else TEXT_VALUES[choice]


edits = st.tuples(
    st.sampled_from(EDITORS),
    st.one_of(
        st.just(None),
        st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2), min_size=1, max_size=3),
    ),
)


class Form:
    """What an editor has on the screen: a version, and the values that it showed."""

    def __init__(self, posting: Posting) -> None:
        self.version, self.shown = posting.version, history.snapshot(posting)


def save(posting: Posting, form: Form, changes: dict[str, Any]) -> Posting:
    base = {name: value for name, value in changes.items() if not name.startswith("details.")}
    details = {name.removeprefix("details."): value for name, value in changes.items() if name.startswith("details.")}
    return services.edit(posting_id=posting.pk, version=form.version, base=base, details=details or None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(edits, min_size=2, max_size=12))
def test_no_change_is_ever_lost_in_silence(enterprise, steps) -> None:
    """Two editors open the form (None) and save some fields in any order. A model holds what each field must be. A save
    from a form that shows every field as it is now goes through; a field that another has changed since is either
    named as colliding (and the editor decides with it in view) or is not overwritten."""
    posting = need(enterprise)
    model = history.snapshot(posting)
    forms = {editor: Form(posting) for editor in EDITORS}
    for editor, chosen in steps:
        if chosen is None:
            forms[editor] = Form(Posting.objects.get(pk=posting.pk))
            continue
        changes = {name: value_of(name, choice) for name, choice in chosen.items()}
        form = forms[editor]
        try:
            save(posting, form, changes)
        except Problem as problem:
            stale = {name for name in {*form.shown, *model} if form.shown.get(name) != model.get(name)}
            assert form.version < Posting.objects.get(pk=posting.pk).version
            assert stale <= {each["field"] for each in problem.more["changed"]}
            assert stale & set(changes) <= set(problem.more["both"])
            told = {each["field"]: each["after"] for each in problem.more["changed"]}
            assert all(told[name] == model.get(name) for name in stale)
            form = forms[editor] = Form(Posting.objects.get(pk=posting.pk))
            assert form.version == problem.more["version"]
            kept = {name: value for name, value in changes.items() if name not in problem.more["both"]}
            changes = kept or changes
            save(posting, form, changes)
        else:
            assert form.shown == model
        model.update(changes)
        now = Posting.objects.get(pk=posting.pk)
        assert history.snapshot(now) == model
        forms[editor] = Form(now)
