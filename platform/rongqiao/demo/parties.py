"""The organisations of the demo region and the people who may sign in there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from rongqiao.common import clock
from rongqiao.parties import links
from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.privacy import CURRENT
from rongqiao.parties.roles import ROLES
from rongqiao.parties.vocabulary import SCHOOLS, VERIFIED

from .reading import table

SOURCE = "演示数据"
MAIL_HOST = "demo.rongqiao.example"
CONTACT_NAME = "演示联系人"
# Known to everybody who reads this: `loading.refuse_production` keeps it out of real installations.
PASSWORD = "wandakai-demo"  # noqa: S105
FIELDS = ("name", "party_type", "region_code", "address", "introduction", "verify_status")
ENTERPRISE = ("industry_code", "staff_total", "size", "chain_nodes", "mentors")
INSTITUTION = (
    "school_code", "level", "nature", "department", "enrolment", "full_time_teachers", "double_qualified",
)  # fmt: skip
NUMBERS = {"staff_total", "mentors", "enrolment", "full_time_teachers", "double_qualified"}
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Account:
    """One way to sign in to the demo."""

    email: str
    role: str
    organisation: str


@transaction.atomic
def add_organisations() -> dict[str, int]:
    """The organisations of the file that are not there yet. Returns all of them, key → id."""
    known = dict(Organisation.objects.filter(source=SOURCE).values_list("source_key", "pk"))
    for row in table("organisations"):
        if row["key"] not in known:
            known[row["key"]] = _add_imported(row) if row["claimable"] == YES else _add_registered(row)
    return known


def _add_imported(row: Mapping[str, str]) -> int:
    """One that a table of advertisements named: nobody has claimed it."""
    fields = {name: row[name] for name in FIELDS}
    return parties.imported_employers(source=SOURCE, rows={row["key"]: fields})[row["key"]]


def _add_registered(row: Mapping[str, str]) -> int:
    names = INSTITUTION if row["party_type"] in SCHOOLS else ENTERPRISE
    profile = {name: _profile_value(name, row[name]) for name in names}
    organisation = parties.add_organisation(fields=_fields(row), profile=profile)
    if organisation.verify_status in VERIFIED:
        parties.set_trust(organisation=organisation, by=None, on=True)
    if row["recommendations"] == NO:
        parties.switch_recommendations(organisation=organisation, by=None, on=False)
    return organisation.pk


def _fields(row: Mapping[str, str]) -> dict[str, object]:
    place = {name: float(row[name]) if row[name] else None for name in ("latitude", "longitude")}
    contact = {
        "contact_name": CONTACT_NAME, "contact_phone": row["contact_phone"],
        "contact_email": f"{row['key']}@{MAIL_HOST}",
    }  # fmt: skip
    told = {name: row[name] for name in (*FIELDS, "uscc")}
    origin = {"source": SOURCE, "source_key": row["key"], "last_confirmed_at": clock.now()}
    return {**told, **place, **contact, **origin}


def _profile_value(name: str, text: str) -> object:
    if name in NUMBERS:
        return int(text) if text else None
    if name == "chain_nodes":
        return [node for node in text.split("、") if node]
    return text


@transaction.atomic
def add_people(organisations: Mapping[str, int]) -> list[Account]:
    """The people of the file that are not there yet, each with a role. Returns all accounts."""
    accounts = []
    for row in table("people"):
        email = f"{row['mailbox']}@{MAIL_HOST}"
        organisation = Organisation.objects.get(pk=organisations[row["organisation"]])
        person = Person.objects.filter(email=email).first() or _add_person(email, row["name"])
        parties.add_member(organisation=organisation, person=person, role=row["role"])
        accounts.append(Account(email, ROLES[row["role"]].zh, organisation.name))
    return accounts


def _add_person(email: str, name: str) -> Person:
    person = Person.objects.create(email=email, name=name, password=_hashed_password())
    parties.consent(person=person, version=CURRENT.version, language=person.language)
    links.confirm(email)
    return person


@cache
def _hashed_password() -> str:
    """The one password of all accounts, hashed once: hashing is slow by design, and here it protects nothing."""
    return make_password(PASSWORD)
