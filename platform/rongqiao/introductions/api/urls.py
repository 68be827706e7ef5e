from django.urls import path

from . import views

urlpatterns = [
    path("introductions", views.Introductions.as_view()),
    path("introductions/vocabulary", views.Vocabulary.as_view()),
    path("introductions/<int:introduction_id>", views.OneIntroduction.as_view()),
    path("introductions/<int:introduction_id>/steps/<slug:step>", views.IntroductionStep.as_view()),
    path("introductions/<int:introduction_id>/undo", views.UndoStep.as_view()),
    path("postings/<int:posting_id>/met-elsewhere", views.MetElsewhere.as_view()),
]
