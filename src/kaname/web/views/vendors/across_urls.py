"""Addresses of the authority's view of vendors across plans."""

from django.urls import path

from kaname.web.views.vendors import across

urlpatterns = [
    path("", across.vendors_across, name="vendors_across"),
    path("<str:vendor>/", across.vendor_across, name="vendor_across"),
    path("<str:vendor>/plans/<str:case>/<int:number>/", across.disclosure, name="vendor_disclosure"),
]
