from django.urls import path

from . import views

urlpatterns = [
    path("notices", views.Notices.as_view()),
    path("notices/read", views.ReadAll.as_view()),
    path("notices/<int:notice_id>/read", views.ReadNotice.as_view()),
    path("letters", views.Letters.as_view()),
    path("letters/<int:letter_id>/retry", views.Retry.as_view()),
]
