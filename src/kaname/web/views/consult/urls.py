"""Addresses of consultations: all, those of a case, and how one is asked, taken up and answered."""

from django.urls import path

from kaname.web.views.consult import ask, page

urlpatterns = [
    path("consultations/", page.every, name="consultations"),
    path("cases/<str:case>/consultation/", page.of_case, name="consultation"),
    path("cases/<str:case>/consultation/ask/", ask.ask, name="consultation_ask"),
    path("cases/<str:case>/consultation/check/", ask.check, name="consultation_check"),
    path("cases/<str:case>/consultation/begin/", ask.begin, name="consultation_begin"),
    path("cases/<str:case>/consultation/answer/", ask.answer, name="consultation_answer"),
]
