"""A bill as plain text and as a page to print, Chinese or English: both directions, every factor, what is missing, what
would help, how sure it is. Reads the bill only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from matching.confidence import confidence
from matching.features import BY_CODE
from matching.rendering import render
from matching.taxonomy_protocol import Language

WORDS = {
    "title": {"zh": "匹配账单", "en": "Bill of a pairing"},
    "mutual": {"zh": "互惠分", "en": "Mutual score"},
    "forward": {"zh": "需方看供方", "en": "Need looking at offer"},
    "reverse": {"zh": "供方看需方", "en": "Offer looking at need"},
    "coverage": {"zh": "数据完整度", "en": "Data coverage"},
    "confidence": {"zh": "可信度", "en": "Confidence"},
    "range": {"zh": "未知项补齐后", "en": "once the unknown is told"},
    "factor": {"zh": "因素", "en": "Factor"},
    "weight": {"zh": "权重", "en": "weight"},
    "value": {"zh": "分值", "en": "value"},
    "unknown": {"zh": "未说明", "en": "not told"},
    "reasons": {"zh": "理由", "en": "Reasons"},
    "gaps": {"zh": "差距", "en": "Gaps"},
    "counterfactuals": {"zh": "怎样更合适", "en": "What would help"},
    "vetoes": {"zh": "不能推荐", "en": "Ruled out by"},
    "made": {"zh": "日期、权重、快照", "en": "Day, weights, snapshot"},
}
CONFIDENCE = {
    "firm": {"zh": "高", "en": "firm"},
    "fair": {"zh": "中", "en": "fair"},
    "loose": {"zh": "低", "en": "loose"},
}
PARTS = ("vetoes", "reasons", "gaps", "counterfactuals")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What both forms say: facts as (name, value), a table of factors with its head, and lists of sentences."""

    title: str
    facts: Sequence[tuple[str, str]]
    table: Sequence[Sequence[str]]
    parts: Sequence[tuple[str, Sequence[str]]]


def sheet(bill: Mapping[str, Any], language: Language) -> Sheet:
    """A bill laid out, in one language."""

    def word(code: str) -> str:
        return WORDS[code][language]

    said, sure, scores = render(bill, language), confidence(bill), bill["scores"]
    facts = [
        (word("mutual"), f"{scores['mutual']:.4f} {said.band}"),
        *((word(side), f"{scores[side]:.4f}") for side in ("forward", "reverse")),
        (word("coverage"), f"{bill['data_coverage']:.4f}"),
        (
            word("confidence"),
            f"{CONFIDENCE[sure.code][language]} {sure.low:.4f}–{sure.high:.4f} {word('range')}",
        ),
        (word("made"), " ".join((bill["day"], bill["weights"], bill["statistics"]))),
    ]
    head = [
        word("factor"),
        *(f"{word(side)} {word(of)}" for side in ("forward", "reverse") for of in ("weight", "value")),
        "",
    ]
    rows = [_row(term, language) for term in bill["terms"] if term["weight"] or term["reverse_weight"]]
    return Sheet(
        word("title"),
        facts,
        [head, *rows],
        [(word(part), getattr(said, part)) for part in PARTS if getattr(said, part)],
    )


def _row(term: Mapping[str, Any], language: Language) -> list[str]:
    numbers = (term[name] for name in ("weight", "value", "reverse_weight", "reverse_value"))
    note = "" if term["known"] else WORDS["unknown"][language]
    return [getattr(BY_CODE[term["code"]], language), *(f"{number:.4f}" for number in numbers), note]


def as_text(bill: Mapping[str, Any], language: Language) -> str:
    """Plain text with tabs between the columns of the table."""
    laid = sheet(bill, language)
    lines = [laid.title, *("{}: {}".format(*fact) for fact in laid.facts), ""]
    lines += ["\t".join(row).rstrip() for row in laid.table]
    for name, sentences in laid.parts:
        lines += ["", name, *(f"- {sentence}" for sentence in sentences)]
    return "\n".join(lines) + "\n"


def as_page(bill: Mapping[str, Any], language: Language) -> str:
    """One HTML page that needs nothing else and prints on one sheet of A4."""
    laid = sheet(bill, language)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in laid.facts)
    head, *rows = (
        "".join(f"<{cell}>{escape(text)}</{cell}>" for text in row) for row, cell in _cells(laid.table)
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    parts = "".join(
        f"<h2>{escape(name)}</h2><ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"
        for name, sentences in laid.parts
    )
    return _PAGE.format(
        language={"zh": "zh-CN", "en": "en"}[language],
        title=escape(laid.title),
        facts=facts,
        head=head,
        body=body,
        parts=parts,
    )


def _cells(table: Sequence[Sequence[str]]) -> list[tuple[Sequence[str], str]]:
    return [(row, "td" if place else "th") for place, row in enumerate(table)]


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>@page{{size:A4;margin:15mm}}body{{font:10pt/1.5 serif}}dl{{display:grid;grid-template-columns:auto 1fr;gap:0 1em}}
dd{{margin:0}}table{{border-collapse:collapse;width:100%}}th,td{{border:1px solid #999;padding:2px 6px;text-align:left}}</style>
</head><body><h1>{title}</h1><dl>{facts}</dl>
<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{parts}</body></html>
"""
