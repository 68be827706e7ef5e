"""Pairings: found from both sides, kept with their run, refreshed when either side changes, recomputable."""

import json
from typing import Any

import pytest

from matching import explain
from rongqiao.indexing.services import follow_postings
from rongqiao.parties import services as parties
from rongqiao.postings import services as postings
from rongqiao.recommending import bills, services
from rongqiao.recommending.models import Exposure, Pairing, Run
from search.engine import IndexUnreadable
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(keep):
    return keep(paired)


@pytest.fixture
def region(built, db):
    """Both sides and their postings, built once for the module."""
    return built.again()


@pytest.fixture
def pair(region):
    """A need, the major that fits it, and one that does not."""
    return region["pair"]


@pytest.fixture
def enterprise(region):
    return region["enterprise"]


@pytest.fixture
def college(region):
    return region["college"]


def paired() -> dict[str, Any]:
    enterprise, college = world.enterprise(), world.college()
    need = world.publish(
        enterprise, "talent_need", "PLC调试工程师", "西门子S7编程，会看电气图", degree="bachelor",
        majors=["460301"], skills=["PLC编程"], headcount=3,
    )  # fmt: skip
    fits = world.publish(
        college, "major", "机电一体化技术", "PLC编程、液压与气动、电气控制", major_code="460301", skills=["PLC编程"]
    )
    other = world.publish(college, "major", "护理", "基础护理、急救护理", major_code="520201")
    world.drain()
    return {"enterprise": enterprise, "college": college, "pair": (need, fits, other)}


def test_the_fitting_one_comes_first_with_reasons_gaps_and_what_would_help(pair, enterprise) -> None:
    need, fits, _ = pair
    rows = enterprise.get(f"postings/{need.pk}/pairings").json()["results"]
    assert rows[0]["offer"] == fits.pk
    first = rows[0]
    assert first["mutual"] > rows[-1]["mutual"] or len(rows) == 1
    assert first["reasons"]
    assert any("高职专科" in sentence for sentence in first["gaps"])
    assert any(sentence.startswith("最低学历放宽到高职专科: +") for sentence in first["what_would_help"])
    assert first["run"]["weights_version"]
    assert first["other"]["title"] == "机电一体化技术"
    assert "contact_phone" not in first["other"]


def test_the_other_side_sees_the_same_row_and_numbers(pair, enterprise, college) -> None:
    need, fits, _ = pair
    mine = enterprise.get(f"postings/{need.pk}/pairings").json()["results"][0]
    theirs = college.get(f"postings/{fits.pk}/pairings").json()["results"][0]
    for name in ("id", "forward", "reverse", "mutual", "band"):
        assert mine[name] == theirs[name]
    assert theirs["other"]["id"] == need.pk


def test_sentences_come_in_the_reader_s_language(pair, enterprise) -> None:
    need, _, _ = pair
    path = f"/api/v1/postings/{need.pk}/pairings"
    row = enterprise.client.get(path, headers={"accept-language": "en"}).json()["results"][0]
    assert any("higher vocational" in sentence for sentence in [*row["gaps"], *row["what_would_help"]])


def test_every_score_recomputes_from_its_stored_reasons(pair, enterprise) -> None:
    need, _, _ = pair
    enterprise.get(f"postings/{need.pk}/pairings")
    kept = list(Pairing.objects.select_related("run"))
    assert kept
    assert all(bills.recomputes(pairing) for pairing in kept)
    forged = kept[0]
    forged.bill = bills.bill_of(forged)
    forged.bill["terms"][0]["inputs"] = {name: 0.0 for name in forged.bill["terms"][0]["inputs"]}
    assert not bills.recomputes(forged)


def test_the_same_snapshot_gives_the_same_bytes(pair) -> None:
    pairing = Pairing.objects.select_related("run").first()
    first = explain.to_bytes(bills.bill_of(pairing))
    world.forget_everything()
    assert explain.to_bytes(bills.bill_of(pairing)) == first
    services.refresh([pairing.need_id])
    again = Pairing.objects.select_related("run").get(need=pairing.need_id, offer=pairing.offer_id)
    assert explain.to_bytes(bills.bill_of(again)) == first


def test_either_side_s_change_is_followed(pair, enterprise, college) -> None:
    need, fits, _ = pair
    before = Pairing.objects.get(need=need, offer=fits).mutual
    postings.edit(posting_id=fits.pk, version=fits.version, base={}, details={"skills": None})
    world.drain()
    after = Pairing.objects.get(need=need, offer=fits)
    assert after.run.snapshot_at is not None
    postings.edit(
        posting_id=need.pk, version=need.version, base={}, details={"degree": "college", "majors": ["460301"]}
    )
    world.drain()
    assert Pairing.objects.get(need=need, offer=fits).mutual > before


def test_what_is_withdrawn_leaves_both_lists_and_the_other_side_looks_again(pair, enterprise, college) -> None:
    need, fits, _ = pair
    runs_before = Run.objects.filter(posting=need).order_by("-id").first().pk
    world.step(fits, "withdraw")
    world.drain()
    assert not Pairing.objects.filter(offer=fits).exists()
    assert Run.objects.filter(posting=need).order_by("-id").first().pk > runs_before


def test_switched_off_means_off_on_both_sides(pair, enterprise, college) -> None:
    need, fits, _ = pair
    answer = enterprise.put(f"organisations/{enterprise.organisation.pk}/recommendations", {"on": False})
    assert answer.status_code == 200
    world.drain()
    assert not Pairing.objects.exists()
    own = enterprise.get(f"postings/{need.pk}/pairings").json()
    assert own["results"] == []
    assert own["note"]
    assert college.get(f"postings/{fits.pk}/pairings").json()["results"] == []
    parties.switch_recommendations(organisation=enterprise.organisation, by=enterprise.person, on=True)
    world.drain()
    assert Pairing.objects.filter(need=need, offer=fits).exists()


def test_exposure_is_logged_with_rank_and_viewer(pair, enterprise) -> None:
    need, fits, _ = pair
    enterprise.get(f"postings/{need.pk}/pairings")
    row = Exposure.objects.order_by("rank").first()
    assert (row.offer_id, row.rank, row.place) == (fits.pk, 1, "list")
    assert row.person_id == enterprise.person.pk
    assert row.organisation_id == enterprise.organisation.pk


def test_a_pairing_is_seen_by_the_two_it_concerns_only(pair, enterprise, college, other_enterprise) -> None:
    need, _, _ = pair
    pk = enterprise.get(f"postings/{need.pk}/pairings").json()["results"][0]["id"]
    assert enterprise.get(f"pairings/{pk}").json()["bill"]["terms"]
    assert college.get(f"pairings/{pk}").status_code == 200
    foreign, absent = other_enterprise.get(f"pairings/{pk}"), other_enterprise.get("pairings/999999")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
    assert other_enterprise.get(f"postings/{need.pk}/pairings").status_code == 404


def test_a_preview_needs_only_a_title_and_stores_nothing(pair, enterprise, college) -> None:
    answer = enterprise.post("match-preview", {"kind": "talent_need", "title": "机电一体化 PLC"}).json()
    assert answer["results"][0]["other"]["title"] == "机电一体化技术"
    assert answer["results"][0]["reasons"]
    assert Run.objects.filter(posting=None).count() == 0
    offer = college.post("match-preview", {"kind": "major", "title": "电气自动化", "details": {"major_code": "460306"}})
    assert offer.json()["results"][0]["other"]["title"] == "PLC调试工程师"


def test_a_preview_leaves_out_what_it_cannot_read_and_says_so(pair, enterprise) -> None:
    draft = {"kind": "talent_need", "title": "机电", "details": {"headcount": "三个"}}
    answer = enterprise.post("match-preview", draft).json()
    assert answer["faults"][0]["field"] == "details.headcount"
    assert answer["results"]


def test_a_bulk_posting_not_paired_yet_is_paired_when_looked_at() -> None:
    enterprise, college = world.enterprise(), world.college()
    world.publish(college, "major", "智能焊接技术", major_code="460110")
    need = world.publish(enterprise, "talent_need", "焊工")
    follow_postings([need.pk, need.pk - 1])
    assert not Run.objects.exists()
    assert enterprise.get(f"postings/{need.pk}/pairings").json()["count"] == 1


def test_a_list_of_pairings_costs_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    enterprise, _ = world.enterprise(), world.college()
    for number in range(12):
        other = world.party(f"演示学院{number}", "college", "500101", f"c{number}@many.example")
        world.publish(other, "major", "智能焊接技术", f"焊接方向{number}", major_code="460110")
    need = world.publish(enterprise, "talent_need", "焊工", "焊接")
    world.drain()
    enterprise.get(f"postings/{need.pk}/pairings")
    with django_assert_max_num_queries(14):
        rows = enterprise.get(f"postings/{need.pk}/pairings").json()["results"]
    assert len(rows) == 12
    assert json.dumps(rows)


def test_without_the_engine_what_is_stored_is_shown_and_a_preview_says_so(pair, enterprise, college, monkeypatch) -> None:
    from rongqiao.recommending import source

    need, fits, _ = pair
    late = world.publish(enterprise, "talent_need", "电气工程师")
    follow_postings([late.pk])

    def away():
        raise IndexUnreadable("the index is damaged")

    monkeypatch.setattr(source, "engine", away)
    assert college.get(f"postings/{fits.pk}/pairings").json()["results"][0]["need"] == need.pk
    assert enterprise.get(f"postings/{late.pk}/pairings").json()["results"] == []
    preview = enterprise.post("match-preview", {"kind": "talent_need", "title": "机电"})
    assert (preview.status_code, preview.json()["results"]) == (200, [])
    assert preview.json()["note"]


def test_a_bill_says_how_sure_it_is(pair, enterprise) -> None:
    need, _, _ = pair
    pk = enterprise.get(f"postings/{need.pk}/pairings").json()["results"][0]["id"]
    told = enterprise.get(f"pairings/{pk}").json()
    sure = told["confidence"]
    assert sure["low"] <= told["mutual"] <= sure["high"]
    assert sure["label"] in ("高", "中", "低")
    assert 0 < told["data_coverage"] <= 1


@pytest.mark.parametrize("form", ["text", "page"])
def test_a_bill_is_printed_in_the_reader_s_language_with_its_numbers(form, pair, enterprise, other_enterprise) -> None:
    need, _, _ = pair
    pk = enterprise.get(f"postings/{need.pk}/pairings").json()["results"][0]["id"]
    path = f"/api/v1/pairings/{pk}?form={form}"
    mutual = f"{Pairing.objects.get(pk=pk).mutual:.4f}"
    zh = enterprise.client.get(path)
    en = enterprise.client.get(path, headers={"accept-language": "en"})
    for answer, title in ((zh, "匹配账单"), (en, "Bill of a pairing")):
        assert answer.status_code == 200
        assert title in answer.content.decode() and mutual in answer.content.decode()
        assert answer["Content-Type"] == {"text": "text/plain", "page": "text/html"}[form] + "; charset=utf-8"
    assert other_enterprise.client.get(path).status_code == 404


def test_a_form_that_does_not_exist_is_refused(pair, enterprise) -> None:
    need, _, _ = pair
    pk = enterprise.get(f"postings/{need.pk}/pairings").json()["results"][0]["id"]
    assert enterprise.get(f"pairings/{pk}?form=pdf").status_code == 400
    assert enterprise.get(f"pairings/{pk}?from=text").status_code == 400
