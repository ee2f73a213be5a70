"""Anchors (定点): once a day the root over the heads of all cases kept here, numbered, signed, naming the one before.

    {"before": digest of the anchor before or "", "depth", "format": "kaname-anchor/1", "from": key, "made_at",
     "number": from 1 without a gap, "root"}
    digest = SHA-256( frame("kaname/anchor/1") frame(line 1 of the statement) )

An anchor says nothing of any case, so that it may be shown to everyone. What it covers is kept in `Anchored`, so that
the root can be worked out again on any later day: `faults` does, and names what has gone since.
"""

import hmac
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction

from kaname.days import JST
from kaname.law import T, Text
from kaname.ledger import clock, digest, keys, link, reading, rows, signed
from kaname.ledger.errors import Elsewhere, LedgerError
from kaname.ledger.models import Anchor
from kaname.ledger.proof import restores, tree
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import canonical
from kaname.site.home import kept, secret

FORMAT, DOMAIN, PROOF = "kaname-anchor/1", b"kaname/anchor/1", "kaname-proof/1"
_SHAPE = {"before": str, "depth": int, "format": str, "from": str, "made_at": str, "number": int, "root": str}
_KEY = "anchor_key"


class Statement(NamedTuple):
    """What an anchor says, its signature found good."""

    number: int
    digest: str
    before: str
    made_at: str
    depth: int
    root: str
    sender: str
    text: str


def read(text: str, senders: Sequence[str]) -> Statement:
    """The statement of an anchor signed by one of `senders` (keys). Raises Untrusted."""
    raw = text.encode()
    said = signed.read(DOMAIN, raw, senders)
    shape = {name: type(value) for name, value in said.items()}
    if shape != _SHAPE or said["format"] != FORMAT or said["number"] not in rows.INTEGER:
        raise Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    if not rows.is_instant(said["made_at"]):
        raise Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    return Statement(said["number"], digest_of(raw), said["before"], said["made_at"], said["depth"], said["root"],
                     said["from"], text)  # fmt: skip


def digest_of(statement: bytes) -> str:
    return digest.frames(DOMAIN, statement.partition(b"\n")[0])


# -- making ----------------------------------------------------------------------------------------------------------


def newest() -> Anchor | None:
    return Anchor.objects.order_by("-number").first()


def daily() -> Anchor | None:
    """Today's anchor where there is none yet; None where there is, or another process makes it just now."""
    last = newest()
    if last and datetime.fromisoformat(last.made_at).astimezone(JST).date() >= clock.today():
        return None
    try:
        return make()
    except IntegrityError:
        return None


def make() -> Anchor:
    """An anchor over all cases kept here, as they stand. Raises IntegrityError where another process was faster."""
    with transaction.atomic(durable=True):
        last = newest()
        number = last.number + 1 if last else 1
        with connection.cursor() as cursor:
            cursor.execute(_COVER, [number])
        grown = tree.levels(_leaves(number, list(_heads(number))))
        made_at = rows.instant(max(clock.after(last.made_at if last else ""), _told()))
        said = {"before": last.digest if last else "", "depth": len(grown) - 1, "format": FORMAT,
                "from": keys.own_key(), "made_at": made_at, "number": number, "root": grown[-1][0]}  # fmt: skip
        raw = signed.write(DOMAIN, said)
        made = Anchor.objects.create(number=number, made_at=made_at, digest=digest_of(raw), statement=raw.decode())
    restores.anchored(number)
    return made


_TOLD = "told at"  # no circle has a name of two words


_NOTE = (
    "INSERT INTO ledger_counter (series, value) VALUES (%s, %s) ON CONFLICT (series) DO UPDATE "
    "SET value = excluded.value WHERE ledger_counter.value < excluded.value"
)


def note_told(moment: datetime) -> None:
    """Something was told to another office at an instant; the latest is kept, in microseconds."""
    link.run(_NOTE, (_TOLD, round(moment.timestamp() * 1_000_000)))


def _told() -> datetime:
    """Just after what was told last."""
    (value,) = link.one("SELECT value FROM ledger_counter WHERE series = %s", (_TOLD,)) or (0,)
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=value + 1)


_COVER = """INSERT INTO ledger_anchored (number, case_id, seq)
SELECT %s, c.id, c.head_seq FROM ledger_case c WHERE c.origin = '' AND c.head_seq > COALESCE(
  (SELECT MAX(a.seq) FROM ledger_anchored a WHERE a.case_id = c.id), 0)"""

# The head of each case at an anchor. The entry may have gone since: then its digest is NULL.
_COVERED = """SELECT c.public_id, a.seq, e.digest FROM ledger_anchored a
JOIN (SELECT case_id, MAX(number) AS number FROM ledger_anchored WHERE number <= %s GROUP BY case_id) m
  ON m.case_id = a.case_id AND m.number = a.number
JOIN ledger_case c ON c.id = a.case_id
LEFT JOIN ledger_entry e ON e.case_id = a.case_id AND e.seq = a.seq"""


class _Covered(NamedTuple):
    case: str
    seq: int
    digest: str | None


def _heads(number: int) -> Iterator[_Covered]:
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [number])
        for row in cursor.fetchall():
            yield _Covered(*row)


def _leaves(number: int, heads: Sequence[_Covered]) -> list[str]:
    """The leaves of an anchor, filled up with leaves of nothing."""
    key = secret(_KEY)
    found = [tree.leaf(_blind(key, number, h.case), h.case, h.seq, h.digest) for h in heads if h.digest]
    empty = (1 << tree.depth(len(found))) - len(found)
    return [*found, *(tree.nothing(_blind(key, number, str(i))) for i in range(empty))]


def _blind(key: bytes, number: int, of: str) -> bytes:
    return hmac.digest(key, f"{number}/{of}".encode(), "sha256")


# -- proving ---------------------------------------------------------------------------------------------------------


def proof(case: str) -> str:
    """That the newest anchor covers a case, and up to which entry: canonical JSON that `kaname_verify` checks.

    {"anchor": statement, "blind", "case", "digest", "format": "kaname-proof/1", "path", "place", "seq"}. It tells
    nothing of any other case. Raises Elsewhere for a copy, LedgerError where no anchor covers the case yet.
    """
    if reading.head(case).origin:
        raise Elsewhere
    last = newest()
    heads = list(_heads(last.number)) if last else []
    mine = next((h for h in heads if h.case == case and h.digest), None)
    if last is None or mine is None or mine.digest is None:
        raise LedgerError(T("この事件を含む定点がまだない；kaname anchor make の後に",
                            "no anchor covers this case yet; make one first: kaname anchor make"))  # fmt: skip
    grown = tree.levels(_leaves(last.number, heads))
    blind = _blind(secret(_KEY), last.number, case)
    place = grown[0].index(tree.leaf(blind, case, mine.seq, mine.digest))
    said = {"anchor": last.statement, "blind": blind.hex(), "case": case, "digest": mine.digest, "format": PROOF,
            "path": tree.path(grown, place), "place": place, "seq": mine.seq}  # fmt: skip
    return canonical(said) + "\n"


# -- verifying -------------------------------------------------------------------------------------------------------


class Missing(NamedTuple):
    """An entry that an anchor covers and that is no longer there. `case` "": the anchors themselves."""

    case: str
    seq: int
    text: Text


def faults() -> list[Missing]:
    """Whether the anchors are whole, and the newest one still covers what is recorded."""
    anchors = list(Anchor.objects.order_by("number"))
    if not anchors:
        return []
    senders = keys.own_keys()
    found = [*_chain_faults(anchors, senders)]
    if kept(_KEY) is None:
        return [*found, Missing("", 0, _NO_KEY)]
    last = anchors[-1]
    heads = list(_heads(last.number))
    gone = [Missing(h.case, h.seq, _GONE) for h in heads if h.digest is None]
    if gone or found:
        return [*found, *gone]
    said = read(last.statement, senders)
    if tree.levels(_leaves(last.number, heads))[-1][0] != said.root:
        text = T(f"記録が定点 {last.number}（{last.made_at}）の後に書き換えられている",
                 f"entries were rewritten after anchor {last.number} of {last.made_at}")  # fmt: skip
        found.append(Missing("", 0, text))
    return found


_NO_KEY = T("anchor_key がなく、定点を計算し直せない；KANAME_HOME に戻すこと",
            "anchor_key is missing: no root can be worked out again; put it back into KANAME_HOME")  # fmt: skip
_GONE = T("定点に含まれていた記録がない", "an anchor covers this entry, but it is no longer there")


def _chain_faults(anchors: Sequence[Anchor], senders: Sequence[str]) -> Iterator[Missing]:
    before = ""
    for place, anchor in enumerate(anchors, 1):
        try:
            said = read(anchor.statement, senders)
        except Untrusted as wrong:
            yield Missing(
                "", 0, T(f"定点 {anchor.number}：{wrong.text.ja}", f"anchor {anchor.number}: {wrong.text.en}")
            )
            return
        if (said.number, said.number, said.before, said.digest, said.made_at) != (
            place, anchor.number, before, anchor.digest, anchor.made_at,
        ):  # fmt: skip
            yield Missing("", 0, T(f"定点 {place} が前の定点につながらない",
                                   f"anchor {place} does not continue the one before it"))  # fmt: skip
            return
        before = said.digest


def protected_until() -> str:
    """Up to which instant another office holds what is recorded here; "" where none does."""
    found = link.one(_PROTECTED, ())
    return str(found[0]) if found else ""


_PROTECTED = "SELECT made_at FROM ledger_anchor WHERE number = (SELECT MAX(number) FROM ledger_countersignature)"
