"""Addresses of a vendor's own pages."""

from django.urls import path

from kaname.web.views.vendors import passport

urlpatterns = [
    path("", passport.passports, name="passports"),
]
