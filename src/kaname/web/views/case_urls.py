"""Addresses of the pages of a case, and of cases to be opened."""

from django.urls import path

from kaname.web.views import act, case, flow, form_sheet, history, letters, new_case, paper, receipt, try_it, why

urlpatterns = [
    path("new/", new_case.new, name="new"),
    path("letters/", letters.letters_together, name="letters"),
    path("new/<str:kind>/", new_case.new_case, name="new_case"),
    path("new/<str:kind>/check/", new_case.new_check, name="new_check"),
    path("new/<str:kind>/sheet.xlsx", form_sheet.new_sheet, name="new_sheet"),
    path("cases/<str:case>/", case.case, name="case"),
    path("cases/<str:case>/usual/", case.usual, name="case_usual"),
    path("cases/<str:case>/acts/", case.acts, name="case_acts"),
    path("cases/<str:case>/act/<str:name>/", act.act, name="act"),
    path("cases/<str:case>/act/<str:name>/check/", act.act_check, name="act_check"),
    path("cases/<str:case>/act/<str:name>/sheet.xlsx", form_sheet.act_sheet, name="act_sheet"),
    path("cases/<str:case>/act/<str:name>/letter.pdf", letters.letter_draft, name="letter_draft"),
    path("cases/<str:case>/letters/<int:seq>.pdf", letters.letter, name="letter"),
    path("cases/<str:case>/letters/<int:seq>/whole.pdf", letters.letter_whole, name="letter_whole"),
    path("cases/<str:case>/letters/<int:seq>/issue", letters.letter_issue, name="letter_issue"),
    path("cases/<str:case>/letters/<int:seq>/issued.pdf", letters.letter_issued, name="letter_issued"),
    path("cases/<str:case>/receipt/<int:seq>/", receipt.receipt, name="receipt"),
    path("cases/<str:case>/history/", history.history, name="case_history"),
    path("cases/<str:case>/sealed/<int:seq>/", history.sealed, name="case_sealed"),
    path("cases/<str:case>/papers/", history.papers, name="case_papers"),
    path("cases/<str:case>/papers/<str:document>/", paper.paper, name="paper"),
    path("cases/<str:case>/papers/<str:document>/<int:number>/", paper.page, name="paper_page"),
    path("cases/<str:case>/papers/<str:document>/<int:number>.png", paper.picture, name="paper_picture"),
    path(
        "cases/<str:case>/papers/<str:document>/<int:number>/small.png",
        paper.picture,
        {"small": True},
        name="paper_small",
    ),
    path("cases/<str:case>/people/", history.people, name="case_people"),
    path("cases/<str:case>/flow/", flow.flow, name="case_flow"),
    path("cases/<str:case>/why/<path:key>/", why.why, name="why"),
    path("cases/<str:case>/ics/<path:key>/", why.ics, name="why_ics"),
    path("cases/<str:case>/try/", try_it.try_it, name="try"),
]
