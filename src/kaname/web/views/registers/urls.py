"""Addresses of what the picture of the Act is printed to and compared by."""

from django.urls import path

from kaname.web.views.registers import changes, dryrun, paper

urlpatterns = [
    path("report.pdf", paper.report, name="glance_report"),
    path("slides.pptx", paper.slides, name="glance_slides"),
    path("changes/", changes.changes, name="glance_changes"),
    path("dryrun/", dryrun.dryrun, name="glance_dryrun"),
]
