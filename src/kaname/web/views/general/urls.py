"""Addresses of the pages of the general part."""

from django.urls import path

from kaname.web.views.general import outreach, penalties, timeline

urlpatterns = [
    path("penalties/", penalties.page, name="penalties"),
    path("timeline/", timeline.page, name="act_timeline"),
    path("outreach/", outreach.page, name="outreach"),
    path("outreach/answers/", outreach.answers, name="outreach_answers"),
]
