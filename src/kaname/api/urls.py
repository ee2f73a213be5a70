"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, path

from kaname.api.build import api
from kaname.api.openapi import openapi

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi, name="openapi"),
    path("", api.urls),
]
