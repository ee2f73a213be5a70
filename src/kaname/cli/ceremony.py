"""`kaname keys ceremony`: shares, drills and recovery of the keys that the key agent holds, run as its user."""

from collections.abc import Iterator
from contextlib import contextmanager

from kaname.cli import recovery, show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import settings
from kaname.cli.who import EMAIL, wrong
from kaname.law import T

_ABOUT = T("鍵の番人が持つ鍵の分担片・訓練・回復。番人のユーザーで、その KANAME_HOME で行う。",
           "Shares, drills, recovery of the key agent's keys; run as its user, in its KANAME_HOME.")  # fmt: skip
_SHARES = T("番人の鍵の分担片を三つ作り、一人ずつ一度だけ示す。前の組は使えなくなる。",
            "Three shares of the agent's keys, each shown once to its holder; those of before are void.")  # fmt: skip
_DRILL = T("二つの分担片が番人の鍵に合うことを確かめる。", "Prove that two shares fit the agent's keys.")
_RECOVER = T("包みと二つの分担片から、番人の鍵を戻し、事務所の分を渡せるようにする。",
             "The agent's keys back from a kit and two shares; those of the office wait for it.")  # fmt: skip
_THEN = T("次に kaname keys ceremony drill で確かめ、事務所で kaname rekey と kaname keys kit を",
          "Now prove it (kaname keys ceremony drill); in the office: kaname rekey, kaname keys kit")  # fmt: skip
_FETCH = T("番人の鍵 {ours} 個を戻した；番人を動かし、事務所で kaname keys recover（残り {rest} 個）を",
           "{ours} keys of the agent are back; start it; in the office: kaname keys recover ({rest} more)")  # fmt: skip

command = Group(
    "ceremony",
    (
        Entry("shares", "kaname.cli.ceremony", _SHARES, "shares_command"),
        Entry("drill", "kaname.cli.ceremony", _DRILL, "drill_command"),
        Entry("recover", "kaname.cli.ceremony", _RECOVER, "recover_command"),
    ),
    about=_ABOUT,
    examples=("kaname keys ceremony drill --kit office.kit",),
)
ABOUT = _ABOUT


@contextmanager
def folder() -> Iterator[None]:
    """The agent's folder alone: no database, nobody to ask who may."""
    settings()
    from kaname.files.problems import BadInput, Problem
    from kaname.ledger.errors import LedgerError
    from kaname.site.home import Unsafe

    try:
        yield
    except LedgerError as error:
        raise BadInput([Problem("kaname", 0, "", error.text)]) from None
    except (Unsafe, OSError) as error:  # another user than the agent's
        raise BadInput([Problem("kaname", 0, "", T(str(error), str(error)))]) from None


@bilingual("shares", _SHARES, "kaname keys ceremony shares --for a@example.jp --for b@example.jp --for c@example.jp")
@option("--for", "holders", multiple=True, type=EMAIL, about=recovery.FOR)
@option("--passphrase", "passphrased", is_flag=True, about=recovery.PASSPHRASE)
def shares_command(holders: tuple[str, ...], passphrased: bool) -> None:
    if len(set(map(str.lower, holders))) != 3:
        raise wrong("--for", T("異なる三人を（--for を三度）", "expected three different people (--for, three times)"))
    with folder():
        from kaname.ledger import ceremony

        made = ceremony.make([one.lower() for one in holders], recovery.passphrase(passphrased, confirm=True))
        for holder, share in zip(holders, made, strict=True):
            recovery.shown(holder, share)
    show.lines([said(_THEN)])


@bilingual("drill", _DRILL, "kaname keys ceremony drill --kit office.kit")
@option("--kit", "file", metavar="FILE", about=recovery.KIT_FILE)
@option("--passphrase", "passphrased", is_flag=True, about=recovery.PASSPHRASE)
def drill_command(file: str | None, passphrased: bool) -> None:
    with folder():
        from kaname.ledger import ceremony

        raw = recovery.read(file, "--kit") if file else None
        first, second = recovery.two()
        lacking = ceremony.drill(first, second, recovery.passphrase(passphrased), raw)
    recovery.tell_drill(first.number, second.number, lacking)


@bilingual("recover", _RECOVER, "kaname keys ceremony recover office.kit")
@argument("file", recovery.FILE)
@option("--passphrase", "passphrased", is_flag=True, about=recovery.PASSPHRASE)
def recover_command(file: str, passphrased: bool) -> None:
    with folder():
        from kaname.ledger import ceremony

        raw = recovery.read(file, "FILE")
        first, second = recovery.two()
        ours, rest = ceremony.recover(raw, first, second, recovery.passphrase(passphrased))
    show.lines([said(_FETCH.fill(ours=len(ours), rest=len(rest)))])
