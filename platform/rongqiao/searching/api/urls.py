from django.urls import path

from . import saved, views

urlpatterns = [
    path("search", views.Search.as_view()),
    path("search/complete", views.Complete.as_view()),
    path("saved-searches", saved.Searches.as_view()),
    path("saved-searches/<int:search_id>", saved.OneSearch.as_view()),
    path("saved-searches/<int:search_id>/seen", saved.SeeSearch.as_view()),
]
