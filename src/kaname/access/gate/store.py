"""Django's sessions in the database, each with whose it is: a person can be shown theirs without reading everybody's.

Known from the login on, in the row that is written anyway: it costs no query. `access.gate.open_sessions` reads it.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from kaname.access.models import Session


class SessionStore(db.SessionStore):
    """The name is Django's: settings name the module."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        made: Session = super().create_model_instance(data)
        made.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return made
