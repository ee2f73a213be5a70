"""An entry of the kernel as a row of the table, and back. The door's checks of form stand here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from kaname.law import T
from kaname.ledger import digest
from kaname.ledger.kinds import sealed_fields, version
from kaname.ledger.strict_json import NotStrict, canonical, check, is_simple, loads
from kaname.procedure import Entry
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import CORRECT

EMPTY = "{}"
KEY = re.compile(r"[A-Za-z0-9_.:/=+-]{8,128}")
LONGEST = {"act": 128, "run": 256, "by": 64, "party": 256, "person": 256}
_SHORT = min(LONGEST.values())  # texts that are no longer together need no further look


class Row(NamedTuple):
    """The columns of an entry in the order of the table, the case left out; all text but `seq`."""

    seq: int
    act: str
    run: str
    role: str
    party: str
    person: str
    effective_on: str
    at: str
    recorded_at: str
    law_version: str
    data: str
    sealed: str
    prev_digest: str
    digest: str
    idempotency_key: str

    def head(self, case: str) -> dict[str, str | int]:
        """What the digest covers beside data and sealed."""
        return {
            "case": case,
            "seq": self.seq,
            "act": self.act,
            "run": self.run,
            "role": self.role,
            "party": self.party,
            "person": self.person,
            "effective_on": self.effective_on,
            "at": self.at,
            "recorded_at": self.recorded_at,
            "law_version": self.law_version,
            "idempotency_key": self.idempotency_key,
        }

    def digest_of(self, case: str) -> str:
        """The digest as it must be."""
        return digest.entry_digest(self.prev_digest, self.head(case), self.data, self.sealed)


COLUMNS = Row._fields


@dataclass(frozen=True, slots=True)
class Secret:
    """A sealed value with its salt, canonical JSON in UTF-8, as it is when opened; both None once destroyed."""

    field: str
    salt: bytes | None
    value: bytes | None


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """A typed value as JSON: days and instants in ISO 8601, exact decimals as text, tuples as lists."""
    of = type(value)
    if of in _AS_THEY_ARE:
        return value
    if of is list or of is tuple:
        return [item if type(item) is str else plain(item) for item in value]
    if isinstance(value, Mapping):
        return {k: v if type(v) in _AS_THEY_ARE else plain(v) for k, v in value.items()}
    if isinstance(value, date):  # instants are days too
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(v) for v in value)
    return value


def check_entry(entry: Entry, person: str, key: str) -> None:
    """What a door may hand in. Raises NotStrict naming the field."""
    if not KEY.fullmatch(key):
        raise NotStrict(
            "idempotency_key",
            T("8 から 128 文字の英数字と _ . : / = + - で書く", "expected 8 to 128 letters, digits and _ . : / = + -"),
        )
    texts = entry.act, entry.run, entry.by, entry.party, person
    if len(together := "".join(texts)) > _SHORT or not is_simple(together):
        for (name, most), text in zip(LONGEST.items(), texts, strict=True):
            check(text, name)
            if len(text) > most:
                raise NotStrict(name, T(f"{most} 文字まで", f"expected at most {most} characters"))
    if entry.at is not None and entry.at.tzinfo is None:
        raise NotStrict(
            "at",
            T(
                "時差のない時刻；2026-11-24T09:30:00+09:00 のように",
                "an instant without offset; expected 2026-11-24T09:30:00+09:00",
            ),
        )
    patch = entry.data.get("data") if entry.act == CORRECT else None
    if "context" in entry.data or (isinstance(patch, Mapping) and "context" in patch):
        raise NotStrict(
            "data.context",
            T(
                "他の事件から取る値は書けない；事件の番号を渡すこと",
                "what is taken from other cases is not written by hand; name the case",
            ),
        )
    try:
        if entry.data:
            check(entry.data, "data")
    except NotStrict:  # a value in its own type, a day for instance, is looked at as the JSON that it will be
        check(plain(entry.data), "data")


def instant(moment: datetime) -> str:
    """An instant as stored: UTC with six digits of a second, so that text order is time order."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def split(kind: CaseKind, act: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stays readable, and what is sealed, by field; in a correction `data.<field>`."""
    names = sealed_fields(kind)
    if names.isdisjoint(data) and act != CORRECT:
        return dict(data), {}
    open_, hidden = {}, {}
    for name, value in data.items():
        if name in names:
            hidden[name] = value
        else:
            open_[name] = value
    patch = open_.get("data")
    if act == CORRECT and isinstance(patch, dict):
        hidden.update({f"data.{k}": v for k, v in patch.items() if k in names})
        open_["data"] = {k: v for k, v in patch.items() if k not in names}
    return open_, hidden


def to_row(kind: CaseKind, case: str, entry: Entry, *, person: str, key: str, prev: str) -> tuple[Row, list[Secret]]:
    """The row of an accepted entry and its sealed values. Raises NotStrict where a worked value is not strict."""
    assert entry.recorded_at
    of = index(kind).acts.get(entry.act)
    if of is None or of.worked or "context" in entry.data:  # else it is what `check_entry` has passed, in its types
        check(plain(entry.data), "data")
    data, sealed, secrets = written(kind, entry.act, entry.data)
    row = Row(
        entry.seq,
        entry.act,
        entry.run,
        entry.by,
        entry.party,
        person,
        entry.on.isoformat(),
        entry.at.isoformat() if entry.at else "",
        instant(entry.recorded_at),
        version(kind, entry.on).isoformat(),
        data,
        sealed,
        prev,
        "",
        key,
    )
    return row._replace(digest=row.digest_of(case)), secrets


def written(kind: CaseKind, act: str, values: Mapping[str, Any]) -> tuple[str, str, list[Secret]]:
    """The columns `data` and `sealed` of values that are strict, and the values that are sealed."""
    if not values:
        return EMPTY, EMPTY, []
    open_, hidden = split(kind, act, plain(values))
    data = canonical(open_) if open_ else EMPTY
    if not hidden:
        return data, EMPTY, []
    secrets = [Secret(k, digest.new_salt(), canonical(v).encode()) for k, v in sorted(hidden.items())]
    sealed = {s.field: digest.commitment(s.salt or b"", s.field, s.value or b"") for s in secrets}
    return data, canonical(sealed), secrets


def to_entry(row: Row, secrets: Iterable[Secret] = ()) -> Entry:
    """The kernel's entry of a stored row, sealed values put back where they still exist."""
    data: dict[str, Any] = loads(row.data) if row.data != EMPTY else {}
    for secret in secrets:
        if secret.value is None:
            continue
        value = loads(bytes(secret.value))
        if secret.field.startswith("data."):
            data.setdefault("data", {})[secret.field.removeprefix("data.")] = value
        else:
            data[secret.field] = value
    return Entry(
        row.act,
        date.fromisoformat(row.effective_on),
        data,
        row.run,
        row.role,
        row.party,
        datetime.fromisoformat(row.at) if row.at else None,
        datetime.fromisoformat(row.recorded_at),
        row.seq,
    )


def to_entries(rows: Sequence[Row], secrets: Mapping[int, Sequence[Secret]]) -> list[Entry]:
    """Entries of a whole case; `secrets` by seq."""
    return [to_entry(row, secrets.get(row.seq, ())) for row in rows]


# -- the form of stored text, for what comes from elsewhere ----------------------------------------------------------

DAY = re.compile(r"(?a)\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"(?a)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
INTEGER = range(1, 1 << 31)  # a number that a column of both databases holds
_AT = re.compile(r"(?a)(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}:\d{2})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FORMS = {
    "effective_on": DAY, "law_version": DAY, "recorded_at": INSTANT, "at": _AT, "prev_digest": _DIGEST,
    "digest": _DIGEST, "idempotency_key": KEY, "act": re.compile(r"(?s).{1,128}"), "run": re.compile(r"(?s).{0,256}"),
    "role": re.compile(r"(?s).{0,64}"), "party": re.compile(r"(?s).{0,256}"), "person": re.compile(r"(?s).{0,256}"),
}  # fmt: skip


def is_instant(value: Any) -> bool:
    """Whether it is written as an instant and the calendar has it: what is kept is read as one on every later day."""
    return type(value) is str and bool(INSTANT.fullmatch(value)) and is_day(value)


def is_day(text: str) -> bool:
    """Whether the calendar has what is written as a day or an instant."""
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def wrong_column(row: Row) -> str:
    """The first column whose text this store would not have written, or ""."""
    if row.seq not in INTEGER:
        return "seq"
    for name, form in _FORMS.items():
        if not form.fullmatch(getattr(row, name)):
            return name
    for name in ("effective_on", "law_version", "recorded_at", "at"):
        if not is_day(getattr(row, name) or "2000-01-01"):
            return name
    return ""
