"""Addresses of a day's work."""

from django.urls import path

from kaname.web.views.task import marks

urlpatterns = [
    path("marks/", marks.mark, name="work_marks"),
    path("marks/undo/", marks.undo, name="work_undo"),
]
