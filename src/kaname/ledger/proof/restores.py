"""After a database was put back to an old state: an epoch is raised, told to everybody, and what is missing is named.

    {"anchor": number of the newest anchor held, "at", "epoch": from 1, "format": "kaname-restored/1", "from": key}

What an office gave receipts for and no longer has, it learns from others: from its own state before, where that can
still be read; from receipts that people bring; from offices that hold copies of its cases. Each such entry is a row of
`Missing` until it is back. An entry that this office has signed for, or has read in its own former state, is *proven*:
a partner's copy of the case then brings it back, up to that entry (`exchange`). What a partner merely says is not.

The number of the epoch and of the newest anchor also lie in KANAME_HOME: a database that went back by another way than
`kaname restore` is noticed by them, and by every other office at the next contact.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from kaname.law import T, Text
from kaname.ledger import clock, keys, link, rows, signed
from kaname.ledger.models import Anchor, Case, Countersignature, Entry, Missing, Restore
from kaname.ledger.signed import Untrusted
from kaname.site.home import home, write_over

FORMAT, DOMAIN = "kaname-restored/1", b"kaname/restored/1"
_SHAPE = {"anchor": int, "at": str, "epoch": int, "format": str, "from": str}
_EPOCH, _ANCHOR = "restore_epoch", "newest_anchor"
# How a missing entry is proven; `CHANGED`: by nothing, its case was changed. Else the key of the office that told it.
BEFORE, RECEIPT, CHANGED = "before", "receipt", "changed"
_CASE = re.compile(r"[a-z2-7]{26}")
_MOST = 20_000  # heads of copies in one contact


class Lost(NamedTuple):
    """An entry that is not here, and who says that it was."""

    case: str
    seq: int
    digest: str
    told_by: str


# -- going back --------------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_epoch(lost: Iterable[Lost] = ()) -> Restore:
    """Say, here and from now on to everybody, that the database was put back. `lost`: entries known to have gone."""
    last = Restore.objects.filter(office="").order_by("-epoch").first()
    epoch = max(last.epoch if last else 0, _kept(_EPOCH)) + 1
    anchor, at = _newest(), rows.instant(clock.now())
    said = {"anchor": anchor, "at": at, "epoch": epoch, "format": FORMAT, "from": keys.own_key()}
    made: Restore = Restore.objects.create(
        office="", epoch=epoch, at=at, anchor=anchor, statement=signed.write(DOMAIN, said).decode()
    )
    note(list(lost))
    _keep(_EPOCH, epoch)
    transaction.on_commit(lambda: _keep(_ANCHOR, anchor))  # until it is said, the mark says that nobody has
    return made


def anchored(number: int) -> None:
    """An anchor was made and is on the disk."""
    _keep(_ANCHOR, max(number, _kept(_ANCHOR)))


def unsaid() -> Text | None:
    """That the database went back behind an anchor made here, and nobody has said so. None: it has not."""
    if (made := _kept(_ANCHOR)) <= (held := _newest()):
        return None
    return T(f"定点 {made} を作ったのに、{held} までしかない：データベースが古い写しに戻されている。"
             "kaname missing --restored で届け出ること",
             f"anchor {made} was made here, but the newest is {held}: the database was put back to an old state. "
             "Say so: kaname missing --restored")  # fmt: skip


def _newest() -> int:
    return Anchor.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _kept(name: str) -> int:
    path = home() / name
    return int(path.read_text(encoding="ascii")) if path.exists() else 0


def _keep(name: str, value: int) -> None:
    write_over(home() / name, f"{value}\n".encode())


def epochs() -> list[Restore]:
    """How often this office was put back, the first time first."""
    return list(Restore.objects.filter(office="").order_by("epoch"))


def of_epoch(one: Restore) -> Text:
    """One restore as a sentence, for everybody who may hold a receipt."""
    return T(f"{one.at} に、この機関の記録は古い写しから戻された（第 {one.epoch} 回、定点 {one.anchor} まで）。"
             "受領証をお持ちの方は、記録がここにあるか確かめ、なければ管理者へ",
             f"on {one.at} the records of this office were put back to an old state (restore {one.epoch}, anchors to "
             f"{one.anchor}); if you hold a receipt, check that its entry is here, and bring it if not")  # fmt: skip


# -- what is missing ---------------------------------------------------------------------------------------------------


def note(lost: Sequence[Lost]) -> int:
    """Entries that somebody says were here; those that are, are passed over. How many are missing."""
    here = _entries_of(sorted({one.case for one in lost}))
    gone = [one for one in lost if (one.case, one.seq, one.digest) not in here]
    at = rows.instant(clock.now())
    made = (Missing(**one._asdict(), at=at) for one in gone)
    Missing.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return len(gone)


_ENTRIES = """SELECT c.public_id, e.seq, e.digest FROM ledger_case c JOIN ledger_entry e ON e.case_id = c.id
WHERE c.public_id IN ({})"""


def _entries_of(cases: Sequence[str]) -> set[tuple[str, int, str]]:
    parts = [cases[i : i + 500] for i in range(0, len(cases), 500)]
    return {(case, seq, digest) for part in parts
            for case, seq, digest in link.rows(_ENTRIES.format(link.marks(part)), part)}  # fmt: skip


def missing() -> list[Lost]:
    """Every entry that was here once and is not, by case and number; proven ones say so."""
    here = Entry.objects.filter(case__public_id=OuterRef("case"), seq=OuterRef("seq"), digest=OuterRef("digest"))
    gone = Missing.objects.filter(~Exists(here)).order_by("case", "seq", "told_by")
    return [Lost(*one) for one in gone.values_list("case", "seq", "digest", "told_by")]


def words(one: Lost) -> Text:
    """Who says that an entry is missing, and what is to be done about it."""
    if one.told_by in _SAYS:
        return _SAYS[one.told_by]
    who = keys.name_of(one.told_by)
    return T(
        f"{who} が写しを持つ。受領証を持つ人に出してもらい（kaname missing --receipts）、{who} に束を返してもらう",
        f"{who} holds a copy; have a receipt brought (kaname missing --receipts), then {who} export it back",
    )


_SAYS = {
    BEFORE: T("前の状態にあった。写しを持つ機関に束を返してもらって kaname import、なければもう一度出してもらう",
              "it was in the state before; have an office with a copy export it back and import it, or file it again"),
    RECEIPT: T("受領証がある。写しを持つ機関に束を返してもらって kaname import、なければもう一度出してもらう",
               "there is a receipt; have an office with a copy export it back and import it, or have it filed again"),
    CHANGED: T("前の状態にあったが、その事件は書き換えられていた。受領証を出してもらう（kaname missing --receipts）",
               "it was in the state before, but its case had been changed; have a receipt brought (kaname missing "
               "--receipts)"),
}  # fmt: skip


def was_ours(case: str) -> bool:
    """Whether entries of a case kept here have gone, by whatever account."""
    return link.one('SELECT 1 FROM ledger_missing WHERE "case" = %s LIMIT 1', (case,)) is not None


def proven(case: str) -> Mapping[int, str]:
    """Digests by number of the entries of a case that this office surely had."""
    found = Missing.objects.filter(case=case, told_by__in=(BEFORE, RECEIPT))
    return dict(found.values_list("seq", "digest"))


# -- telling and hearing -----------------------------------------------------------------------------------------------


def told() -> list[str]:
    """Every statement of this office that it was put back."""
    return [text for (text,) in link.rows("SELECT statement FROM ledger_restore WHERE office = '' ORDER BY epoch", ())]


_EPOCHS = "SELECT epoch FROM ledger_restore WHERE office IN ({})"


def _epochs_of(line: Sequence[str]) -> set[int]:
    """What is known here of an office (all its keys): that it was put back."""
    return {epoch for (epoch,) in link.rows(_EPOCHS.format(link.marks(line)), line)}


def held_for(office: str) -> list[list[Any]]:
    """For an office (key) that has said it was put back: how far the copies of its cases go that lie here."""
    line = keys.line(office)
    if not _epochs_of(line):
        return []
    heads = Case.objects.filter(origin__in=line).order_by("pk").values_list("public_id", "head_seq", "head_digest")
    return [list(head) for head in heads[:_MOST]]


def hear(office: str, statements: Sequence[str], held: Sequence[Any], countersigned: int) -> bool:
    """What an office (key) tells: that it was put back, and what it holds of ours. `countersigned`: the number of the
    newest anchor of ours that it holds now; of later ones it knows nothing any more. Raises Untrusted.

    Returns whether it still speaks so: not where this was long on its way, sent before a restore that is known here.
    """
    line = keys.line(office)
    told_now = [_read(text, line) for text in statements]
    if any(one["epoch"] >= after["epoch"] for one, after in pairwise(told_now)):
        raise _form()
    known = _epochs_of(line)
    new = [(said, text) for said, text in zip(told_now, statements, strict=True) if said["epoch"] not in known]
    for said, text in new:
        Restore.objects.create(office=office, epoch=said["epoch"], at=said["at"], anchor=said["anchor"], statement=text)
    last = max((said["epoch"] for said in told_now), default=0)
    still = last >= max(known, default=0)
    if new and still:
        Countersignature.objects.filter(office__in=line, number__gt=countersigned).delete()
    if held and Restore.objects.filter(office="").exists():
        note([lost for one in held for lost in _beyond(one[0], one[1], one[2], office)])
    return still


def _beyond(case: str, seq: int, digest: str, office: str) -> list[Lost]:
    """The last entry of a copy, where the case itself is not so long: it stands for all before it."""
    ours = Case.objects.filter(public_id=case).values_list("origin", "head_seq").first()
    return [] if ours and (ours[0] or ours[1] >= seq) else [Lost(case, seq, digest, office)]


def checked(held: Any) -> bool:
    """Whether what is told of copies has its form."""
    return isinstance(held, list) and len(held) <= _MOST and all(_head(one) for one in held)


def _head(one: Any) -> bool:
    return (
        isinstance(one, list) and len(one) == 3 and isinstance(one[0], str) and bool(_CASE.fullmatch(one[0]))
        and type(one[1]) is int and one[1] in rows.INTEGER and bool(keys.HEX_KEY.fullmatch(str(one[2])))
    )  # fmt: skip


def _read(text: str, senders: Sequence[str]) -> dict[str, Any]:
    said = signed.read(DOMAIN, text.encode(), senders)
    shape = {name: type(value) for name, value in said.items()}
    if shape != _SHAPE or said["format"] != FORMAT or not rows.is_instant(said["at"]) or not _numbered(said):
        raise _form()
    return said


def _form() -> Untrusted:
    return Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))


def _numbered(said: Mapping[str, Any]) -> bool:
    """Restores from 1, anchors from 0 (there was none): each as the columns hold it."""
    return said["epoch"] in rows.INTEGER and said["anchor"] + 1 in rows.INTEGER
