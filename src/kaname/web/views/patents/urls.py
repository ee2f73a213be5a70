"""Addresses of the patent pages."""

from django.urls import path

from kaname.web.views.patents import board, docket, planner, registers, screening, statistics

urlpatterns = [
    path("screening/", screening.start, name="screening"),
    path("screening/<str:id>/", screening.result, name="screening_result"),
    path("screening/<str:id>/columns/", screening.columns, name="screening_columns"),
    path("screening/<str:id>/answer/", screening.answer, name="screening_answer"),
    path("screening/<str:id>/open/", screening.open_row, name="screening_open"),
    path("screening/<str:id>/result.csv", screening.download, name="screening_download"),
    path("screening/<str:id>/discard/", screening.discard, name="screening_discard"),
    path("planner/", planner.planner, name="planner"),
    path("planner/plan.ics", planner.calendar, name="planner_ics"),
    path("planner/<str:id>/", planner.fork, name="planner_fork"),
    path("designations/", registers.designations, name="designations"),
    path("renewals/", board.renewals, name="renewals"),
    path("sharing/", registers.sharing, name="sharing"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("docket/", docket.docket, name="docket"),
]
