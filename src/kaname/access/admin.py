"""Django's admin site, for looking only: offices and people. It adds, changes and deletes nothing.

No case, entry or mandate is in it: its addresses show row numbers, and these tell how many there are.
"""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest

from kaname.access.models import Office, Person


class Looking(ModelAdmin):
    """Lists and single rows; no form."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(request.user.is_active and request.user.administers)


class Offices(Looking):
    list_display = ("name_ja", "name_en", "sort")


class People(Looking):
    list_display = ("name", "email", "office", "administers", "is_active", "last_login")
    list_select_related = ("office",)
    fields = (
        "public_id",
        "name",
        "email",
        "office",
        "language",
        "administers",
        "is_active",
        "created_at",
        "last_login",
    )


class Admin(AdminSite):
    """Who may come in decides the door (`site.doors`), not a login page of its own."""

    site_header = site_title = "Kaname 要"
    index_title = "閲覧のみ / Read only"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "administers", False))


site = Admin(name="admin")
site.register(Office, Offices)
site.register(Person, People)
