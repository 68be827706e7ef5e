"""One spelling for what people write in several: 全角 and 半角, spaces, capitals."""

import unicodedata

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def folded(text: str) -> str:
    """The text in half-width signs (NFKC), small letters, without spaces: for comparing, not for showing."""
    return unicodedata.normalize("NFKC", "".join(unicodedata.normalize("NFKC", text).casefold().split()))


def spellings(text: str) -> list[str]:
    """The text as it is, in half-width and in full-width signs: what a database should look for."""
    half = unicodedata.normalize("NFKC", text)
    return list(dict.fromkeys([text, half, half.translate(_WIDE)]))
