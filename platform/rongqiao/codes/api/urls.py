from django.urls import path

from . import views

urlpatterns = [
    path("codes", views.Systems.as_view()),
    path("codes/<str:system>", views.Codes.as_view()),
    path("codes/<str:system>/<str:code>", views.OneCode.as_view()),
]
