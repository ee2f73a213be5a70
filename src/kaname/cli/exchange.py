"""`kaname export`, `import`, `office`: cases between offices as signed bundles."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaname.cli import outfile, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, office
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_EXPORT = T("事件を、署名した束として他の機関に宛てて書き出す。", "Write a case as a signed bundle for another office.")
_IMPORT = T("登録した機関の束を確かめて取り込む。", "Check a bundle of a pinned office and take it in.")
_OFFICE = T("この機関の公開鍵と、登録した機関を示す。", "Show this office's public key and the offices pinned here.")
_PIN = T("相手の鍵を登録する（束とは別の道で受け取ったもの）", "pin a key that came by another way than bundles")
_SPEAK_OF = T(
    "この機関とのやりとりを他に知られてよい；定点を比べ合う",
    "others may know that we deal with it: they compare its anchors",
)
_RENEW = T("署名の鍵を新しくし、相手に伝えるものを書き出す", "a new signing key; writes what tells the partners")
_SUCCEED = T("相手の新しい鍵を、今の鍵の署名で受け取る", "take a partner's new key, signed by its present one")
_BY = T("誰の権限と承認で出すか（メールアドレス）", "with whose rights and approval it leaves (address)")
_IN_WHOSE_NAME = T("保全対象の事件である。承認を得た人を --by で示すこと",
                   "the case is designated; name by --by the person whose copy was approved")  # fmt: skip
_KEEP = T("封緘を開いた束を書き出す（kaname-verify で確かめられる）",
          "write the bundle taken out of its envelope, for kaname-verify to check")  # fmt: skip
_LARGEST = (256 << 20) + 4096  # a bundle and its envelope (`bundle.LARGEST_FILE`, `envelope.OVERHEAD`)


@bilingual("export", _EXPORT, "kaname export 1 --to ministry --out case.kaname")
@argument("case", CASE)
@option("--to", "recipient", required=True, about=T("宛先の機関（登録名又は公開鍵）", "office: its name or key"))
@option("--out", default="-", about=T("書き出すファイル（既定は標準出力）", "file (default: standard output)"))
@option("--by", default="", about=_BY)
def export_command(case: str, recipient: str, out: str, by: str) -> None:
    with office():
        raw = _as_person(by, case_id(case), recipient) if by else _as_host(case_id(case), recipient)
    outfile.write(out, raw)


def _as_person(by: str, case: str, recipient: str) -> bytes:
    from kaname.access.api import AccessError, UnknownCase, export
    from kaname.cli.who import person

    try:
        return export(person(by), case, recipient)
    except UnknownCase:
        text = T(f"{by} の知ることのできる事件にない", f"no case that {by} may know of")
        raise BadInput([Problem("CASE", 0, "", text)]) from None
    except AccessError as wrong:
        raise BadInput([Problem("CASE", 0, "", wrong.text)]) from None


def _as_host(case: str, recipient: str) -> bytes:
    """The host is nobody who could be asked for a copy: what is designated goes out in a person's name."""
    from kaname.access.custody.gate import held_back
    from kaname.ledger.api import send

    if held_back(case):
        raise BadInput([Problem("--by", 0, "", _IN_WHOSE_NAME)])
    return send(case, recipient)


@bilingual("import", _IMPORT, "kaname import case.kaname")
@argument("file", T("束のファイル。- は標準入力", "bundle; - for standard input"))
@option("--keep", metavar="FILE", about=_KEEP)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def import_command(file: str, keep: str | None, as_json: bool) -> None:
    raw = given(file)
    with office():
        from kaname.cli.office import plain
        from kaname.ledger import envelope
        from kaname.ledger.api import take_in

        with about(file):
            bundle = envelope.opened(raw)
            taken = take_in(bundle)
        if keep:
            outfile.write(keep, bundle)
    if as_json:
        show.as_json(plain(taken))
        return
    show.lines([said(T(f"事件 {taken.number}：記録 {taken.entries} 件のうち {taken.new} 件が新しい",
                       f"case {taken.number}: {taken.entries} entries, {taken.new} of them new"))])  # fmt: skip


def given(file: str) -> bytes:
    """What another office has sent: a file, or - for standard input. Raises BadInput."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(_LARGEST + 1)
        with Path(file).open("rb") as source:
            return source.read(_LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput([Problem(file, 0, "", T(f"読めない（{why}）", f"cannot be read ({why})"))]) from None


@contextmanager
def about(file: str) -> Iterator[None]:
    """What is not taken is told with the file it came in. Raises BadInput."""
    from kaname.ledger.signed import Untrusted

    try:
        yield
    except Untrusted as wrong:
        raise BadInput([Problem(file, 0, "", wrong.text)]) from None


@bilingual("office", _OFFICE, "kaname office --pin ministry=0123...ef")
@option("--pin", "pinned", multiple=True, metavar="NAME=KEY", about=_PIN)
@option("--speak-of", "spoken_of", multiple=True, metavar="NAME", about=_SPEAK_OF)
@option("--renew", "renewed", metavar="FILE", about=_RENEW)
@option("--succeed", "succeeded", multiple=True, metavar="NAME=FILE", about=_SUCCEED)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def office_command(
    pinned: tuple[str, ...], spoken_of: tuple[str, ...], renewed: str | None, succeeded: tuple[str, ...], as_json: bool
) -> None:
    with office():
        from kaname.ledger import clock, keys, rows

        for one in pinned:
            name, _, key = one.partition("=")
            keys.pin(name, key)
        for name in spoken_of:
            keys.speak_of(name)
        for one in succeeded:
            name, _, file = one.partition("=")
            with about(file):
                keys.succeed(name, given(file))
        if renewed:
            keys.renew(rows.instant(clock.now()), lambda told: outfile.write(renewed, told))
        own, known = keys.own_key(), keys.offices()
    if as_json:
        show.as_json({"key": own, "offices": known})
        return
    here = said(T("この機関", "this office"))
    show.lines(show.columns([(here, own), *known.items()], indent=""))
