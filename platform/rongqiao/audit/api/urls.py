from django.urls import path

from . import views

urlpatterns = [
    path("audit", views.WholeTrail.as_view()),
    path("organisations/<int:organisation_id>/audit", views.OwnTrail.as_view()),
]
