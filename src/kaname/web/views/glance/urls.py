"""Addresses of the picture of the Act."""

from django.urls import path

from kaname.web.views.glance import data, pages, records

urlpatterns = [
    path("", pages.cover, name="glance"),
    path("records/", records.records, name="glance_records"),
    path("data/<str:table>.csv", data.table_csv, name="glance_csv"),
    path("<str:subject>/", pages.subject, name="glance_page"),
]
