"""Addresses of the pages of stable supply."""

from django.urls import path

from kaname.web.views.supply import home

urlpatterns = [
    path("", home.home, name="supply"),
]
