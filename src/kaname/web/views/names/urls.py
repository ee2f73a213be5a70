"""Addresses of the pages of names. Two sides of a finding are known by the fingerprint of their names."""

from django.urls import path

from kaname.web.views.names import lists, result, start

urlpatterns = [
    path("", start.start, name="names"),
    path("lists/", lists.lists, name="names_lists"),
    path("lists/<str:id>/discard/", lists.discard, name="names_list_discard"),
    path("<str:id>/", result.result, name="names_result"),
    path("<str:id>/pair/<str:pair>/", result.pair, name="names_pair"),
    path("<str:id>/findings.csv", result.download, name="names_download"),
    path("<str:id>/discard/", result.discard, name="names_discard"),
]
