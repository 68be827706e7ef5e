from django.urls import path

from . import views

urlpatterns = [
    path("imports", views.Imports.as_view()),
    path("imports/templates/<slug:kind_code>.xlsx", views.Template.as_view()),
    path("imports/<int:batch_id>", views.OneImport.as_view()),
    path("imports/<int:batch_id>/mapping", views.Mapping.as_view()),
    path("imports/<int:batch_id>/run", views.Run.as_view()),
    path("imports/<int:batch_id>/cancel", views.Cancel.as_view()),
    path("imports/<int:batch_id>/undo", views.Undo.as_view()),
    path("imports/<int:batch_id>/errors", views.Errors.as_view()),
    path("imports/<int:batch_id>/errors.xlsx", views.ErrorsFile.as_view()),
]
