"""统一社会信用代码, GB 32100-2015: 18 characters of which the last is a check digit."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = [pow(3, position, 31) for position in range(17)]


def normalise(code: str) -> str:
    """The code as it is stored: no blanks, upper case."""
    return "".join(code.split()).upper()


def check_digit(first17: str) -> str:
    """The 18th character for the first seventeen: (31 − Σ cᵢ·3^(i−1) mod 31) mod 31. KeyError outside the alphabet."""
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def is_valid(code: str) -> bool:
    """Whether the code is 18 characters of the alphabet (no I, O, S, V, Z) with the right check digit."""
    if len(code) != 18 or any(character not in _VALUE for character in code):
        return False
    return check_digit(code[:17]) == code[17]
