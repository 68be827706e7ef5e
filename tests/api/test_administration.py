"""The administration: who may enter, that it only reads, under which policy, and how many queries its lists take."""

import re
import time
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from rongqiao.audit import services as audit
from rongqiao.audit.models import Entry
from rongqiao.config.administration.lists import LISTS
from rongqiao.config.administration.site import site
from rongqiao.parties import actions
from rongqiao.parties import services as parties
from tests import world

NAMES = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in LISTS]
TRAIL = "admin:audit_entry_changelist"
FRAME_QUERIES = 9
"""Session, person, memberships, what a list shows and how much; a list asks nothing for each row."""


def paths() -> list[str]:
    """Every address of the administration, with a number where a row is named."""
    found: list[str] = []

    def walk(patterns: Sequence[object], prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                found.append(prefix + str(pattern.pattern))

    walk(site.get_urls(), "/admin/")
    return [re.sub(r"<[^>]+>", "1", path).replace("^", "").replace("$", "").replace("(?P1auth)", "auth") for path in found]


def with_role(operator: world.Party, role: str) -> Client:
    parties.add_member(organisation=operator.organisation, person=operator.person, role=role)
    return operator.client


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_sign_in_and_a_clerk_and_a_reviewer_find_nothing(
    visitor: Client, enterprise: world.Party, method: str
) -> None:
    reviewer = world.party("演示审核处", "government", "500101", "reviewer@platform.example", role="reviewer")
    for path in paths():
        shut = getattr(visitor, method)(path)
        assert shut.status_code in (302, 404), path
        assert shut.status_code == 404 or shut["Location"] in ("/sign-in", "/account"), path
        for party in (enterprise, reviewer):
            answer = getattr(party.client, method)(path)
            assert answer.status_code in (302, 404), path
            assert answer.status_code == 404 or answer["Location"] in ("/sign-in", "/account"), path


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_an_operator_reads_every_list_but_the_audit_trail(operator: world.Party, name: str) -> None:
    answer = operator.client.get(reverse(name))
    assert answer.status_code == (403 if name == TRAIL else 200)
    if name == TRAIL:
        assert with_role(operator, "auditor").get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_nothing_can_be_added_changed_or_removed(operator: world.Party, enterprise: world.Party) -> None:
    posting = world.publish(enterprise, "talent_need", "车工", headcount=1)
    rows = {"postings_posting": posting.pk, "parties_organisation": enterprise.organisation.pk}
    rows["parties_person"] = enterprise.person.pk
    for name, pk in rows.items():
        assert operator.client.get(reverse(f"admin:{name}_change", args=[pk])).status_code == 200
        assert operator.client.post(reverse(f"admin:{name}_change", args=[pk]), {"title": "x"}).status_code == 403
        assert operator.client.post(reverse(f"admin:{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403
        assert operator.client.post(reverse(f"admin:{name}_add"), {}).status_code == 403
    posting.refresh_from_db()
    assert posting.title == "车工"


@pytest.mark.django_db
def test_neither_contacts_nor_what_opens_an_account_are_shown(operator: world.Party, enterprise: world.Party) -> None:
    parties.change_organisation(
        organisation=enterprise.organisation, by=enterprise.person, fields={"contact_phone": "023-58000001"}, profile={}
    )
    for name, pk in (("parties_organisation", enterprise.organisation.pk), ("parties_person", enterprise.person.pk)):
        page = operator.client.get(reverse(f"admin:{name}_change", args=[pk])).content.decode()
        assert "023-58000001" not in page
        assert enterprise.person.password not in page


@pytest.mark.django_db
def test_the_first_page_tells_of_outbox_index_and_letters(operator: world.Party, enterprise: world.Party) -> None:
    world.publish(enterprise, "talent_need", "车工", headcount=1)
    page = operator.client.get("/admin/").content.decode()
    for words in ("待办事件", "embedded", "信函", "indexing"):
        assert words in page


@pytest.mark.django_db
def test_the_policy_refuses_inline_scripts_and_the_pages_have_none(operator: world.Party) -> None:
    for path in ("/admin/", reverse(NAMES[0])):
        answer = operator.client.get(path)
        script = re.search(r"script-src ([^;]*);", answer["Content-Security-Policy"])
        assert script
        assert script.group(1) == "'self' 'unsafe-eval'"
        page = answer.content.decode()
        assert page.count("<script") == page.count("<script src=") + len(re.findall(r"<script id=\"[\w-]+\" src=", page))
        assert not re.search(r"\son[a-z]+=\"", page)


@pytest.mark.django_db
def test_where_it_is_asked_for_an_operator_needs_the_second_step(operator: world.Party, settings: Any) -> None:
    settings.RONGQIAO_SECOND_FACTOR = True
    answer = operator.client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/second-step")
    session = operator.client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(operator.person.pk)
    session.save()
    assert operator.client.get("/admin/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_list_asks_no_more_for_many_rows_than_for_few(
    operator: world.Party, enterprise: world.Party, name: str, django_assert_max_num_queries: Any
) -> None:
    client = with_role(operator, "auditor")
    for number in range(12):
        world.publish(enterprise, "talent_need", f"车工{number}", headcount=1)
        audit.record(action=actions.SWITCHED, subject=enterprise.organisation, by=enterprise.person)
    assert Entry.objects.count() > 12
    client.get(reverse(name))
    with django_assert_max_num_queries(FRAME_QUERIES):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_styles_and_scripts_come_from_their_packages_and_nothing_else_does(client: Client) -> None:
    for name in ("unfold/css/styles.css", "administration.css"):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200
        answer.close()
    for name in ("settings.py", "../manage.py", "unfold/../../settings.py", "unfold/css/"):
        assert client.get(f"/static/{name}").status_code == 404
