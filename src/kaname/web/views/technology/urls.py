"""Addresses of the pages of critical technologies."""

from django.urls import path

from kaname.web.views.technology import board, home, registers, secrecy

urlpatterns = [
    path("", home.home, name="technology"),
    path("board/", board.board, name="technology_board"),
    path("board/<str:technology>/", board.technology, name="technology_one"),
    path("concepts/", registers.concepts, name="technology_concepts"),
    path("calls/", registers.calls, name="technology_calls"),
    path("projects/", registers.projects, name="technology_projects"),
    path("secrecy/", secrecy.secrecy, name="technology_secrecy"),
    path("rooms/", registers.rooms, name="technology_rooms"),
]
