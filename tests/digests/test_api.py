"""One's own wishes, a preview of what they would bring, and what was sent: and nobody else's."""

import pytest

from rongqiao.digests import services
from rongqiao.digests.models import Digest, Item, Preference
from rongqiao.mailing.models import Letter, Link
from rongqiao.searching import services as searching

pytestmark = pytest.mark.django_db
PATH = "digests/preferences/pairings"


def test_what_is_set_is_listed_before_anybody_set_it(enterprise) -> None:
    answer = enterprise.get("digests/preferences").json()
    assert [row["kind"] for row in answer["results"]] == ["pairings", "searches"]
    first = answer["results"][0]
    assert (first["rhythm"], first["most"], first["language"]) == ("weekly", 10, "zh-hans")
    assert first["subjects"] == [{"id": enterprise.organisation.pk, "name": "演示机电有限公司", "rhythm": "weekly"}]
    assert not Preference.objects.exists(), "looking sets nothing"


def test_what_is_changed_stays_changed(enterprise) -> None:
    organisation = str(enterprise.organisation.pk)
    changes = {"rhythm": "weekly", "time": "17:42", "weekday": 4, "language": "en", "most": 3, "own": {organisation: "daily"}}
    row = enterprise.patch(PATH, changes).json()
    assert (row["time"], row["weekday"], row["language"], row["most"]) == ("17:42", 4, "en", 3)
    assert row["subjects"][0]["rhythm"] == "daily"
    assert row["due_at"] is not None
    assert enterprise.patch(PATH, {"rhythm": "off", "own": {}}).json()["due_at"] is None
    assert enterprise.get("digests/preferences").json()["results"][0]["time"] == "17:42"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"time": "08:00"}, "time", "off_the_hour"),
        ({"time": "08:30"}, "time", "off_the_hour"),
        ({"time": "25:10"}, "time", "invalid"),
        ({"weekday": 7}, "weekday", "max_value"),
        ({"most": 0}, "most", "min_value"),
        ({"rhythm": "hourly"}, "rhythm", "invalid_choice"),
        ({"own": {"999": "off"}}, "own.999", "unknown_subject"),
        ({"when": 1}, "when", "unknown_field"),
    ],
)
def test_what_cannot_be_wished_is_refused_by_name(enterprise, changes, field: str, code: str) -> None:
    for path in (PATH, "digests/preview/pairings"):
        answer = enterprise.patch(path, changes) if path == PATH else enterprise.post(path, changes)
        assert answer.status_code == 400
        assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    assert not Preference.objects.exists()


def test_anothers_organisation_or_search_cannot_be_named(enterprise, other_enterprise) -> None:
    theirs = searching.save_search(person=other_enterprise.person, name="n", words="焊工", filters={})
    for kind, pk in (("pairings", other_enterprise.organisation.pk), ("searches", theirs.pk)):
        answer = enterprise.patch(f"digests/preferences/{kind}", {"own": {str(pk): "off"}})
        assert answer.json()["errors"][0]["code"] == "unknown_subject"


def test_a_preview_shows_the_letter_and_writes_nothing(fitting) -> None:
    before = (Letter.objects.count(), Link.objects.count())
    kept = Preference.objects.filter(person=fitting.person).values().get()
    shown = fitting.post("digests/preview/pairings", {"language": "en", "most": 1}).json()
    assert (shown["sends"], shown["reason"]) == (True, "")
    assert "智能焊接技术" in shown["text"]
    assert 'lang="en"' in shown["html"]
    told = [each["title"] for section in shown["sections"] for each in section["suggestions"]]
    assert told == ["智能焊接技术"], "in its parts it says the same"
    assert (Letter.objects.count(), Link.objects.count()) == before
    assert not Digest.objects.exists()
    assert not Item.objects.exists()
    assert Preference.objects.filter(person=fitting.person).values().get() == kept


def test_a_preview_says_why_nothing_would_come(enterprise) -> None:
    shown = enterprise.post("digests/preview/pairings", {"rhythm": "off", "own": {}}).json()
    assert (shown["sends"], shown["reason"], shown["reason_label"]) == (False, "off", "已设为不发")
    assert enterprise.post("digests/preview/pairings").json()["reason"] == "unproved"


def test_the_archive_is_ones_own(fitting, college, tell, django_assert_num_queries) -> None:
    for _ in range(3):
        tell(fitting.person)
        Item.objects.update(band="weak")
    with django_assert_num_queries(3):
        answer = fitting.get("digests").json()
    assert answer["count"] == 3
    newest = answer["results"][0]
    whole = fitting.get(f"digests/{newest['id']}").json()
    assert whole["sections"][0]["suggestions"][0]["title"] == "智能焊接技术"
    assert college.get("digests").json()["count"] == 0
    assert college.get(f"digests/{newest['id']}").status_code == 404


def test_what_was_not_sent_is_not_in_the_archive(fitting, tell) -> None:
    services.set_preference(person=fitting.person, kind_code="pairings", changes={"most": 1})
    tell(fitting.person)
    digest = tell(fitting.person)
    assert digest.outcome == "nothing"
    assert fitting.get("digests").json()["count"] == 1
    assert fitting.get(f"digests/{digest.pk}").status_code == 404


def test_ones_own_data_has_ones_digests(fitting, tell) -> None:
    tell(fitting.person)
    exported = fitting.get("me/export").json()
    assert exported["digests"][0]["subject"].startswith("1 个合适的配对")
    assert exported["digest_preferences"][0]["kind"] == "pairings"
