"""`python -m tests.story.small_region`: a region of a few, in a new database that the settings name, for a browser to walk in."""

import django
from django.core.management import call_command

PASSWORD = "Bridge-to-the-other-bank-26"
HR, OFFICE = "hr@works.example", "office@school.example"
UNIT = "机电工程学院"

OFFERS = (
    ("major", "数控技术", "数控车、加工中心、看图、编程，整班接订单。", {"major_code": "460103", "skills": ["数控车床", "编程"]}),
    ("major", "智能焊接技术", "手弧焊、二保焊、氩弧焊三种都过关。", {"major_code": "460110", "skills": ["氩弧焊", "看图"]}),
    ("training_base", "焊接与热处理实训中心", "焊接工位四十个，可做工艺评定。", {"stations": 40, "skills": ["氩弧焊"]}),
    ("expert", "演示教师·焊接工艺", "薄板焊接变形、堆焊修复。", {"topics": ["焊接变形"], "skills": ["氩弧焊"]}),
)
NEEDS = (
    ("talent_need", "数控车工", "会编简单程序，能看图纸。", {"majors": ["460103"], "headcount": 5, "skills": ["数控车床"]}),
    ("tech_need", "薄板焊接变形大，想找懂工艺的老师", "两毫米板焊后翘曲。", {"field": "高端装备", "skills": ["氩弧焊"]}),
)


def make() -> None:
    """An enterprise with two needs, a school with four offers, two of them of a unit, and a clerk who belongs to both an
    enterprise and a park."""
    from rongqiao.parties import services as parties
    from rongqiao.postings.models import Posting
    from tests import world

    works = world.party("演示机械制造有限公司", "enterprise", "500101", HR)
    school = world.party("演示工业职业学院", "college", "500101", OFFICE)
    about = {"name": "演示经开区服务中心", "party_type": "industrial_park", "region_code": "500101"}
    park = parties.add_organisation(fields={**about, **world.TRUSTED}, profile={})
    parties.add_member(organisation=park, person=works.person, role="administrator")
    for person in (works.person, school.person):
        person.set_password(PASSWORD)
        person.save()
    for kind, title, words, details in OFFERS:
        world.publish(school, kind, title, words, **details)
    unit = parties.add_unit(organisation=school.organisation, by=school.person, name=UNIT, unit_type="school", partners=[])
    Posting.objects.filter(title__in=("数控技术", "焊接与热处理实训中心")).update(unit=unit)
    for kind, title, words, details in NEEDS:
        world.publish(works, kind, title, words, **details)


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_codes", "region", "major")
    make()
