"""The gaps that the demo region has on purpose, held to what its README says of them."""

from datetime import timedelta

import pytest

from matching.taxonomy.majors import majors
from rongqiao.codes import checks
from rongqiao.common import clock
from rongqiao.demo.offers_and_needs import FILES
from rongqiao.demo.reading import DATA, table
from rongqiao.parties.models import EnterpriseProfile, Membership, Organisation
from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

# The database is only set up for tests that say they want it.
pytestmark = pytest.mark.django_db

SECRECY = {"摘要公开": "summary", "定向": "invited", "保密": "secret"}
HIDDEN = ("description", "current", "tried", "targets", "budget")


def documented(gap: str) -> set[str]:
    """The keys that the README lists for a gap."""
    lines = (DATA / "README.md").read_text(encoding="utf-8").splitlines()
    return set(next(line for line in lines if line.startswith(f"| {gap} |")).split("|")[2].split())


def class_codes(names: str) -> set[str]:
    """The classes (the first four digits) that names or codes of majors belong to, on all levels that have the name."""
    found = set()
    for name in filter(None, names.split("、")):
        resolved = checks.resolve("major_or_class", name)
        found |= {entry.code[:4] for entry in majors().named(name)}
        found |= {resolved.code[:4]} if resolved else set()
    return found


def needs_with_majors() -> dict[str, set[str]]:
    rows = [row for file in ("talent_needs", "internships") for row in table(file)]
    return {row["key"]: class_codes(row["majors"]) for row in rows if row["majors"] and row["status"] in OPEN}


def majors_offered() -> dict[str, set[str]]:
    return {row["key"]: class_codes(row["major_code"]) for row in table("majors") if row["status"] in OPEN}


def test_some_needs_nobody_there_can_meet() -> None:
    taught = set().union(*majors_offered().values())
    unmet = {key for key, asked in needs_with_majors().items() if not asked & taught}
    assert len(documented("没有院校教")) >= 10
    assert documented("没有院校教") <= unmet


def test_some_offers_nobody_wants() -> None:
    asked = set().union(*needs_with_majors().values())
    assert {key for key, taught in majors_offered().items() if not taught & asked} == documented("没有企业要")


def test_every_key_the_readme_names_is_there(stored: dict[str, Posting]) -> None:
    lines = (DATA / "README.md").read_text(encoding="utf-8").split("## 故意留下的缺口")[1].splitlines()
    rows = [
        line.split("|")[2].split()
        for line in lines
        if line.startswith("| ") and not line.startswith("| 缺口")
    ]
    known = set(stored) | {row["key"] for row in table("organisations")}
    assert rows
    assert {key for keys in rows for key in keys} <= known


def test_drafts_and_those_in_review_are_of_every_kind_and_not_yet_public(stored: dict[str, Posting]) -> None:
    for gap, status in (("草稿", "draft"), ("待审", "in_review")):
        found = {key: posting for key, posting in stored.items() if posting.status == status}
        assert set(found) == documented(gap)
        assert {posting.kind for posting in found.values()} == set(FILES.values())
        for posting in found.values():
            assert (posting.published_at, posting.confirmed_on, posting.expires_on) == (None, None, None)


def test_stale_ones_are_still_open_but_near_their_end(stored: dict[str, Posting]) -> None:
    for key in documented("久未确认"):
        posting = stored[key]
        assert posting.status in OPEN
        assert posting.expires_on is not None
        left = posting.expires_on - clock.today()
        assert timedelta() <= left < timedelta(days=0.1 * posting.kind_of.shelf_life_days), key


def test_nothing_open_has_expired_and_everything_expired_has(stored: dict[str, Posting]) -> None:
    for key, posting in stored.items():
        if posting.status in OPEN:
            assert posting.expires_on is not None and posting.expires_on >= clock.today(), key
        if posting.status == "expired":
            assert posting.expires_on is not None and posting.expires_on < clock.today(), key


def test_problems_of_each_secrecy_have_their_hidden_fields_filled(stored: dict[str, Posting]) -> None:
    for gap, secrecy in SECRECY.items():
        found = {key for key, posting in stored.items() if posting.details.get("secrecy") == secrecy}
        assert found == documented(gap)
        assert any(stored[key].status in OPEN for key in found)
        for key in found:
            posting = stored[key]
            values = {"description": posting.description, **posting.details}
            assert all(values.get(name) for name in HIDDEN), key
            assert not set(HIDDEN) & posting.kind_of.visible(posting.details), key
    assert any(
        not posting.details.get("secrecy") for posting in stored.values() if posting.kind == "tech_need"
    )


def test_private_fields_are_filled(stored: dict[str, Posting]) -> None:
    told = {key for key, posting in stored.items() if posting.details.get("conflicts")}
    assert told == documented("未公开的字段")
    assert "conflicts" not in kinds.of("expert").public


@pytest.mark.usefixtures("region")
def test_organisations_in_doubt_unclaimed_and_switched_off() -> None:
    by_key = {organisation.source_key: organisation for organisation in Organisation.objects.all()}

    def those(**wanted: object) -> set[str]:
        return {
            key
            for key, each in by_key.items()
            if all(getattr(each, name) == value for name, value in wanted.items())
        }

    assert those(verify_status="unverified") == documented("未核验")
    assert those(verify_status="doubted") == documented("存疑")
    assert those(claimable=True) == documented("待认领")
    assert those(recommendations_on=False) == documented("关闭推荐")
    for key in documented("待认领"):
        assert by_key[key].contact_email == by_key[key].contact_phone == ""
        assert by_key[key].pinyin
        assert not EnterpriseProfile.objects.filter(organisation=by_key[key]).exists()
        assert not Membership.objects.filter(organisation=by_key[key]).exists()
        assert Posting.objects.filter(organisation=by_key[key], status__in=OPEN).exists()
