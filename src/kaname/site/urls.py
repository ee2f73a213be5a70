"""The addresses of the office. Each door behind them is named, with its rule, in the door registry (`access`)."""

from django.urls import include, path

from kaname.access.admin import site as admin
from kaname.site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("kaname.site.accounts")),
    path("admin/", admin.urls),
    path("api/v1/", include("kaname.api.urls")),
    path("", include("kaname.web.urls")),
]

handler400 = "kaname.web.views.errors.bad_request"
handler403 = "kaname.web.views.errors.forbidden"
handler404 = "kaname.web.views.errors.not_found"
handler500 = "kaname.site.trouble.server_error"
