"""Nothing found: which filter to loosen, and how many that gives."""

from dataclasses import dataclass

from rongqiao.common.language import Bilingual

from .answering import count
from .asking import Asked
from .understanding import Understood

LABELS = {
    "kind": Bilingual("类型", "Kind"), "region": Bilingual("地区", "Region"), "level": Bilingual("层次", "Level"),
    "degree": Bilingual("学历", "Degree"), "major": Bilingual("专业", "Major"),
    "occupation": Bilingual("职业", "Occupation"), "industry": Bilingual("行业", "Industry"),
    "chain": Bilingual("产业链", "Industry chain"), "field": Bilingual("急需紧缺领域", "Field in urgent need"),
    "organisation": Bilingual("机构", "Organisation"), "fresh": Bilingual("最近确认", "Last confirmed"),
    "near": Bilingual("距离", "Distance"), "since": Bilingual("发布时间", "Published since"),
    "all": Bilingual("全部筛选条件", "All filters"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loosened:
    """Without this filter so many would be found."""

    filter: str
    label: Bilingual
    count: int


def loosened(asked: Asked, understood: Understood) -> list[Loosened]:
    """Each filter whose absence gives something, the one that gives most first; where none does alone, all together."""
    names = [name for name, _ in asked.named_filters()] + (["kind"] if asked.kind else [])
    ways = {name: count(asked.without(name), understood) for name in names}
    if len(names) > 1 and not any(ways.values()):
        ways["all"] = count(Asked(words=asked.words), understood)
    found = [Loosened(name, LABELS[name], number) for name, number in ways.items() if number]
    return sorted(found, key=lambda way: (-way.count, way.filter))
