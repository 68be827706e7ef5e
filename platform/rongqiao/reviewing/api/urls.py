from django.urls import path

from . import views

urlpatterns = [
    path("reviews", views.Queue.as_view()),
    path("reviews/approve", views.Approve.as_view()),
    path("reviews/decline", views.Decline.as_view()),
    path("reviews/reasons", views.Reasons.as_view()),
    path("reviews/summary", views.Summary.as_view()),
    path("reviews/<int:case_id>", views.OneCase.as_view()),
    path("reviews/<int:case_id>/undo", views.Undo.as_view()),
]
