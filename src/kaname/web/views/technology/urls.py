"""Addresses of the pages of critical technologies."""

from django.urls import path

from kaname.web.views.technology import board, home, registers

urlpatterns = [
    path("", home.home, name="technology"),
    path("board/", board.board, name="technology_board"),
    path("board/<str:technology>/", board.technology, name="technology_one"),
    path("concepts/", registers.concepts, name="technology_concepts"),
    path("calls/", registers.calls, name="technology_calls"),
    path("projects/", registers.projects, name="technology_projects"),
    path("rooms/", registers.rooms, name="technology_rooms"),
]
