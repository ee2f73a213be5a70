"""Addresses of the pages of stable supply."""

from django.urls import path

from kaname.web.views.supply import board, change, home, surveys

urlpatterns = [
    path("", home.home, name="supply"),
    path("board/", board.board, name="supply_board"),
    path("change/", change.change, name="supply_change"),
    path("surveys/", surveys.surveys, name="supply_surveys"),
]
