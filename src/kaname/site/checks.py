"""What must be in order before the office may work: asked at the start, by `kaname up --check`, and by /healthz."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection

from kaname.access.custody import guards as custody_guards
from kaname.files import child
from kaname.law import T, Text
from kaname.ledger import clock, guards
from kaname.ledger.proof import clocks
from kaname.papers import scanner
from kaname.site.home import home
from kaname.vendors import guards as vendor_guards

_LEFT = ("documents", "newest_anchor", "restore_epoch")  # in KANAME_HOME, of an office that has worked
# No entry can have been recorded before the program was written: a clock that says so has lost its battery.
_EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not in order: where (`database`, `tables`, `guards`, `clock`, `address`), and what to do."""

    where: str
    text: Text


def findings() -> list[Finding]:
    """Everything that is not in order; empty where the office may work. Without a database the rest cannot be asked."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        text = T(f"データベースに届かない（{error}）", f"the database cannot be reached ({_line(error)})")
        return [Finding("database", text)]
    if gone := lost():
        return [Finding("database", gone)]
    looks: tuple[Callable[[], list[Finding]], ...] = (_tables, _guards, clock_faults, _address)
    return [finding for look in looks for finding in look()]


def lost() -> Text | None:
    """That an office has worked here whose embedded database is gone: nobody is to begin another without knowing."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return None
    left = [name for name in _LEFT if (path := home() / name).is_file() or (path.is_dir() and any(path.iterdir()))]
    names = ", ".join(left)
    text = T(f"KANAME_HOME には事務所の {names} があるのに、データベースがない；kaname restore で写しに"
             "戻すこと。それでも新しく始めるなら kaname migrate",
             f"KANAME_HOME has {names} of an office, but no database; put a backup in place: kaname "
             "restore BACKUP. To begin anew all the same: kaname migrate")  # fmt: skip
    return text if left else None


def pending() -> list[str]:
    """Migrations of this version that the database has not seen."""
    from django.db.migrations.executor import MigrationExecutor  # a fifth of a second, wanted at the start only

    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _tables() -> list[Finding]:
    if not (waiting := pending()):
        return []
    how = {
        "sqlite": T("kaname migrate を実行すること", "run: kaname migrate"),
        "postgresql": T(
            "写しを取り、所有者 kaname_owner の KANAME_DATABASE_URL で kaname migrate を実行すること",
            "back up, then run kaname migrate with a KANAME_DATABASE_URL of the owner, kaname_owner",
        ),
    }[connection.vendor]
    text = T(
        f"この版の表への変更がまだ {len(waiting)} 件ある。{how.ja}",
        f"{len(waiting)} changes of the tables are waiting for this version; {how.en}",
    )
    return [Finding("tables", text)]


def _guards() -> list[Finding]:
    return [Finding("guards", fault) for fault in (*guards.guards(), *vendor_guards.faults(), *custody_guards.faults())]


def clock_faults() -> list[Finding]:
    """The instant of an entry is the machine's: a clock that was set back is told before it is written down."""
    now = clock.now()
    if now < _EARLIEST:
        return [Finding("clock", _wrong_clock(now, _EARLIEST))]
    last = _last_recorded()
    return [Finding("clock", _wrong_clock(now, last))] if last and now < last - clock.DIFFERENCE else []


def _last_recorded() -> datetime | None:
    if not guards.has_tables():
        return None
    with connection.cursor() as cursor:  # by the key: the newest row, found at once among millions
        cursor.execute("SELECT recorded_at FROM ledger_entry ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _wrong_clock(now: datetime, after: datetime) -> Text:
    return T(
        f"この機械の時計は {now:%Y-%m-%d %H:%M} UTC だが、{after:%Y-%m-%d %H:%M} UTC より後のはず。合わせること",
        f"the clock of this machine says {now:%Y-%m-%d %H:%M} UTC, but it must be after {after:%Y-%m-%d %H:%M} UTC; "
        "set it right",
    )


def _address() -> list[Finding]:
    """Where passwords would travel in the clear."""
    if not settings.ORIGIN or settings.HTTPS:
        return []
    text = T(
        f"KANAME_ORIGIN が {settings.ORIGIN}：https:// で始まること（パスワードが暗号化されずに送られる）",
        f"KANAME_ORIGIN is {settings.ORIGIN}; it must begin with https:// (passwords would travel in the clear)",
    )
    return [Finding("address", text)]


def weaknesses() -> list[Finding]:
    """What hinders no start, and yet is not as it should be: told by `kaname up --check`."""
    found = [Finding("clock", doubt.text) for doubt in ([] if pending() else clock_doubts())]
    if scanner.is_set() and not scanner.answers():
        where = settings.KANAME_CLAMAV
        text = T(f"ウイルス検査（{where}）が答えない。clamd を動かすこと。それまで届いた書類は開けない",
                 f"the virus scanner at {where} does not answer; start clamd: until then no document that comes in is "
                 "opened")  # fmt: skip
        found.append(Finding("scanner", text))
    if missing := child.HOLDS.keys() - child.held():
        named = [child.HOLDS[name] for name in sorted(missing)]
        ja, en = "、".join(n.ja for n in named), ", ".join(n.en for n in named)
        text = T(f"この機械の Linux は、書類を読む子プロセスを閉じ込められない：{ja}",
                 f"this Linux does not shut in the children that read files: {en}")  # fmt: skip
        found.append(Finding("children", text))
    return found


def clock_doubts() -> list[clocks.Doubt]:
    """Other offices whose clocks and ours cannot both be right; none where there are no tables yet."""
    return clocks.doubts() if guards.has_tables() else []


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
