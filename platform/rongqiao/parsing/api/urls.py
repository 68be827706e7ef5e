from django.urls import path

from . import views

urlpatterns = [path("parse", views.Parse.as_view())]
