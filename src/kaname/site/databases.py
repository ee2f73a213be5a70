"""The office's database: SQLite in KANAME_HOME, or the PostgreSQL that KANAME_DATABASE_URL names."""

from pathlib import Path
from typing import Any

from kaname.site.given import Unusable
from kaname.site.sqlite import init_command


def embedded(path: Path) -> dict[str, Any]:
    """SQLite in one file. IMMEDIATE: a transaction takes the write lock at its start instead of failing half way."""
    return {
        "ENGINE": "kaname.site.embedded",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": init_command()},
    }


def postgresql(url: str, name: str = "KANAME_DATABASE_URL") -> dict[str, Any]:
    """PostgreSQL from `postgresql://user:password@host:port/name`. Raises Unusable saying what was expected."""
    from psycopg import IsolationLevel, ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    form = f"{name}=postgresql://USER:PASSWORD@HOST:PORT/NAME"
    if not url.startswith(("postgresql://", "postgres://")):
        raise Unusable(f"PostgreSQL のデータベースの所在でない；{form} の形で",
                       f"no address of a PostgreSQL database; expected {form}")  # fmt: skip
    try:
        parts = {k: v for k, v in conninfo_to_dict(url).items() if v is not None}
    except ProgrammingError as error:
        raise Unusable(f"所在として読めない（{error}）；{form} の形で",
                       f"not readable as an address ({error}); expected {form}") from None  # fmt: skip
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Whatever the server's default: who waits for the head of a case must then see it as it has become.
        "OPTIONS": {**parts, "isolation_level": IsolationLevel.READ_COMMITTED},
    }
