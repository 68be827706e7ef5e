"""The one line that speaks for a pairing, from the strongest term of its bill, as somebody reads it over coffee."""

from collections.abc import Mapping
from typing import Any

from matching.features import BY_CODE
from matching.rendering import render
from matching.taxonomy_protocol import Language
from rongqiao.common.language import Bilingual

NAMES_SHOWN = 3
_ALIKE = Bilingual("文字内容相近，{value}", "The texts are alike, {value}")
_NEAREST = Bilingual("；相近职业 {names}", "; nearest occupations {names}")


def reason_of(bill: Mapping[str, Any], language: Language) -> str:
    """The strongest reason, "" when nothing is strong. Of the texts it says how alike they are, not the seven shares that
    make it up: those stand in the bill."""
    strongest = next(iter(render(bill, language).reasons), "")
    if not strongest.startswith(getattr(BY_CODE["text"], language)):
        return strongest
    text = next(term for term in bill["terms"] if term["code"] == "text")
    names = [_name(bill, item["code"], language) for item in text["matched"][:NAMES_SHOWN]]
    comma = "、" if language == "zh" else ", "
    nearest = _NEAREST.format(names=comma.join(names)) if names else Bilingual("", "")
    alike = _ALIKE.format(value=f"{text['value']:.2f}")
    return f"{getattr(alike, language)}{getattr(nearest, language)}"


def _name(bill: Mapping[str, Any], code: str, language: Language) -> str:
    return str(bill["names"].get(code, {}).get(language, code))
