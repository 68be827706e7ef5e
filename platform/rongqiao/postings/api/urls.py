from django.urls import path

from . import views

urlpatterns = [
    path("kinds", views.Kinds.as_view()),
    path("postings", views.Postings.as_view()),
    path("postings/<int:posting_id>", views.OnePosting.as_view()),
    path("postings/<int:posting_id>/steps/<slug:step>", views.PostingStep.as_view()),
]
