from django.urls import path

from . import views

urlpatterns = [path("d/<str:token>", views.OneDigest.as_view())]
