"""Addresses of the ownership pages. A company and a holder are known by their number in the source."""

from django.urls import path

from kaname.web.views.ownership import company, files, source, start

urlpatterns = [
    path("", start.start, name="ownership"),
    path("<str:id>/", source.source, name="ownership_source"),
    path("<str:id>/discard/", source.discard, name="ownership_discard"),
    path("<str:id>/holdings.json", files.bods, name="ownership_bods"),
    path("<str:id>/companies.csv", files.companies, name="ownership_companies"),
    path("<str:id>/company/<int:number>/", company.company, name="ownership_company"),
    path("<str:id>/company/<int:number>/drawing/", company.drawn, name="ownership_drawing"),
    path("<str:id>/company/<int:number>/holders.csv", files.holders, name="ownership_holders"),
    path("<str:id>/company/<int:number>/holder/<int:holder>/", company.holder, name="ownership_why"),
]
