from django.urls import path

from . import opened, signing, talking, views

urlpatterns = [
    path("introductions", views.Introductions.as_view()),
    path("introductions/vocabulary", views.Vocabulary.as_view()),
    path("introductions/<int:introduction_id>", views.OneIntroduction.as_view()),
    path("introductions/<int:introduction_id>/steps/<slug:step>", views.IntroductionStep.as_view()),
    path("introductions/<int:introduction_id>/undo", views.UndoStep.as_view()),
    path("introductions/<int:introduction_id>/broker", views.Broker.as_view()),
    path("introductions/<int:introduction_id>/contacts", opened.Contacts.as_view()),
    path("introductions/<int:introduction_id>/secrets", opened.Secrets.as_view()),
    path("introductions/<int:introduction_id>/note", opened.ConfidentialityNote.as_view()),
    path("introductions/<int:introduction_id>/messages", talking.Messages.as_view()),
    path("introductions/<int:introduction_id>/export", talking.Export.as_view()),
    path("introductions/<int:introduction_id>/terms", signing.Terms.as_view()),
    path("introductions/<int:introduction_id>/sign", signing.Sign.as_view()),
    path("introductions/<int:introduction_id>/record", signing.PrintableRecord.as_view()),
    path("records/<uuid:number>", signing.CheckRecord.as_view()),
    path("organisations/<int:organisation_id>/responses", signing.Responses.as_view()),
    path("postings/<int:posting_id>/met-elsewhere", views.MetElsewhere.as_view()),
]
