"""From rows to postings: good rows come in, bad ones are named, nothing twice, all can be taken back."""

import json
import os
import time
from typing import Any

import pytest

from rongqiao.common.errors import Problem
from rongqiao.importing import running, services, store
from rongqiao.importing.models import Batch, State
from rongqiao.outbox import services as outbox
from rongqiao.parties.models import Organisation
from rongqiao.postings.models import Posting
from tests import world
from tests.importing.samples import (
    GOOD,
    HEADER,
    csv_of,
    findings,
    finished,
    imported,
    mapped,
    postings,
    uploaded,
    xlsx_of,
)

pytestmark = pytest.mark.django_db

TABLE = csv_of([HEADER, *GOOD])


def counts(batch: Batch) -> tuple[int, int, int, int, int]:
    """(new, updated, unchanged, refused, warnings)."""
    return batch.new, batch.updated, batch.unchanged, batch.refused, batch.warnings


def row(**changes: str) -> list[str]:
    """The first good row with some cells changed."""
    return [changes.get(name, cell) for name, cell in zip(HEADER, GOOD[0], strict=True)]


def test_the_good_rows_become_postings_of_their_employers() -> None:
    batch = imported(TABLE)
    assert (batch.state, batch.done, batch.total) == (State.DONE, 3, 3)
    assert counts(batch) == (3, 0, 0, 0, 0)
    first = postings()["A1"]
    assert (first.title, first.region_code, first.status) == ("焊接工程师", "500101", "published")
    assert first.details == {
        "degree": "college",
        "years": 3,
        "pay_low": 8_000,
        "pay_high": 12_000,
        "headcount": 2,
    }
    assert (first.source, first.batch_id) == ("platform/talent_need/样本", batch.pk)
    assert postings()["A3"].details == {"degree": "any", "years": 1, "headcount": 1}


def test_employers_are_made_once_unverified_and_claimable() -> None:
    imported(TABLE)
    made = Organisation.objects.order_by("name").values_list(
        "name", "party_type", "verify_status", "claimable", "source", "source_key"
    )
    assert list(made) == [
        ("乙公司", "enterprise", "unverified", True, "platform/样本", "乙公司"),
        ("甲公司", "enterprise", "unverified", True, "platform/样本", "甲公司"),
    ]


def test_importing_again_changes_nothing() -> None:
    imported(TABLE)
    again = imported(xlsx_of([HEADER, *GOOD]), "表.xlsx")
    assert counts(again) == (0, 0, 3, 0, 0)
    assert Posting.objects.count() == 3
    assert set(Posting.objects.values_list("version", flat=True)) == {1}
    assert Organisation.objects.count() == 2


def test_a_changed_row_is_updated_in_place() -> None:
    imported(TABLE)
    again = imported(csv_of([HEADER, row(学历="本科"), *GOOD[1:]]))
    assert counts(again) == (0, 1, 2, 0, 0)
    assert postings()["A1"].details["degree"] == "bachelor"
    assert Posting.objects.count() == 3


def test_rows_without_a_number_are_known_by_their_content() -> None:
    bare = csv_of([HEADER[1:], *(cells[1:] for cells in GOOD)])
    assert counts(imported(bare)) == (3, 0, 0, 0, 0)
    assert counts(imported(bare)) == (0, 0, 3, 0, 0)


def test_another_source_is_another_source() -> None:
    imported(TABLE)
    assert counts(imported(TABLE, label="另一处")) == (3, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("doubtful", "kept", "code_refused"), [("skip_cell", ["A1", "A2"], False), ("refuse_row", ["A2"], True)]
)
def test_shifted_cells_are_left_out_or_keep_the_row_out(
    doubtful: str, kept: list[str], code_refused: bool
) -> None:
    shifted = row(学历="英语熟练", 工作经验="本科")
    batch = imported(csv_of([HEADER, shifted, GOOD[1]]), doubtful=doubtful)
    assert sorted(postings()) == kept
    assert findings(batch) == [(2, "学历", "shifted"), (2, "工作经验", "shifted")]
    assert {error.refused for error in batch.row_errors.all()} == {code_refused}
    assert (batch.refused, batch.warnings) == ((1, 0) if code_refused else (0, 2))
    if not code_refused:
        assert postings()["A1"].details == {"pay_low": 8_000, "pay_high": 12_000, "headcount": 2}


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"职位名称": ""}, "职位名称", "required"),
        ({"职位名称": "本科"}, "职位名称", "required"),
        ({"企业名称": ""}, "企业名称", "owner_missing"),
        ({"企业名称": "长" * 101}, "企业名称", "too_long"),
        ({"职位名称": "长" * 201}, "职位名称", "required"),
    ],
)
def test_what_a_row_cannot_do_without(changes: dict[str, str], column: str, code: str) -> None:
    batch = imported(csv_of([HEADER, row(**changes), GOOD[1]]))
    assert (2, column, code) in findings(batch)
    assert list(postings()) == ["A2"]
    assert (batch.new, batch.refused) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"招聘人数": "99999人"}, "招聘人数", "too_large"),
        ({"招聘人数": "3-5人"}, "招聘人数", "several_values"),
        ({"城市": "异地招聘"}, "城市", "unknown_code"),
        ({"薪资": "18-30万"}, "薪资", "no_period"),
        ({"薪资": "高薪"}, "薪资", "unreadable"),
        ({"学历": "2人"}, "学历", "shifted"),
        ({"职位描述": "铃\x07声"}, "职位描述", "control_character"),
    ],
)
def test_a_doubtful_cell_is_left_out_and_named(changes: dict[str, str], column: str, code: str) -> None:
    batch = imported(csv_of([HEADER, row(**changes)]))
    assert findings(batch) == [(2, column, code)]
    assert counts(batch) == (1, 0, 0, 0, 1)
    (error,) = batch.row_errors.all()
    assert error.value == next(iter(changes.values()))


def test_rows_longer_or_shorter_than_the_headings_stay_out() -> None:
    batch = imported(csv_of([HEADER, [*GOOD[0], "多出"], GOOD[1][:-2], GOOD[2]]))
    assert findings(batch) == [(2, "", "ragged"), (3, "", "ragged")]
    assert list(postings()) == ["A3"]


def test_a_number_used_twice_and_a_row_repeated_stay_out() -> None:
    batch = imported(csv_of([HEADER, GOOD[0], row(职位名称="别的"), GOOD[1]]))
    assert findings(batch) == [(3, "", "key_twice")]
    bare = [cells[1:] for cells in (HEADER, GOOD[0], GOOD[0], GOOD[1])]
    repeated = imported(csv_of(bare), label="重复")
    assert findings(repeated) == [(3, "", "row_twice")]
    assert repeated.new == 2


def test_unknown_items_of_a_list_are_named_one_by_one() -> None:
    content = csv_of(
        [["企业名称", "职位名称", "专业要求"], ["甲公司", "电工", "软件技术；不存在的专业；机电一体化技术"]]
    )
    batch = imported(content)
    assert findings(batch) == [(2, "专业要求", "unknown_code")]
    assert batch.row_errors.get().value == "不存在的专业"
    assert len(Posting.objects.get().details["majors"]) == 2


def test_an_organisation_imports_for_itself_and_cannot_reach_others(
    enterprise: world.Party, other_enterprise: world.Party
) -> None:
    imported(TABLE, organisation=enterprise.organisation)
    imported(TABLE, organisation=other_enterprise.organisation)
    imported(TABLE)
    owners = Posting.objects.filter(source_key="A1").values_list("organisation__name", "source")
    assert {source.split("/")[0] for _, source in owners} == {
        f"org-{enterprise.organisation.pk}",
        f"org-{other_enterprise.organisation.pk}",
        "platform",
    }
    assert Posting.objects.filter(organisation=enterprise.organisation).count() == 3


def test_a_kind_the_organisation_may_not_post_is_refused(college: world.Party) -> None:
    with pytest.raises(Problem) as problem:
        uploaded(TABLE, organisation=college.organisation)
    assert problem.value.faults[0].code == "wrong_party"
    assert not Batch.objects.exists()


@pytest.mark.parametrize("label", ["", " ", "甲/乙", "长" * 41, "a\nb\x00"])
def test_a_label_must_be_a_label(label: str) -> None:
    with pytest.raises(Problem) as problem:
        uploaded(TABLE, label=label)
    assert [fault.code for fault in problem.value.faults] == ["source_label"]
    assert list(store.folder().iterdir()) == []


def test_undo_withdraws_all_of_the_batch_and_nothing_else() -> None:
    other = imported(TABLE, label="另一处")
    batch = imported(TABLE)
    services.undo(batch_id=batch.pk)
    undone = finished(batch)
    assert (undone.state, undone.taken_back, undone.stored) == (State.UNDONE, 3, "")
    assert set(Posting.objects.filter(batch_id=batch.pk).values_list("status", flat=True)) == {"withdrawn"}
    assert set(Posting.objects.filter(batch_id=other.pk).values_list("status", flat=True)) == {"published"}
    assert [path.name for path in store.folder().iterdir()] == [other.stored]
    assert counts(imported(TABLE)) == (0, 3, 0, 0, 0), "importing again publishes them again"


def many(number: int) -> bytes:
    """A table of so many rows."""
    return csv_of([HEADER, *([f"N{each}", *GOOD[0][1:]] for each in range(number))])


def test_a_batch_that_broke_off_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = mapped(uploaded(many(35) + b"\r\nN3,x,y,,,,,,"))
    services.run(batch_id=batch.pk)
    steps = running.to_the_end(batch.pk)
    next(steps)
    next(steps)
    steps.close()
    assert (Posting.objects.count(), Batch.objects.get().done) == (20, 20)
    done = finished(batch)
    assert counts(done) == (35, 0, 0, 1, 0)
    assert findings(done) == [(37, "", "key_twice")], "numbers from before the break are remembered"
    assert set(Posting.objects.values_list("version", flat=True)) == {1}


def test_a_chunk_that_fails_leaves_nothing_and_can_be_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = mapped(uploaded(many(25)))
    services.run(batch_id=batch.pk)
    real = running.bring_in

    def breaks(**given: Any) -> tuple[int, int]:
        done = real(**given)
        if any(each.source_key == "N15" for each in given["rows"]):
            raise RuntimeError("the disk is full")
        return done

    monkeypatch.setattr(running, "bring_in", breaks)
    broken = finished(batch)
    assert (broken.state, broken.failure, broken.done) == (State.FAILED, "crashed", 10)
    assert Posting.objects.count() == 10
    monkeypatch.setattr(running, "bring_in", real)
    services.run(batch_id=batch.pk)
    assert counts(finished(batch)) == (25, 0, 0, 0, 0)


def test_the_outbox_does_the_work_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = mapped(uploaded(many(95)))
    services.run(batch_id=batch.pk)
    assert Posting.objects.count() == 0
    outbox.drain(rounds=1)
    assert Batch.objects.get().done == 40
    outbox.drain()
    assert Batch.objects.get().state == State.DONE
    assert Posting.objects.count() == 95


def test_a_batch_can_be_cancelled_and_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = mapped(uploaded(many(25)))
    services.run(batch_id=batch.pk)
    next(running.to_the_end(batch.pk))
    services.cancel(batch_id=batch.pk)
    cancelled = finished(batch)
    assert (cancelled.state, cancelled.done, cancelled.cancel_asked) == (State.CANCELLED, 10, False)
    services.run(batch_id=batch.pk)
    assert counts(finished(batch)) == (25, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (State.UPLOADED, {"map", "cancel"}),
        (State.MAPPED, {"map", "run", "cancel"}),
        (State.RUNNING, {"cancel"}),
        (State.DONE, {"undo"}),
        (State.CANCELLED, {"run", "undo"}),
        (State.UNDOING, set()),
        (State.UNDONE, set()),
        (State.FAILED, {"run", "undo"}),
    ],
)
def test_which_step_is_possible_when(state: State, possible: set[str]) -> None:
    batch = mapped(uploaded(TABLE))
    steps = {
        "map": lambda: services.map_columns(batch_id=batch.pk, mapping=batch.mapping),
        "run": lambda: services.run(batch_id=batch.pk),
        "cancel": lambda: services.cancel(batch_id=batch.pk),
        "undo": lambda: services.undo(batch_id=batch.pk),
    }
    for name, step in steps.items():
        Batch.objects.filter(pk=batch.pk).update(state=state)
        if name in possible:
            step()
        else:
            with pytest.raises(Problem) as problem:
                step()
            assert (problem.value.status, problem.value.faults[0].code) == (409, "wrong_state")


def test_a_table_that_was_removed_says_so() -> None:
    batch = mapped(uploaded(TABLE))
    store.remove(batch.stored)
    with pytest.raises(Problem) as problem:
        services.run(batch_id=batch.pk)
    assert (problem.value.status, problem.value.faults[0].code) == (410, "file_gone")


def test_tables_are_not_kept_for_ever(time_machine: Any) -> None:
    time_machine.move_to("2026-01-01")
    old, running_one = uploaded(TABLE), mapped(uploaded(TABLE))
    services.run(batch_id=running_one.pk)
    time_machine.move_to("2026-02-15")
    new = uploaded(TABLE)
    assert services.discard_outdated() == 1
    assert {path.name for path in store.folder().iterdir()} == {running_one.stored, new.stored}
    assert Batch.objects.get(pk=old.pk).stored == ""


def test_what_a_killed_upload_left_is_removed_after_a_day() -> None:
    batch = uploaded(TABLE)
    for name, age in (("old.csv", 90_000), ("new.csv", 60), (batch.stored, 90_000)):
        path = store.folder() / name
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    services.discard_outdated()
    assert {path.name for path in store.folder().iterdir()} == {"new.csv", batch.stored}


def test_colleges_are_found_by_code_or_name_and_never_made(college: world.Party) -> None:
    college.organisation.institution.school_code = "4150012345"
    college.organisation.institution.save()
    name = college.organisation.name
    lines = [
        {
            "id": "1",
            "school_code": "4150012345",
            "major_code": "510203",
            "profile": "培养软件人才",
            "graduates": 80,
        },
        {"id": "2", "college": name, "major": "机电一体化技术", "years": [{"year": 2026, "graduates": 60}]},
        {"id": "3", "college": "没有的学校", "major_code": "510203"},
        {"id": "4", "school_code": "4199999999", "major_code": "510203"},
        {"id": "5", "college": name, "major_code": "999999"},
        {"id": "6", "major_code": "510203"},
    ]
    content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    batch = mapped(uploaded(content, "专业.jsonl", kind_code="major"), major="", major_code="major_code")
    services.run(batch_id=batch.pk)
    batch = finished(batch)
    assert {(number, code) for number, _, code in findings(batch)} == {
        (2, "required"),
        (3, "owner_unknown"),
        (4, "owner_unknown"),
        (5, "unknown_code"),
        (5, "required"),
        (6, "owner_missing"),
    }
    first = postings()["1"]
    assert (first.title, first.organisation.name) == ("软件技术", name)
    assert first.details == {"major_code": "510203", "plan": "培养软件人才", "years": [{"graduates": 80}]}
    assert Organisation.objects.filter(party_type="college").count() == 1


def test_two_workers_on_one_batch_do_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = mapped(uploaded(many(45) + b"\r\nN3,x,y,,,,,,"))
    services.run(batch_id=batch.pk)
    batch.refresh_from_db()
    one, other = running.Import(batch), running.Import(batch)
    for worker in (one, one, other, one, other, other):
        worker.chunk()
    assert counts(finished(batch)) == (45, 0, 0, 1, 0)
    assert Posting.objects.count() == 45


def test_an_import_that_broke_off_does_not_come_after_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    old = mapped(uploaded(many(25)))
    services.run(batch_id=old.pk)
    next(running.to_the_end(old.pk))
    newer = mapped(uploaded(many(25).replace("焊接工程师".encode(), "焊接技师".encode())))
    services.run(batch_id=newer.pk)
    assert counts(finished(newer)) == (0, 25, 0, 0, 0)
    outbox.drain()
    assert set(Batch.objects.values_list("state", flat=True)) == {State.DONE}
    assert set(Posting.objects.values_list("title", flat=True)) == {"焊接技师"}
