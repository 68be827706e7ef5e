"""The description of the API (OpenAPI 3)."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView

from rongqiao.common.access import PUBLIC


class Described(SchemaGenerator):
    """Describes once for each language: it is the same for everybody, takes half a second, and anybody may ask."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _described(get_language())


@lru_cache(maxsize=8)
def _described(language: str | None) -> Any:
    return SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]


class Schema(SpectacularJSONAPIView):
    """The whole API as OpenAPI JSON, open to everybody (A1: 开放共享)."""

    access = PUBLIC
    permission_classes = SpectacularJSONAPIView.permission_classes
    generator_class = Described
