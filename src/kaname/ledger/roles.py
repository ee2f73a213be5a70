"""The roles of PostgreSQL: who owns the tables never serves requests, who serves requests owns nothing.

kaname_owner     migrations only
kaname_web       the office and its workers: reads, adds entries, never changes or deletes one
kaname_verifier  reads, for `verify` from another machine
"""

from typing import Any

from kaname.law import T, Text

OWNER, WEB, VERIFIER = "kaname_owner", "kaname_web", "kaname_verifier"
_GUARDED = "ledger_entry, ledger_case"
_GROWING = "ledger_anchor, ledger_anchored, ledger_countersignature, ledger_timestamp, ledger_key_event"


def creation(database: str) -> list[str]:
    """Statements for a superuser, once: the roles and what they may do in a database. Passwords are set by hand."""
    name = '"' + database.replace('"', '""') + '"'
    roles = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
        f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS; END IF; END $$"
        for role in (OWNER, WEB, VERIFIER)
    ]
    tables = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT"
    return [
        *roles,
        f"ALTER DATABASE {name} OWNER TO {OWNER}",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {WEB}, {VERIFIER}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {WEB}, {VERIFIER}",
        f"{tables} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB}",
        f"{tables} USAGE, SELECT ON SEQUENCES TO {WEB}",
        f"{tables} SELECT ON TABLES TO {VERIFIER}",
    ]


def grant(cursor: Any) -> None:
    """After a migration, as the owner: the tables that only grow. Left out where the roles do not exist."""
    cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", (WEB, VERIFIER))
    if cursor.fetchone()[0] < 2:
        return
    cursor.execute(f"REVOKE ALL ON {_GUARDED} FROM {WEB}, {VERIFIER}")
    cursor.execute(f"GRANT SELECT, INSERT ON {_GUARDED} TO {WEB}")
    cursor.execute(f"GRANT UPDATE (head_seq, head_digest, head_at, circle) ON ledger_case TO {WEB}")
    cursor.execute(f"GRANT SELECT ON {_GUARDED} TO {VERIFIER}")
    cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {_GROWING} FROM {WEB}")


_ABLE = """SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
  EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER')),
  EXISTS (SELECT FROM pg_proc p WHERE p.proname = 'ledger_refuse' AND pg_has_role(current_user, p.proowner, 'MEMBER')),
  has_table_privilege('ledger_entry', 'UPDATE') OR has_any_column_privilege('ledger_entry', 'UPDATE'),
  has_table_privilege('ledger_entry', 'DELETE'), has_table_privilege('ledger_entry', 'TRUNCATE'),
  has_table_privilege('ledger_entry', 'TRIGGER'),
  current_setting('session_replication_role') <> 'origin'
FROM pg_roles r WHERE r.rolname = current_user"""
_WHAT = (
    T("スーパーユーザーである", "is a superuser"),
    T("行の保護を素通りできる（BYPASSRLS）", "may bypass row security"),
    T("役割を作れる（CREATEROLE）", "may create roles"),
    T("表を所有している", "owns tables"),
    T("見張りの関数を所有している", "owns the function of the guards"),
    T("記録を変更できる（UPDATE）", "may update entries"),
    T("記録を削除できる（DELETE）", "may delete entries"),
    T("記録を空にできる（TRUNCATE）", "may truncate entries"),
    T("記録にトリガーを付けられる（TRIGGER）", "may put triggers on entries"),
    T("session_replication_role が origin でない", "runs with session_replication_role other than origin"),
)


def faults(cursor: Any) -> list[Text]:
    """What the role of this connection could do to the entries, and must not."""
    cursor.execute(_ABLE)
    able = cursor.fetchone()
    return [
        T(
            f"この接続の役割は{what.ja}；{WEB} で接続すること",
            f"the role of this connection {what.en}; connect as {WEB}",
        )
        for what, can in zip(_WHAT, able, strict=True)
        if can
    ]
