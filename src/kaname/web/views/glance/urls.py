"""Addresses of the picture of the Act."""

from django.urls import path

from kaname.web.views.glance import changes, data, dryrun, pages, paper, records

urlpatterns = [
    path("", pages.cover, name="glance"),
    path("records/", records.records, name="glance_records"),
    path("data/<str:table>.csv", data.table_csv, name="glance_csv"),
    path("report.pdf", paper.report, name="glance_report"),
    path("slides.pptx", paper.slides, name="glance_slides"),
    path("changes/", changes.changes, name="glance_changes"),
    path("dryrun/", dryrun.dryrun, name="glance_dryrun"),
    path("<str:subject>/", pages.subject, name="glance_page"),
]
