"""Query parameters, read strictly: an unknown or malformed one is an error that names it, not silence."""

from rest_framework.request import Request

from .errors import Problem, from_code

PAGING = frozenset({"page", "page_size"})


def integer(request: Request, name: str, default: int, low: int, high: int) -> int:
    """A whole number between low and high, the default when absent."""
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
        raise Problem(from_code("not_number", name))
    value = int(raw)
    if value > high:
        raise Problem(from_code("too_large", name))
    if value < low:
        raise Problem(from_code("too_small", name))
    return value


def text(request: Request, name: str, longest: int = 200) -> str:
    """A text parameter, trimmed, "" when absent."""
    value = (request.query_params.get(name) or "").strip()
    if len(value) > longest:
        raise Problem(from_code("too_long", name))
    return value


def choice(request: Request, name: str, choices: "set[str] | frozenset[str]") -> str:
    """One of the choices, "" when absent."""
    value = request.query_params.get(name) or ""
    if value and value not in choices:
        raise Problem(from_code("invalid_choice", name))
    return value


def refuse_unknown(request: Request, *known: str) -> None:
    """400 that names a parameter nobody reads (a mistyped filter must not show everything)."""
    unknown = set(request.query_params) - PAGING - set(known)
    if unknown:
        raise Problem(*(from_code("unknown_filter", name) for name in sorted(unknown)))
