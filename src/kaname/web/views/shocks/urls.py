"""Addresses of the pages of shocks. A question stands in the address."""

from django.urls import path

from kaname.web.views.shocks import carry, files, runs, start, table

urlpatterns = [
    path("", start.start, name="shocks"),
    path("runs/<str:run>/", runs.run_page, name="shock_run"),
    path("runs/<str:run>/do/", runs.do, name="shock_run_do"),
    path("runs/<str:run>/figures.csv", runs.figures, name="shock_run_figures"),
    path("<str:id>/", table.table, name="shock_table"),
    path("<str:id>/discard/", table.discard, name="shock_discard"),
    path("<str:id>/run/", runs.begin, name="shock_run_begin"),
    path("<str:id>/figures.csv", files.figures, name="shock_figures"),
    path("<str:id>/evidence.json", files.record, name="shock_record"),
    path("<str:id>/worth/", table.keep_worth, name="shock_worth"),
    path("<str:id>/carry/", carry.carried, name="shock_carry"),
]
