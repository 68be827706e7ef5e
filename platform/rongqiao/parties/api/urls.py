from django.urls import path

from . import views

urlpatterns = [
    path("me", views.Me.as_view()),
    path("organisations", views.Organisations.as_view()),
    path("organisations/<int:organisation_id>", views.OneOrganisation.as_view()),
    path("organisations/<int:organisation_id>/recommendations", views.Recommendations.as_view()),
    path("organisations/<int:organisation_id>/units", views.Units.as_view()),
]
