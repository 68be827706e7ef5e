"""Every address × method × role × whose object × state: what is foreign looks like what is not there, to the byte.

The expected answer of a cell comes from the door (tests/api/test_access.py) and a rule (rules.py), both said by hand.
Every cell runs inside a savepoint that is rolled back.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction

from rongqiao.common.access import PUBLIC, SIGNED_IN
from rongqiao.parties.roles import ROLES
from tests.api.test_access import TABLE, addresses
from tests.security.calls import ASKED_BY_TWO, METHODS, aims, body_of, call
from tests.security.region import Region
from tests.security.rules import CAPABILITIES, MISSING, REFUSED, RULES, YES, Actor, Aim

# Calls that cannot succeed in the region as it stands, or not with a body that is as good for everybody.
NEVER_DONE = {
    ("POST", "api/v1/files"), ("POST", "api/v1/imports"), ("POST", "api/v1/letters/<int:letter_id>/retry"),
    ("POST", "api/v1/reviews/<int:case_id>/undo"), ("PUT", "api/v1/imports/<int:batch_id>/mapping"),
    ("POST", "api/v1/imports/<int:batch_id>/run"), ("POST", "api/v1/imports/<int:batch_id>/undo"),
    ("POST", "api/v1/organisations/<int:organisation_id>/applications"),
    ("DELETE", "api/v1/digests/groups/<slug:digest_kind>"),
}  # fmt: skip
# The five offices beside the first have its rights: they ask for less.
ECHOES = ("officer_development", "officer_education", "officer_labour", "officer_finance", "officer_industry")
# Bills are worked out at the first look and undone with the cell: one a page is enough here.
SHORT = {"api/v1/postings/<int:posting_id>/pairings": "?page_size=1"}
FEW = ("visitor", "nobody", "administrator", "operator")
Cell = tuple[Actor, str, Aim]


def served_cells(region: Region, address: str) -> Iterator[Cell]:
    """Every call that the address serves, by everybody."""
    for method in TABLE[address]:
        for actor in region.actors.values():
            if actor.name in ASKED_BY_TWO.get(address, region.actors):
                found = aims(region, actor, address, method)
                few = door(actor, method, address) or actor.name in ECHOES
                yield from ((actor, method, aim) for aim in ((found[0], found[-1]) if few else found))


def other_cells(region: Region, address: str) -> Iterator[Cell]:
    """The methods that the address does not serve, by a few, on what there is."""
    for method in METHODS:
        if method not in TABLE[address]:
            for name in FEW:
                actor = region.actors[name]
                found = aims(region, actor, address, method)
                yield actor, method, found[-1]


def door(actor: Actor, method: str, address: str) -> int:
    """401 or 403 for whom the door is shut, whatever lies behind it; 0 for whom it is open."""
    needed = TABLE[address][method]
    if needed != PUBLIC and actor.person is None:
        return 401
    return 403 if needed not in (PUBLIC, SIGNED_IN) and not actor.can(needed) else 0


def expected(actor: Actor, method: str, address: str, aim: Aim) -> str | int:
    """What the door says, else what the rule says."""
    return door(actor, method, address) or RULES[address][method](actor, aim)


def fault_of(wanted: str | int, status: int, body: bytes, absent: bytes | None) -> str:
    """What is wrong with an answer, "" when nothing is."""
    if status >= 500:
        return "broke"
    if isinstance(wanted, int):
        return "" if status == wanted else f"the door should have said {wanted}"
    if wanted == YES:
        return "refused" if status in (401, 403, 404, 405) else ""
    if wanted == REFUSED:
        return "" if status == 403 else "not refused"
    assert wanted == MISSING
    if status != 404:
        return "LEAK: does not look missing"
    return "" if absent is None or body == absent else "LEAK: differs from what is absent"


@pytest.mark.django_db  # the runner makes the database for who is so marked, and the region is none of its tests
def test_every_address_and_method_has_a_rule() -> None:
    named = {address: set(rules) for address, rules in RULES.items()}
    assert named == {address: set(doors) for address, doors in TABLE.items()}
    assert {address for address in addresses() if address.startswith("api/v1/")} == set(RULES)


@pytest.mark.parametrize("address", sorted(TABLE))
def test_nobody_reaches_what_is_not_theirs(address: str, region: Region) -> None:
    wrong, done, absent = [], set(), {}
    for actor, method, aim in served_cells(region, address):
        with transaction.atomic():
            answer = call(actor, method, address, aim, SHORT.get(address, ""))
            body, status = body_of(answer), answer.status_code
            transaction.set_rollback(True)
        wanted = expected(actor, method, address, aim)
        if status == 404:
            absent.setdefault((actor.name, method), body)
        if fault := fault_of(wanted, status, body, absent.get((actor.name, method))):
            wrong.append(f"{method} {aim.label} as {actor.name}: {status} {fault} {body[:200].decode(errors='replace')}")
        if status < 300:
            done.add(method)
    assert wrong == [], "\n".join(wrong)
    assert {method for method in TABLE[address] if (method, address) not in NEVER_DONE} <= done, "nobody could do it"


@pytest.mark.parametrize("address", sorted(TABLE))
def test_what_is_not_served_is_405_in_one_shape_for_everybody(address: str, region: Region) -> None:
    answers = set()
    for actor, method, aim in other_cells(region, address):
        answer = call(actor, method, address, aim)
        assert answer.status_code == 405, (actor.name, method, aim.label, answer.content)
        assert answer.json()["errors"][0]["code"] == "method_not_allowed"
        answers.add(answer.content)
    assert len(answers) <= 1


def test_the_roles_are_what_they_are_meant_to_be(region: Region) -> None:
    assert {role.code: role.capabilities for role in ROLES.values()} == {
        code: capabilities for code, capabilities in CAPABILITIES.items() if code
    }
    assert {actor.role for actor in region.actors.values()} == set(CAPABILITIES), "somebody of every role asks"


def test_the_matrix_is_large(region: Region) -> None:
    cells = [cell for address in TABLE for cell in (*served_cells(region, address), *other_cells(region, address))]
    assert len(cells) >= 4_000, len(cells)
