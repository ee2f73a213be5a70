"""Addresses of the pages of critical infrastructure."""

from django.urls import path

from kaname.web.views.infrastructure import board, change, operators, scope, sectors

urlpatterns = [
    path("board/", board.board, name="plan_board"),
    path("change/", change.change, name="plan_change"),
    path("scope/", scope.scope, name="plan_scope"),
    path("sectors/", sectors.sectors, name="sectors"),
    path("sectors/<str:sector>/", sectors.sector, name="sector"),
    path("operators/", operators.operators, name="operators"),
]
