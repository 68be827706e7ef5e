"""The organisations of the demo region and the people who may sign in there."""

from collections.abc import Mapping
from dataclasses import dataclass

from rongqiao.common import clock
from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.roles import ROLES
from rongqiao.parties.vocabulary import SCHOOLS

from .reading import table

SOURCE = "演示数据"
MAIL_HOST = "demo.rongqiao.example"
# Known to everybody who reads this: `loading.refuse_production` keeps it out of real installations.
PASSWORD = "wandakai-demo"  # noqa: S105
FIELDS = ("name", "party_type", "region_code", "address", "introduction", "verify_status")
ENTERPRISE = ("industry_code", "staff_total", "size", "chain_nodes", "mentors")
INSTITUTION = (
    "school_code", "level", "nature", "department", "enrolment", "full_time_teachers", "double_qualified",
)  # fmt: skip
NUMBERS = {"staff_total", "mentors", "enrolment", "full_time_teachers", "double_qualified"}


@dataclass(frozen=True, slots=True)
class Account:
    """One way to sign in to the demo."""

    email: str
    role: str
    organisation: str


def add_organisations() -> dict[str, int]:
    """The organisations of the file that are not there yet. Returns all of them, key → id."""
    known = dict(Organisation.objects.filter(source=SOURCE).values_list("source_key", "pk"))
    for row in table("organisations"):
        if row["key"] not in known:
            known[row["key"]] = _add_organisation(row).pk
    return known


def _add_organisation(row: Mapping[str, str]) -> Organisation:
    fields = {name: row[name] for name in FIELDS}
    fields |= {"source": SOURCE, "source_key": row["key"], "contact_email": f"{row['key']}@{MAIL_HOST}"}
    names = INSTITUTION if row["party_type"] in SCHOOLS else ENTERPRISE
    profile = {name: _profile_value(name, row[name]) for name in names}
    return parties.add_organisation(
        fields={**fields, "contact_name": "演示联系人", "last_confirmed_at": clock.now()}, profile=profile
    )


def _profile_value(name: str, text: str) -> object:
    if name in NUMBERS:
        return int(text) if text else None
    if name == "chain_nodes":
        return [node for node in text.split("、") if node]
    return text


def add_people(organisations: Mapping[str, int]) -> list[Account]:
    """The people of the file that are not there yet, each with a role. Returns all accounts."""
    accounts = []
    for row in table("people"):
        email = f"{row['mailbox']}@{MAIL_HOST}"
        organisation = Organisation.objects.get(pk=organisations[row["organisation"]])
        person = Person.objects.filter(email=email).first()
        if person is None:
            person = Person.objects.create_user(email, PASSWORD, name=row["name"])
        parties.add_member(organisation=organisation, person=person, role=row["role"])
        accounts.append(Account(email, ROLES[row["role"]].zh, organisation.name))
    return accounts
