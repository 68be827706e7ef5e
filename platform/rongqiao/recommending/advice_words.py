"""Advice in words, both languages with the same numbers: what is still empty, what the best candidates have, what it
would bring."""

from matching.records import Side
from rongqiao.common.language import Bilingual
from rongqiao.postings.kind import Kind

from .advice_experience import Comparison, wants_figure
from .advice_hypotheses import Example, Hypothesis
from .advice_trial import Standing
from .drafts import DESCRIPTION, PLACE

B = Bilingual

BASE_LABELS = {PLACE: B("所在地", "Place"), DESCRIPTION: B("描述", "Description")}
OTHERS: dict[Side, Bilingual] = {"need": B("供给", "offers"), "offer": B("需求", "needs")}

TRIED = B(
    "把 value 填进这一项，用同一套权重对同一批候选重新评分，取最好几条互惠分的平均值；空缺名次按 0 计",
    "Put value into this field, score the same candidates again under the same weights, and take the mean mutual score "
    "of the best; a place left empty counts as 0",
)
RELAXED = B(
    "把这一项改为 value，用同一套权重对同一批候选重新评分，取最好几条互惠分的平均值；空缺名次按 0 计",
    "Change this field to value, score the same candidates again under the same weights, and take the mean mutual score "
    "of the best; a place left empty counts as 0",
)
COMPARED = B(
    "本平台同类信息中，写了这一项的与没写的相比；两组都不少于 10 条，且差值的 99% 区间全部大于 0 才提示",
    "Postings of this kind that say it compared with those that do not; told only when both groups have at least 10 and "
    "the whole 99 % interval of the difference lies above 0",
)

# By what the examples of a hypothesis are; {examples} are already written out.
FOUND = {
    "common": B(
        "“{label}”还没有填。与它最合适的 {of} 条{others}里，最多的是：{examples}。如果也符合您的情况，填上后",
        "“{label}” is still empty. Among the {of} {others} that suit it best, the most frequent: {examples}. If that fits your "
        "case and you fill it in,",
    ),
    "median": B(
        "“{label}”还没有填。与它最合适的 {of} 条{others}里，{count} 条写了名额，中位数是 {examples}。如果与您的数目相近，填上后",
        "“{label}” is still empty. Among the {of} {others} that suit it best, {count} give a number; the median is "
        "{examples}. If yours is near it and you fill it in,",
    ),
    "major": B(
        "最合适的 {of} 条{others}里，有些不在您填的“{label}”之内：{examples}。如果这些也可以，加上后",
        "Among the {of} {others} that suit it best, some are outside your “{label}”: {examples}. If these would do as "
        "well and you add them,",
    ),
    "level": B(
        "最合适的 {of} 条{others}里，有 {count} 条低于您填的“{label}”。如果“{examples}”也可以，改过之后",
        "Among the {of} {others} that suit it best, {count} are below your “{label}”. If “{examples}” would do as well "
        "and you change it,",
    ),
    "skill": B(
        "“{label}”里的 {examples}，最合适的 {of} 条{others}都没有提到。如果可以到岗后再学，先不列它，",
        "None of the {of} {others} that suit it best mentions {examples} of your “{label}”. If that can be learnt on the "
        "job and you leave it out,",
    ),
    "certificate": B(
        "“{label}”里的 {examples}，最合适的 {of} 条{others}都没有提到。如果不是必须，先不列它，",
        "None of the {of} {others} that suit it best mentions {examples} of your “{label}”. If it is not a must and you "
        "leave it out,",
    ),
}
BROUGHT = {
    "score": B(
        "前 {places} 条的平均匹配分会从 {before:.2f} 升到 {after:.2f}。",
        " the mean score of the best {places} rises from {before:.2f} to {after:.2f}.",
    ),
    "coverage": B(
        "前 {places} 条的匹配依据会更完整：从 {before:.0%} 到 {after:.0%}，分数更可靠。",
        " the best {places} stand on more complete data: {after:.0%} instead of {before:.0%}, so their scores are more "
        "reliable.",
    ),
}
FARED = {
    "reached": B(
        "填了“{label}”的{kind}，{having:.0%} 已进入对接或得到满足（共 {n} 条）；没填的是 {lacking:.0%}（共 {m} 条）。"
        "这只是对比，不一定是原因；方便的话可以补上。",
        "Of the {n} postings ({kind}) that give “{label}”, {having:.0%} came to talks or were met; of the {m} that do not, "
        "{lacking:.0%}. This compares and does not prove a cause; if you can, add it.",
    ),
    "good": B(
        "填了“{label}”的{kind}，{having:.0%} 找到了“合适”以上的对象（共 {n} 条）；没填的是 {lacking:.0%}（共 {m} 条）。"
        "这只是对比，不一定是原因；方便的话可以补上。",
        "Of the {n} postings ({kind}) that give “{label}”, {having:.0%} have a good match or better; of the {m} that do "
        "not, {lacking:.0%}. This compares and does not prove a cause; if you can, add it.",
    ),
    "mutual": B(
        "填了“{label}”的{kind}，最好的匹配分平均 {having:.2f}（共 {n} 条）；没填的平均 {lacking:.2f}（共 {m} 条）。"
        "这只是对比，不一定是原因；方便的话可以补上。",
        "The {n} postings ({kind}) that give “{label}” have a best score of {having:.2f} on average, the {m} that do not "
        "{lacking:.2f}. This compares and does not prove a cause; if you can, add it.",
    ),
}


def label(kind: Kind, name: str) -> Bilingual:
    """What a form calls the field."""
    field = kind.by_name.get(name)
    return B(field.zh, field.en) if field else BASE_LABELS[name]


def of_hypothesis(
    kind: Kind, hypothesis: Hypothesis, reason: str, before: Standing, after: Standing, places: int
) -> Bilingual:
    """What the best candidates have, and what it would bring to say so or to relax it."""
    name = "mutual" if reason == "score" else "coverage"
    brought = BROUGHT[reason].format(places=places, before=getattr(before, name), after=getattr(after, name))
    named, others = label(kind, hypothesis.field), OTHERS[kind.side]
    count = hypothesis.examples[0].count
    shown = _listed(hypothesis.examples, counted=hypothesis.how in ("common", "major"))
    sides = (("zh", "，" if not FOUND[hypothesis.how].zh.endswith("，") else ""), ("en", ""))
    zh, en = (
        getattr(FOUND[hypothesis.how], language).format(
            label=getattr(named, language), of=hypothesis.of, count=count, others=getattr(others, language),
            examples=getattr(shown, language),
        ) + comma + getattr(brought, language)
        for language, comma in sides
    )  # fmt: skip
    return B(zh, en)


def of_experience(kind: Kind, seen: Comparison) -> Bilingual:
    """How postings that say it fared, and those that do not."""
    named, template = label(kind, seen.field), FARED[seen.outcome]
    if wants_figure(kind, seen.field):
        named = B(f"{named.zh}的数字", f"a number in {named.en}")
    numbers = {
        "having": seen.having.mean, "lacking": seen.lacking.mean, "n": seen.having.count, "m": seen.lacking.count,
    }  # fmt: skip
    return B(
        template.zh.format(label=named.zh, kind=kind.zh, **numbers),
        template.en.format(label=named.en, kind=kind.en, **numbers),
    )


def _listed(examples: tuple[Example, ...], *, counted: bool) -> Bilingual:
    zh = [f"{each.label.zh}（{each.count} 条）" if counted else each.label.zh for each in examples]
    en = [f"{each.label.en} ({each.count})" if counted else each.label.en for each in examples]
    return B("、".join(zh), ", ".join(en))
