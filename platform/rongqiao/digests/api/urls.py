from django.urls import path

from . import operating, views

urlpatterns = [
    path("digests", views.Archive.as_view()),
    path("digests/<int:digest_id>", views.OneDigest.as_view()),
    path("digests/outcomes", operating.Outcomes.as_view()),
    path("digests/planned", operating.Planned.as_view()),
    path("digests/planned/<int:preference_id>", operating.OnePlanned.as_view()),
    path("digests/preferences", views.Preferences.as_view()),
    path("digests/preferences/<slug:digest_kind>", views.OnePreference.as_view()),
    path("digests/groups/<slug:digest_kind>", views.OneGroup.as_view()),
    path("digests/preview/<slug:digest_kind>", views.Preview.as_view()),
]
