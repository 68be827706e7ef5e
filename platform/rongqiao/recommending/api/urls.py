from django.urls import path

from . import advice, own, views

urlpatterns = [
    path("postings/<int:posting_id>/pairings", views.Pairings.as_view()),
    path("pairings", own.OwnPairings.as_view()),
    path("pairings/<int:pairing_id>", views.OnePairing.as_view()),
    path("match-advice", advice.MatchAdvice.as_view()),
    path("match-preview", views.MatchPreview.as_view()),
]
