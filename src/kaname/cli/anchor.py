"""`kaname anchor`: the daily root over all cases, and what offices tell each other of theirs. `kaname receipt`."""

from typing import TYPE_CHECKING

import click

from kaname.cli import outfile, show
from kaname.cli.exchange import about, given
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, office
from kaname.law import T

if TYPE_CHECKING:
    from kaname.ledger.models import Anchor

_MAKE = T(
    "定点を作る：今あるすべての事件の先頭を、一つの値に。", "Make an anchor: the heads of all cases under one root."
)
_LIST = T("定点と、それに連署した機関。", "The anchors, and who has countersigned them.")
_PROOF = T("事件が最新の定点に含まれることの証明。", "The proof that the newest anchor covers a case.")
_CONTACT = T("他の機関に伝えるもの：新しい定点と、相手の定点への連署。",
             "What another office is told: new anchors, and our countersignature under its own.")  # fmt: skip
_MEET = T("他の機関が伝えたものを確かめて受け取る。", "Check and take in what another office tells.")
_SETTLE = T("食い違いのわけを確かめた後、閉じる。", "Close contradictions once people have found out why.")
_RECEIPT = T("記録の受領証（機関の署名つき）。", "The receipt of an entry, signed by the office.")
_STAMP = T("定点に時刻認証局の署名を得る（タイムスタンプ、RFC 3161）。",
           "Have an authority of time sign an anchor (time stamp, RFC 3161).")  # fmt: skip
_NUMBER = T("定点の番号（既定は最新）", "number of the anchor (default: the newest)")
_REQUEST = T(
    "求めだけを書き出す（外につながらない事務所で）", "write the request only, for an office without lines outside"
)
_REPLY = T("別の道で得た応答を受け取る", "take in an answer that came by another way")
_KEEP = T("定点と時刻認証を NAME.txt と NAME.tsr に書き出す（openssl ts で確かめられる）",
          "write the anchor and its time stamp to NAME.txt and NAME.tsr, for openssl ts to check")  # fmt: skip
_NO_AUTHORITY = T("時刻認証局の所在が KANAME_TIME_STAMPS にない；又は --request と --reply で",
                  "KANAME_TIME_STAMPS names no authority of time; name one, or use --request and --reply")  # fmt: skip
_NO_ANCHOR = T("定点がまだない；先に kaname anchor make", "there is no anchor yet; first: kaname anchor make")
_DAILY = T("今日の定点がまだないときだけ", "only where there is none of today")
_OUT = T("書き出すファイル（既定は標準出力）", "file (default: standard output)")
_OFFICE = T("機関（登録名又は公開鍵）", "office: its name or key")

command = Group(
    "anchor",
    (
        Entry("make", "kaname.cli.anchor", _MAKE, "make_command"),
        Entry("stamp", "kaname.cli.anchor", _STAMP, "stamp_command"),
        Entry("list", "kaname.cli.anchor", _LIST, "list_command"),
        Entry("proof", "kaname.cli.anchor", _PROOF, "proof_command"),
        Entry("contact", "kaname.cli.anchor", _CONTACT, "contact_command"),
        Entry("meet", "kaname.cli.anchor", _MEET, "meet_command"),
        Entry("settle", "kaname.cli.anchor", _SETTLE, "settle_command"),
    ),
    about=T("定点：記録が後から書き換えられていないことを、他の機関が示せるようにする。",
            "Anchors: so that other offices can show that nothing was rewritten here."),
    examples=("kaname anchor make --daily", "kaname anchor contact ministry --out contact.kaname"),
)  # fmt: skip


@bilingual("make", _MAKE, "kaname anchor make --daily")
@option("--daily", is_flag=True, about=_DAILY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def make_command(daily: bool, as_json: bool) -> None:
    with office():
        from kaname.ledger.proof import anchors

        made = anchors.daily() if daily else anchors.make()
        if daily:
            _beside_it()
    if as_json:
        show.as_json({"number": made.number, "made_at": made.made_at, "digest": made.digest} if made else None)
        return
    none = T("今日の定点はもうある", "there is an anchor of today already")
    show.lines([said(T(f"定点 {made.number}  {made.made_at}  {made.digest}",
                       f"anchor {made.number}  {made.made_at}  {made.digest}") if made else none)])  # fmt: skip


@bilingual("stamp", _STAMP, "kaname anchor stamp")
@argument("number", _NUMBER, type=click.IntRange(1), required=False)
@option("--request", "query", metavar="FILE", about=_REQUEST)
@option("--reply", metavar="FILE", about=_REPLY)
@option("--keep", metavar="NAME", about=_KEEP)
def stamp_command(number: int | None, query: str | None, reply: str | None, keep: str | None) -> None:
    if sum(one is not None for one in (query, reply, keep)) > 1:
        raise click.UsageError(
            said(T("--request、--reply、--keep はどれか一つ", "give one of --request, --reply, --keep"))
        )
    raw = given(reply) if reply else b""
    with office():
        from kaname.ledger.proof import stamps

        anchor = _anchor(number)
        if query:
            outfile.write(query, stamps.request(anchor))
            return
        if keep:
            _keep(anchor, keep)
            return
        kept = stamps.take_in(anchor, raw if reply else _asked(anchor))
    show.lines([said(T(f"定点 {kept.number}：{kept.authority} が {kept.at} に署名した",
                       f"anchor {kept.number}: stamped by {kept.authority} at {kept.at}"))])  # fmt: skip


def _anchor(number: int | None) -> "Anchor":
    """An anchor by its number, else the newest. Raises LedgerError."""
    from kaname.ledger.errors import LedgerError
    from kaname.ledger.models import Anchor
    from kaname.ledger.proof import anchors

    found = Anchor.objects.filter(number=number).first() if number else anchors.newest()
    if found is None:
        raise LedgerError(T(f"定点 {number} はない；あるものは kaname anchor list で",
                            f"there is no anchor {number}; see which there are: kaname anchor list")
                          if number else _NO_ANCHOR)  # fmt: skip
    return found


def _keep(anchor: "Anchor", name: str) -> None:
    from kaname.ledger.errors import LedgerError
    from kaname.ledger.proof import stamps

    found = stamps.of([anchor.number]).get(anchor.number)
    if not found:
        raise LedgerError(T(f"定点 {anchor.number} の時刻認証はまだない；先に kaname anchor stamp",
                            f"anchor {anchor.number} has no time stamp yet; first: kaname anchor stamp"))  # fmt: skip
    outfile.write(f"{name}.txt", anchor.statement.encode())
    outfile.write(f"{name}.tsr", bytes(found[0].answer))


def _asked(anchor: "Anchor") -> bytes:
    """The answer of the authority that the settings name. Raises LedgerError."""
    from django.conf import settings

    from kaname.ledger.errors import LedgerError
    from kaname.ledger.proof import stamps
    from kaname.notices import reach
    from kaname.site.outward import NotReached

    if not settings.KANAME_TIME_STAMPS:
        raise LedgerError(_NO_AUTHORITY)
    stamps.roots()  # whose answer nobody would believe need not be asked
    try:
        status, answer = reach.ask(settings.KANAME_TIME_STAMPS, stamps.request(anchor),
                                   {"Content-Type": stamps.REQUEST_TYPE}, stamps.LARGEST + 1,
                                   settings.KANAME_WEBHOOK_INSIDE)  # fmt: skip
    except NotReached as wrong:
        raise LedgerError(T(f"時刻認証局に届かない：{wrong.why}；後でもう一度",
                            f"the authority of time was not reached: {wrong.why}; try again later")
                          ) from None  # fmt: skip
    if status != 200:
        raise LedgerError(T(f"時刻認証局が {status} と答えた；KANAME_TIME_STAMPS を確かめること",
                            f"the authority of time answers {status}; look at KANAME_TIME_STAMPS"))  # fmt: skip
    return answer


def _beside_it() -> None:
    """What else is done once a day, each whatever becomes of the other: who is away, the authority of time or the key
    agent, delays only what is asked of it. Raises LedgerError with all that went wrong; it is tried again."""
    from kaname.ledger import envelope_keys
    from kaname.ledger.errors import LedgerError

    wrong = []
    for step in (envelope_keys.tidy, _stamp_of_the_day):
        try:
            step()
        except LedgerError as error:
            wrong.append(error.text)
        except OSError as error:
            wrong.append(T(str(error), str(error)))
    if wrong:
        raise LedgerError(T("；".join(one.ja for one in wrong), "; ".join(one.en for one in wrong)))


def _stamp_of_the_day() -> None:
    """The newest anchor is stamped where an authority is named. What hinders it is told and tried again later: the
    anchor is there already."""
    from django.conf import settings

    from kaname.ledger.proof import anchors, stamps

    last = anchors.newest()
    if settings.KANAME_TIME_STAMPS and last and not stamps.of([last.number]):
        stamps.take_in(last, _asked(last))


@bilingual("list", _LIST, "kaname anchor list")
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(as_json: bool) -> None:
    with office():
        from kaname.access.proofs import trust

        found = trust()
    if as_json:
        told = [{"number": a.number, "made_at": a.made_at, "digest": a.digest, "countersigned": a.countersigned,
                 "stamps": [{"authority": s.authority, "at": s.at} for s in a.stamped]}
                for a in found.anchors]  # fmt: skip
        wrong = [said(one) for one in found.contradictions]
        show.as_json({"key": found.key, "protected": found.protected, "anchors": told, "contradictions": wrong})
        return
    until = T(f"{found.protected} までの記録を、他の機関が請け合う", f"another office holds what was recorded until "
              f"{found.protected}") if found.protected else T("他の機関が請け合う記録はまだない",
              "no other office holds anything yet")  # fmt: skip
    rows = [
        (
            str(a.number),
            a.made_at,
            a.digest,
            "、".join(a.countersigned) or "-",
            "、".join(f"{s.authority} {s.at}" for s in a.stamped) or "-",
        )
        for a in found.anchors
    ]
    show.lines([said(until), *show.columns(rows), *(f"  {said(one)}" for one in found.contradictions)])


@bilingual("proof", _PROOF, "kaname anchor proof 1 --out case-1.proof")
@argument("case", CASE)
@option("--out", default="-", about=_OUT)
def proof_command(case: str, out: str) -> None:
    with office():
        from kaname.ledger.proof import anchors

        text = anchors.proof(case_id(case))
    outfile.write(out, text.encode())


@bilingual("contact", _CONTACT, "kaname anchor contact ministry --out contact.kaname")
@argument("recipient", _OFFICE)
@option("--out", default="-", about=_OUT)
def contact_command(recipient: str, out: str) -> None:
    with office():
        from kaname.ledger.proof import contact

        raw = contact.write(recipient)
    outfile.write(out, raw)


@bilingual("meet", _MEET, "kaname anchor meet contact.kaname")
@argument("file", T("受け取ったファイル。- は標準入力", "the file; - for standard input"))
@click.pass_context
def meet_command(ctx: click.Context, file: str) -> None:
    raw = given(file)
    with office():
        from kaname.ledger import keys
        from kaname.ledger.proof import contact, witness

        with about(file):
            sender, found = contact.take_in(raw)
        name, last, wrong = keys.name_of(sender), witness.newest(sender), [witness.words(one) for one in found]
    number = last.number if last else 0
    head = T(f"{name}：定点 {number} まで受け取った", f"{name}: anchors up to {number} taken in")
    show.lines([said(head)] if not wrong else [said(one) for one in wrong])
    ctx.exit(1 if wrong else 0)


@bilingual("settle", _SETTLE, "kaname anchor settle ministry")
@argument("other", _OFFICE)
def settle_command(other: str) -> None:
    with office():
        from kaname.ledger import keys
        from kaname.ledger.proof import witness

        count = witness.settle(keys.named(other))
    show.lines(
        [said(T(f"{count} 件の食い違いを閉じた。証拠は残る。", f"{count} contradictions closed; the evidence stays."))]
    )


@bilingual("receipt", _RECEIPT, "kaname receipt 1 1 --out entry-1.receipt")
@argument("case", CASE)
@argument("seq", T("記録の番号", "number of the entry"), type=click.IntRange(1))
@option("--out", default="-", about=_OUT)
def receipt_command(case: str, seq: int, out: str) -> None:
    with office():
        from kaname.ledger import reading, store
        from kaname.ledger.errors import LedgerError
        from kaname.ledger.proof import receipts

        head = reading.head(case_id(case))
        row = next((r for r in store.rows_of([head.pk])[head.pk] if r.seq == seq), None)
        if row is None:
            last = head.head_seq
            raise LedgerError(
                T(f"記録 {seq} はない；1 から {last} まで", f"there is no entry {seq}; expected 1 to {last}")
            )
        raw = receipts.write(head, row)
    outfile.write(out, raw)
