"""`kaname keys envelope`: the keys that partners seal for, as they stand, told, renewed, revoked; and partners'."""

from kaname.cli import outfile, show
from kaname.cli.exchange import about, given
from kaname.cli.group import bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.who import BY, EMAIL, granter, wrong
from kaname.law import T

ENVELOPE = T("他の機関がこの機関に宛てて封緘する鍵（封筒の鍵）を、示し、伝え、新しくする。",
             "The keys that partners seal for: show them, tell them, renew them.")  # fmt: skip
_RENEW = T("新しい鍵にする；前の鍵は 365 日のあいだ開く", "new keys; those of before open for 365 days more")
_REVOKE = T("今の鍵を失効させて新しくする；名を付ければ、その前の鍵だけを失効させる。それ宛ての封筒はもう開かない",
            "revoke the present keys and draw new ones; with a name, that former key alone. "
            "What was sealed to them opens no more")  # fmt: skip
_OUT = T("相手に伝える、署名した一枚を書き出す（次のやりとりでも伝わる）",
         "write the signed statement for partners (the next contact tells it as well)")  # fmt: skip
_LEARN = T("相手の署名した一枚を受け取る", "take a partner's signed statement")
_UNTIL = T("{until} まで開く", "opens until {until}")
_NOT_YET = T("まだ届いていない", "none has come yet")


@bilingual("envelope", ENVELOPE, "kaname keys envelope --renew --by boss@example.jp")
@option("--renew", is_flag=True, about=_RENEW)
@option("--revoke", is_flag=False, flag_value="", metavar="[KEY]", about=_REVOKE)
@option("--out", metavar="FILE", about=_OUT)
@option("--learn", "learned", multiple=True, metavar="NAME=FILE", about=_LEARN)
@option("--by", type=EMAIL, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def envelope_command(
    renew: bool, revoke: str | None, out: str | None, learned: tuple[str, ...], by: str | None, as_json: bool
) -> None:
    with office():
        from kaname.access.keeping import envelopes
        from kaname.ledger import envelope_keys, keys

        for one in learned:
            name, _, file = one.partition("=")
            if name not in keys.offices():
                raise wrong("--learn", T(f"「{name}」という機関は登録されていない", f"no office {name!r} is pinned"))
            with about(file):
                envelope_keys.learn(keys.named(name), given(file))
        if renew or revoke is not None:
            who = granter(by)
            whose = who.public_id if who else ""
            if revoke:
                envelope_keys.revoke_former(revoke, whose)
            if renew or not revoke:
                envelope_keys.renew(whose, revoke=revoke == "")
        if out:
            outfile.write(out, envelope_keys.statement())
        found = envelopes()
    if as_json:
        show.as_json({
            "at": found.at, "keys": [one._asdict() for one in found.keys],
            "former": [one._asdict() for one in found.former], "revoked": found.revoked,
            "partners": dict(found.partners),
        })  # fmt: skip
        return
    lines = show.columns([[one.suite, one.name[:16]] for one in found.keys], indent="")
    lines += show.columns([[one.name[:16], said(_UNTIL.fill(until=one.until[:10]))] for one in found.former], indent="")
    partners = [[name, suite or said(_NOT_YET)] for name, suite in found.partners]
    show.lines(lines + show.columns(partners, indent=""))
