"""The description of the API (OpenAPI 3)."""

from drf_spectacular.views import SpectacularJSONAPIView

from rongqiao.common.access import PUBLIC


class Schema(SpectacularJSONAPIView):
    """The whole API as OpenAPI JSON, open to everybody (A1: 开放共享)."""

    access = PUBLIC
    permission_classes = SpectacularJSONAPIView.permission_classes
