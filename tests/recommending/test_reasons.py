"""The reason that is kept with a pairing is the first one of its bill."""

import pytest

from matching.rendering import render
from rongqiao.recommending import bills
from rongqiao.recommending.models import Pairing
from rongqiao.recommending.reasons import sentence
from tests import world

pytestmark = pytest.mark.django_db


def test_what_is_kept_says_what_the_bill_says_first(enterprise, other_enterprise, college) -> None:
    for title, skills in (("焊工", ["焊接", "识图"]), ("数控车工", ["数控车床操作"]), ("会计", []), ("护士", [])):
        owner = enterprise if skills else other_enterprise
        world.publish(owner, "talent_need", title, f"招聘{title}，实习", skills=skills, headcount=2)
    for code, title in (("460110", "智能焊接技术"), ("460103", "数控技术"), ("530302", "大数据与会计"), ("520201", "护理")):
        world.publish(college, "major", title, f"{title}，面向企业", major_code=code, skills=["焊接"] if code == "460110" else [])
    world.drain()
    rows = bills.with_bills(list(Pairing.objects.select_related("run")))
    assert len(rows) >= 6
    said = set()
    for row in rows:
        for language in ("zh", "en"):
            first = next(iter(render(row.bill, language).reasons), "")
            assert sentence(row.strongest, row.band, language) == first
            said.add(first)
    assert len(said) > 3, said
