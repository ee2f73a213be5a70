"""Addresses of the notices."""

from django.urls import path

from kaname.web.views.notices import page, settings

urlpatterns = [
    path("notices/", page.notices, name="notices"),
    path("settings/notices/", settings.notices_settings, name="notices_settings"),
    path("settings/notices/feed/", settings.feed, name="notices_feed"),
    path("settings/webhooks/", settings.webhooks, name="webhooks"),
    path("settings/webhooks/<str:hook>/end/", settings.webhook_end, name="webhook_end"),
    path("settings/messages/<str:message>/again/", settings.message_again, name="message_again"),
    path("calendar/<str:secret>.ics", page.calendar_feed, name="calendar_feed"),
]
