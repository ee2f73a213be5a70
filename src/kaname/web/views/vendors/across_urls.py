"""Addresses of the authority's view of vendors across plans."""

from django.urls import path

from kaname.web.views.vendors import across, files

urlpatterns = [
    path("", across.vendors_across, name="vendors_across"),
    path("<str:vendor>/", across.vendor_across, name="vendor_across"),
    path("<str:vendor>/plans/<str:case>/<int:number>/", across.disclosure, name="vendor_disclosure"),
    path("<str:vendor>/plans/<str:case>/<int:number>/files/<str:file>/", files.vendor_file, name="vendor_file"),
]
