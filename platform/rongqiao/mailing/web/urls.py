from django.urls import path

from . import links, shown

urlpatterns = [
    path("l/<str:token>", links.OneLink.as_view()),
    path("u/<str:token>", links.OneClickLink.as_view()),
    path("demo/letters", shown.letters),
    path("demo/letters/<str:name>", shown.one_letter),
    path("demo/letters/<str:name>/body", shown.body),
]
