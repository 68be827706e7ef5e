"""The one line that speaks for a pairing, from its strongest term, as somebody reads it over coffee."""

from collections.abc import Mapping
from typing import Any

from matching.taxonomy_protocol import Language
from rongqiao.common.language import Bilingual
from rongqiao.recommending.reasons import sentence

NAMES_SHOWN = 3
_ALIKE = Bilingual("文字内容相近，{value}", "The texts are alike, {value}")
_NEAREST = Bilingual("；相近职业 {names}", "; nearest occupations {names}")


def reason_of(strongest: Mapping[str, Any], band: str, language: Language) -> str:
    """The strongest reason, "" when nothing is strong. Of the texts it says how alike they are, not the seven shares that
    make it up: those stand in the bill."""
    term = strongest.get("term", {})
    if term.get("code") != "text":
        return sentence(strongest, band, language)
    names = [_name(strongest, item["code"], language) for item in term["matched"][:NAMES_SHOWN]]
    comma = "、" if language == "zh" else ", "
    nearest = _NEAREST.format(names=comma.join(names)) if names else Bilingual("", "")
    alike = _ALIKE.format(value=f"{term['value']:.2f}")
    return f"{getattr(alike, language)}{getattr(nearest, language)}"


def _name(strongest: Mapping[str, Any], code: str, language: Language) -> str:
    return str(strongest["names"].get(code, {}).get(language, code))
