"""Addresses of the pages."""

from django.urls import path

from kaname.web.views.inbox import inbox

urlpatterns = [
    path("", inbox, name="inbox"),
]
