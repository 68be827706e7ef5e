from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("files", views.Files.as_view()),
    path("files/purposes", views.Purposes.as_view()),
    path("files/<uuid:file_id>", views.OneFile.as_view()),
    path("files/<uuid:file_id>/content", views.Content.as_view()),
]
