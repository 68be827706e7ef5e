"""Skills and tools asked for or used in the work (技能)."""

from functools import cache

from matching.skills import SkillFinder

from ..found import Found, Reader
from ..text import Text

_NOT_HERE = ("company", "contact", "pay", "ladder", "place", "time")


@cache
def finder() -> SkillFinder:
    """The finder, built once: tens of milliseconds."""
    return SkillFinder()


def find(text: Text) -> list[Found]:
    """Each skill once, where it first stands; its value are the text's own words."""
    seen: set[str] = set()
    found = []
    for one in finder().find(text.plain):
        skill = finder().vocabulary.get(one.skill_id)
        if (
            text.part(one.start) in _NOT_HERE
            or one.skill_id in seen
            or skill is None
            or skill.kind == "certificate"
        ):
            continue
        seen.add(one.skill_id)
        evidence = "known" if one.exact else "misspelt"
        found.append(Found(text.words(one.start, one.end), one.start, one.end, evidence))
    return found


READER = Reader("skills", find, {"known": 0.97, "misspelt": 0.7}, many=True)
