"""A bill in sentences, Chinese or English: reasons, gaps and what would change the score. Reads the bill
only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.features import BY_CODE
from matching.taxonomy_protocol import Language
from matching.vetoes import VETOES

REASONS_SHOWN = 3
STRONG = 0.5
"""A term of at least this value can be a reason, a smaller one is a gap."""
NAMES_SHOWN = 5

BANDS = {
    "excellent": {"zh": "很合适", "en": "Excellent"},
    "good": {"zh": "合适", "en": "Good"},
    "possible": {"zh": "可谈", "en": "Worth a talk"},
    "weak": {"zh": "勉强", "en": "Weak"},
}
LEVELS = {
    1: {"zh": "中职", "en": "secondary vocational"},
    2: {"zh": "高职专科", "en": "higher vocational"},
    3: {"zh": "本科", "en": "bachelor"},
    4: {"zh": "硕士", "en": "master"},
    5: {"zh": "博士", "en": "doctor"},
}
RELATIONS = {
    "major": {"zh": "同一专业", "en": "the same major"},
    "same_name": {"zh": "不同层次的同名专业", "en": "the same name at another level"},
    "named_class": {"zh": "属于所要的专业类", "en": "in the class asked for"},
    "same_class": {"zh": "同一专业类", "en": "the same class"},
    "named_group": {"zh": "属于所要的专业大类", "en": "in the group asked for"},
    "same_group": {"zh": "同一专业大类", "en": "the same group"},
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """Sentences in one language: why the pair fits, what is lacking, what nobody said, what would help,
    vetoes.
    """

    band: str
    reasons: list[str]
    gaps: list[str]
    unknown: list[str]
    counterfactuals: list[str]
    vetoes: list[str]


def render(bill: Mapping[str, Any], language: Language) -> Rendered:
    """The sentences of a bill; both languages carry the same numbers."""
    writer = _Writer(bill, language)
    terms = [term for term in bill["terms"] if term["weight"] or term["reverse_weight"]]
    known = [term for term in terms if term["known"]]
    strong = sorted((term for term in known if _value(term) >= STRONG and _happened(term)), key=_gained, reverse=True)
    lacking = sorted((term for term in known if _lacks(term)), key=_lost, reverse=True)
    failed = {gate["rule"] for gate in bill["gates"] if not gate["passes"]}
    return Rendered(
        band=BANDS[bill["band"]][language],
        reasons=[writer.sentence(term) for term in strong[:REASONS_SHOWN]],
        gaps=[writer.gap(term) for term in lacking],
        unknown=[writer.feature(term["code"]) for term in terms if not term["known"]],
        counterfactuals=[writer.counterfactual(item) for item in bill["counterfactuals"]],
        vetoes=[getattr(veto, language) for veto in VETOES if veto.code in failed],
    )


def _value(term: Mapping[str, Any]) -> float:
    return max(float(term["value"]), float(term["reverse_value"]))


def _happened(term: Mapping[str, Any]) -> bool:
    """That nobody was ever asked, or ever worked together, is no reason."""
    return term["code"] not in ("cooperation", "response") or any(term["inputs"].values())


def _gained(term: Mapping[str, Any]) -> float:
    return float(term["weight"] * term["value"] + term["reverse_weight"] * term["reverse_value"])


def _lost(term: Mapping[str, Any]) -> float:
    return float(term["weight"] * (1 - term["value"]) + term["reverse_weight"] * (1 - term["reverse_value"]))


def _lacks(term: Mapping[str, Any]) -> bool:
    if term["code"] == "priority":  # Nobody lacks what only a few are given.
        return False
    return bool(term["missing"]) or _value(term) < STRONG or (term["code"] == "level" and term["value"] < 1)


class _Writer:
    """Writes the sentences of one bill in one language."""

    def __init__(self, bill: Mapping[str, Any], language: Language) -> None:
        self.names = bill["names"]
        self.language = language

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def feature(self, code: str) -> str:
        return self.say(BY_CODE[code].zh, BY_CODE[code].en)

    def name(self, code: str) -> str:
        return str(self.names.get(code, {}).get(self.language, code))

    def list(self, items: list[dict[str, str]]) -> str:
        names = [self.name(item["code"]) for item in items[:NAMES_SHOWN]]
        return self.say("、", ", ").join(names) + (self.say("等", " …") if len(items) > NAMES_SHOWN else "")

    def sentence(self, term: Mapping[str, Any]) -> str:
        """What speaks for the pair in one term."""
        return f"{self.feature(term['code'])}{self.say('：', ': ')}{_SENTENCES[term['code']](self, term)}"

    def gap(self, term: Mapping[str, Any]) -> str:
        """What is lacking in one term."""
        if not term["missing"]:
            return self.sentence(term)
        missing = self.list(term["missing"])
        lacking = self.say(f"；缺少 {missing}", f"; missing {missing}")
        return self.sentence(term) + lacking

    def counterfactual(self, item: Mapping[str, Any]) -> str:
        """One change and what it gains, such as “最低学历放宽到高职专科: +0.12”."""
        opens = self.say("，即可推荐", ", and it may be recommended") if item["opens"] else ""
        return f"{_CHANGES[item['change']](self, item['to'])}: {item['gain']:+.2f}{opens}"


def _majors(writer: _Writer, term: Mapping[str, Any]) -> str:
    if not term["matched"]:
        return writer.say("与所要专业不相关", "not related to the majors asked")
    item = term["matched"][0]
    asked, has = writer.name(item["code"]), writer.name(item["offer"])
    relation = RELATIONS[item["relation"]][writer.language]
    return writer.say(f"{has}，所要 {asked}，{relation}", f"{has} for {asked}, {relation}")


def _covered(writer: _Writer, term: Mapping[str, Any]) -> str:
    matched, asked = len(term["matched"]), len(term["matched"]) + len(term["missing"])
    share = f"{term['value']:.2f}"
    listed = writer.list(term["matched"])
    tail = f"{writer.say('：', ': ')}{listed}" if listed else ""
    told = writer.say(f"具备 {matched}/{asked} 项，占 {share}", f"{matched}/{asked} covered, share {share}")
    return told + tail


def _occupations(writer: _Writer, term: Mapping[str, Any]) -> str:
    item = term["matched"][0]
    asked, has, worth = writer.name(item["code"]), writer.name(item["offer"]), f"{term['value']:.2f}"
    return writer.say(f"{has}，所要 {asked}，{worth}", f"{has} for {asked}, {worth}")


TEXT_PARTS = {
    "words": {"zh": "词覆盖", "en": "words covered"},
    "grams": {"zh": "字覆盖", "en": "characters covered"},
    "dense": {"zh": "语义相似", "en": "meaning"},
    "tasks": {"zh": "职业用语覆盖", "en": "terms of the occupations covered"},
    "subjects": {"zh": "专业用语覆盖", "en": "terms of the majors covered"},
    "meaning": {"zh": "职业语义相似", "en": "meaning of the occupations"},
    "title": {"zh": "供方标题被提及", "en": "the offer's title mentioned"},
    "links": {"zh": "职业常招此专业", "en": "occupations that take this major"},
}


def _text(writer: _Writer, term: Mapping[str, Any]) -> str:
    inputs = term["inputs"]
    told = writer.say("，", ", ").join(
        f"{words[writer.language]} {inputs[part]:.2f}"
        for part, words in TEXT_PARTS.items()
        if inputs.get(part) is not None
    )
    without = writer.say("，未用语义向量", ", without vectors") if inputs["dense"] is None else ""
    nearest = writer.list(term["matched"])
    occupations = writer.say(f"；相近职业 {nearest}", f"; nearest occupations {nearest}") if nearest else ""
    return f"{term['value']:.2f}{writer.say('，', ', ')}{told}{without}{occupations}"


def _industry(writer: _Writer, term: Mapping[str, Any]) -> str:
    steps = int(term["inputs"]["steps"])
    if term["value"] == 0:
        return writer.say("行业不相邻", "not neighbours")
    return writer.say(f"相差 {steps} 步", f"{steps} steps apart")


def _level(writer: _Writer, term: Mapping[str, Any]) -> str:
    need, offer = (LEVELS[int(term["inputs"][side])][writer.language] for side in ("need", "offer"))
    return writer.say(f"{offer}，最低要求 {need}", f"{offer}, lowest accepted {need}")


def _geography(writer: _Writer, term: Mapping[str, Any]) -> str:
    return writer.say(f"相距 {term['inputs']['km']:.1f} 公里", f"{term['inputs']['km']:.1f} km apart")


def _capacity(writer: _Writer, term: Mapping[str, Any]) -> str:
    offered, asked = (int(term["inputs"][side]) for side in ("offered", "asked"))
    return writer.say(f"可供 {offered}，需要 {asked}", f"{offered} offered, {asked} asked")


def _freshness(writer: _Writer, term: Mapping[str, Any]) -> str:
    need, offer = (int(term["inputs"][side]) for side in ("need_days", "offer_days"))
    return writer.say(
        f"需方 {need} 天前确认，供方 {offer} 天前确认",
        f"need confirmed {need} days ago, offer {offer} days ago",
    )


def _kind(writer: _Writer, term: Mapping[str, Any]) -> str:
    worth = f"{term['value']:.2f}"
    return writer.say(f"此类供给适合此类需求 {worth}", f"this kind of offer suits the kind of need {worth}")


def _cooperation(writer: _Writer, term: Mapping[str, Any]) -> str:
    done, broken = (int(term["inputs"][part]) for part in ("done", "broken"))
    return writer.say(f"双方合作履行 {done} 次，中止 {broken} 次", f"{done} carried out together, {broken} broken off")


def _response(writer: _Writer, term: Mapping[str, Any]) -> str:
    need, need_asked, offer, offer_asked = (
        int(term["inputs"][part]) for part in ("need_answered", "need_asked", "offer_answered", "offer_asked")
    )
    return writer.say(
        f"需方回应 {need}/{need_asked} 次对接，供方回应 {offer}/{offer_asked} 次",
        f"need answered {need}/{need_asked} introductions, offer {offer}/{offer_asked}",
    )


def _priority(writer: _Writer, term: Mapping[str, Any]) -> str:
    need, offer = (int(term["inputs"][side]) for side in ("need", "offer"))
    return writer.say(f"需方优先标签 {need} 个，供方 {offer} 个", f"{need} priority tags of the need, {offer} of the offer")


_SENTENCES: dict[str, Callable[[_Writer, Mapping[str, Any]], str]] = {
    "major": _majors,
    "skills": _covered,
    "occupation": _occupations,
    "text": _text,
    "industry": _industry,
    "level": _level,
    "geography": _geography,
    "capacity": _capacity,
    "freshness": _freshness,
    "certificates": _covered,
    "kind": _kind,
    "cooperation": _cooperation,
    "response": _response,
    "priority": _priority,
}

_CHANGES: dict[str, Callable[[_Writer, Any], str]] = {
    "level": lambda w, to: w.say(f"最低学历放宽到{LEVELS[to]['zh']}", f"Accept from {LEVELS[to]['en']}"),
    "major": lambda w, to: w.say(f"也接受专业 {w.name(to)}", f"Also accept the major {w.name(to)}"),
    "skill": lambda w, to: w.say(f"不再要求技能 {w.name(to)}", f"No longer ask for the skill {w.name(to)}"),
    "certificate": lambda w, to: w.say(
        f"不再要求证书 {w.name(to)}", f"No longer ask for the certificate {w.name(to)}"
    ),
    "place": lambda w, to: w.say("工作地点不限", "Accept any place"),
    "capacity": lambda w, to: w.say(f"需求人数改为 {to}", f"Ask for {to} places"),
    "confirmed": lambda w, to: w.say("重新确认需求仍有效", "Confirm that the need still holds"),
}
