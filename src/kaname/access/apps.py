"""The Django app of offices, people and mandates."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kaname.access"
    label = "access"
    verbose_name = "権限 / Access"

    def ready(self) -> None:
        # What listens to logins and to changes of factors must do so before the first request.
        import kaname.access.gate.sessions
        import kaname.access.login.factors  # noqa: F401
