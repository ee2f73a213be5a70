"""`kaname keys shares`, `kit`, `drill`, `recover`: the keys of an office come back by any two of three people."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaname.cli import show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import migrate, office
from kaname.cli.who import BY, EMAIL, granter, person, wrong
from kaname.law import T

if TYPE_CHECKING:
    from kaname.ledger.shares import Share

SHARES = T("回復の分担片を三つ作り、一人ずつ一度だけ示す。前の組は使えなくなる。",
           "Make three recovery shares, each shown once to its holder; those of before are void.")  # fmt: skip
KIT = T("鍵を、分担片二つで開く包みに入れる。写しとは別に保管する。",
        "Write the keys into a kit that two shares open. Keep it apart from backups.")  # fmt: skip
DRILL = T("二つの分担片が合うことを確かめる。何も変えない。", "Prove that two shares fit. Nothing is changed.")
RECOVER = T(
    "新しい機械で、包みと二つの分担片から鍵を戻す。", "On a new machine: the keys back from a kit and two shares."
)
FOR = T("分担片を持つ人（三人、三度書く）", "who holds a share (three people: give it three times)")
PASSPHRASE = T("合言葉も使う（聞かれる）", "a passphrase is used as well (asked for)")
FILE = T("包みのファイル", "file of the kit")
KIT_FILE = T("包みも開けて、今の鍵があるかを見る", "open a kit as well, and see whether it holds today's keys")
_SHARE = T("分担片 {number}/3（組 {set}）、{name} の分。紙に書き写し、ほかの人に見せない：",
           "Share {number} of 3 (set {set}), for {name}. Copy it to paper and show it to nobody:")  # fmt: skip
_THEN = T("次に kaname keys drill で確かめ、kaname keys kit で包みを作り直すこと。前の組の紙と包みは、その後で破棄する",
          "Now prove it (kaname keys drill) and write a new kit (kaname keys kit); then destroy papers and kits of the "
          "set before")  # fmt: skip
_BACK = T("鍵 {n} 個を戻した；次に kaname restore 写し、kaname verify",
          "{n} keys are back; next: kaname restore BACKUP, kaname verify")  # fmt: skip
_KIT_OR_AGENT = T(
    "包みのファイル。鍵の番人が回復した後なら、書かない", "file of the kit; none after the key agent has recovered"
)
_REPLACE = T("鍵の揃った事務所でも、番人が渡すものに置き換える（今の鍵は脇に置く）",
             "take what the agent hands out also where the office has all its keys; those are kept aside")  # fmt: skip
_COMPLETE = T("包みは開き、今の鍵がすべてある", "the kit opens and holds all keys of today")
_LACKS = T("包みに今の鍵がない（{n} 個）；kaname keys kit で作り直すこと",
           "the kit lacks {n} of today's keys; write a new one: kaname keys kit")  # fmt: skip


@bilingual(
    "shares", SHARES, "kaname keys shares --for a@example.jp --for b@example.jp --for c@example.jp --by boss@example.jp"
)
@option("--for", "holders", multiple=True, type=EMAIL, about=FOR)
@option("--passphrase", "passphrased", is_flag=True, about=PASSPHRASE)
@option("--by", type=EMAIL, about=BY)
def shares_command(holders: tuple[str, ...], passphrased: bool, by: str | None) -> None:
    if len(set(map(str.lower, holders))) != 3:
        raise wrong("--for", T("異なる三人を（--for を三度）", "expected three different people (--for, three times)"))
    with office():
        from kaname.ledger import recovery

        people, who = [person(one, "--for") for one in holders], granter(by)
        word = passphrase(passphrased, confirm=True)
        made = recovery.make([one.public_id for one in people], who.public_id if who else "", word)
        for holder, share in zip(people, made, strict=True):
            shown(holder.name, share)
    show.lines([said(_THEN)])


@bilingual("kit", KIT, "kaname keys kit office.kit --by boss@example.jp")
@argument("file", FILE)
@option("--by", type=EMAIL, about=BY)
def kit_command(file: str, by: str | None) -> None:
    with office():
        from kaname.ledger import recovery
        from kaname.site.home import write_new

        if Path(file).exists():
            raise wrong("FILE", T(f"{file} はすでにある；新しい名を", f"{file} exists; expected a new name"))
        who = granter(by)
        raw = recovery.kit(who.public_id if who else "")
        try:
            write_new(Path(file), raw)
        except OSError as error:
            raise wrong(
                "FILE", T(f"{file}：書けない（{error.strerror}）", f"{file}: cannot be written ({error.strerror})")
            ) from None
    show.lines([said(T(f"{file}：写しとは別の所に置き、前の包みは破棄すること",
                       f"{file}: keep it where backups are not, and destroy the kit of before"))])  # fmt: skip


@bilingual("drill", DRILL, "kaname keys drill --kit office.kit --by boss@example.jp")
@option("--kit", "file", metavar="FILE", about=KIT_FILE)
@option("--passphrase", "passphrased", is_flag=True, about=PASSPHRASE)
@option("--by", type=EMAIL, about=BY)
def drill_command(file: str | None, passphrased: bool, by: str | None) -> None:
    with office():
        from kaname.ledger import recovery

        recovery.held_here()  # before anybody types
        who, raw = granter(by), read(file, "--kit") if file else None
        first, second = two()
        done = recovery.drill(first, second, passphrase(passphrased), raw, who.public_id if who else "")
    tell_drill(first.number, second.number, done.lacking)


@bilingual("recover", RECOVER, "kaname keys recover office.kit")
@argument("file", _KIT_OR_AGENT, required=False)
@option("--passphrase", "passphrased", is_flag=True, about=PASSPHRASE)
@option("--replace", is_flag=True, about=_REPLACE)
def recover_command(file: str | None, passphrased: bool, replace: bool) -> None:
    if file is not None and replace:
        raise wrong("--replace", T("FILE とともには使わない", "not with FILE"))
    with office(guarded=False):
        from kaname.ledger import guards, recovery

        if not guards.has_tables():
            migrate()
        if file is None:  # the key agent has opened the kit: no share is typed here
            done = recovery.fetch(replace)
        else:
            recovery.held_here()
            raw = read(file, "FILE")
            first, second = two()
            done = recovery.recover(raw, first, second, passphrase(passphrased))
    lines = [_BACK.fill(n=len(done.placed))]
    if done.destroyed:
        lines.append(T(f"破棄された区画 {len(done.destroyed)} 個は戻さない",
                       f"{len(done.destroyed)} compartments were destroyed and stay so"))  # fmt: skip
    if done.aside:
        lines.append(T(f"ここにあった別の鍵は {done.aside} に", f"other keys that lay here are kept in {done.aside}"))
    show.lines(list(map(said, lines)))


def shown(name: str, share: "Share") -> None:
    """A share, to its holder alone."""
    _alone(name)
    show.lines([said(_SHARE.fill(number=share.number, set=share.set, name=name)), *_numbered(share.words)])


def tell_drill(first: int, second: int, lacking: list[str] | None) -> None:
    """What a drill has found; exit 1 where the kit lacks keys."""
    lines = [T(f"分担片 {first} と {second} は合う", f"shares {first} and {second} fit")]
    if lacking is not None:
        lines.append(_LACKS.fill(n=len(lacking)) if lacking else _COMPLETE)
    show.lines(list(map(said, lines)))
    click.get_current_context().exit(1 if lacking else 0)


def two() -> "tuple[Share, Share]":
    """Two shares as they are typed, each looked at before the next is asked for; lines of a pipe otherwise."""
    from kaname.ledger import shares

    asked = T("{n} つ目の分担片（33 語）", "share {n} of two (33 words)")
    first, second = (shares.read(click.prompt(said(asked.fill(n=n)), err=True)) for n in (1, 2))
    return first, second


def passphrase(wanted: bool, *, confirm: bool = False) -> str:
    if not wanted:
        return ""
    asked = said(T("合言葉", "passphrase"))
    return str(click.prompt(asked, hide_input=True, confirmation_prompt=confirm, err=True))


def _alone(name: str) -> None:
    """On a terminal each holder comes to it alone: what was shown before is wiped first."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        click.pause(
            said(T(f"{name} だけが画面の前に。何かキーを……", f"Only {name} before the screen now. Press any key ..."))
        )
        click.clear()


def _numbered(words: str) -> list[str]:
    """Eleven lines of three words, so that a place is found again on paper."""
    each = [f"{n:>3} {word:<9}" for n, word in enumerate(words.split(), 1)]
    return ["".join(each[n : n + 3]).rstrip() for n in range(0, len(each), 3)]


def read(file: str, place: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise wrong(
            place, T(f"{file}：読めない（{error.strerror}）", f"{file}: cannot be read ({error.strerror})")
        ) from None
