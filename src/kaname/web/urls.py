"""Addresses of the pages."""

from django.urls import include, path

from kaname.web.views import documents, glossary, help, palette, parts, sessions, settings, tokens, tour, trust
from kaname.web.views.cases import cases
from kaname.web.views.custody import alarms
from kaname.web.views.inbox import inbox
from kaname.web.views.patents.measures import checklist
from kaname.web.views.search import search
from kaname.web.views.supply import technology, worth
from kaname.web.views.supply.products import requirements
from kaname.web.views.technology import leave, project, room

urlpatterns = [
    path("", inbox, name="inbox"),
    path("cases/", cases, name="cases"),
    path("search/", search, name="search"),
    path("help/", help.help_page, name="help"),
    path("glossary/", glossary.page, name="glossary"),
    path("glossary/<slug:term>/", glossary.term, name="glossary_term"),
    path("tour/", tour.tour, name="tour"),
    path("go/", palette.go, name="go"),
    path("parts/", parts.show, name="parts"),
    path("anchors/", trust.anchors, name="anchors"),
    path("anchors/<int:number>.<slug:sort>", trust.anchor_file, name="anchor_file"),
    path("anchors/kaname_verify.py", trust.verifier, name="verifier"),
    path("anchors/lost/", trust.lost, name="lost"),
    path("settings/", settings.settings, name="settings"),
    path("settings/sessions/", sessions.sessions_page, name="sessions"),
    path("settings/tokens/", tokens.tokens_page, name="tokens"),
    path("settings/tokens/<str:token>/end/", tokens.token_end, name="token_end"),
    path("settings/language/", settings.language, name="language"),
    path("patents/", include("kaname.web.views.patents.urls")),
    path("names/", include("kaname.web.views.names.urls")),
    path("ownership/", include("kaname.web.views.ownership.urls")),
    path("infrastructure/vendors/", include("kaname.web.views.vendors.across_urls")),
    path("infrastructure/plans/", include("kaname.web.views.vendors.plan_urls")),
    path("vendors/", include("kaname.web.views.vendors.urls")),
    path("infrastructure/", include("kaname.web.views.infrastructure.urls")),
    path("supply/evidence/", include("kaname.web.views.trade.urls")),
    path("supply/shocks/", include("kaname.web.views.shocks.urls")),
    path("glance/", include("kaname.web.views.glance.urls")),
    path("supply/", include("kaname.web.views.supply.urls")),
    path("technology/", include("kaname.web.views.technology.urls")),
    path("cases/<str:case>/room/", room.room, name="council_room"),
    path("cases/<str:case>/room/leave/", leave.leave, name="council_leave"),
    path("cases/<str:case>/project/", project.project, name="technology_project"),
    path("documents/", documents.upload, name="upload"),
    path("documents/<str:document>/", documents.document, name="document"),
    path("cases/<str:case>/documents/", documents.upload, name="case_upload"),
    path("cases/<str:case>/worth/", worth.worth, name="supply_worth"),
    path("cases/<str:case>/technology/", technology.technology, name="supply_technology"),
    path("cases/<str:case>/technology/<int:measure>/", technology.measure, name="supply_technology_measure"),
    path("cases/<str:case>/measures/", checklist, name="measures"),
    path("cases/<str:case>/requirements/", requirements, name="requirements"),
    path("alarms/", alarms.page, name="alarms"),
    path("task/", include("kaname.web.views.task.urls")),
    path("", include("kaname.web.views.notices.urls")),
    path("", include("kaname.web.views.general.urls")),
    path("read/day/", settings.read_day, name="read_day"),
    path("", include("kaname.web.views.people_urls")),
    path("", include("kaname.web.views.consult.urls")),
    path("", include("kaname.web.views.case_urls")),
]
