"""Addresses of the pages."""

from django.urls import path

from kaname.web.views import help, parts, settings
from kaname.web.views.inbox import inbox

urlpatterns = [
    path("", inbox, name="inbox"),
    path("help/", help.help_page, name="help"),
    path("parts/", parts.show, name="parts"),
    path("settings/", settings.settings, name="settings"),
    path("settings/language/", settings.language, name="language"),
    path("read/day/", settings.read_day, name="read_day"),
]
