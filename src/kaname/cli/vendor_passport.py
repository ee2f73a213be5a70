"""`kaname vendor accept`, `passport`, `consent`, `revoke`: what a vendor's own people do."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kaname.cli import params, show
from kaname.cli.assess_filing import contents
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.strict_json import BadJson, loads
from kaname.cli.vendor import _ACCEPT, _CONSENT, _PAPER, _PASSPORT, _REVOKE, BY, VENDOR
from kaname.cli.who import EMAIL, Line, person, told, wrong
from kaname.days import jst_date
from kaname.files.problems import BadInput, Problem
from kaname.law import T
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE
from kaname.regimes.infrastructure.filing.record import plain

if TYPE_CHECKING:
    from kaname.access.models import Person


@bilingual("accept", _ACCEPT, "kaname vendor accept SECRET --name '星野 ひかり'")
@argument("secret", T("案内のリンクの秘密", "the secret of the link"))
@option("--name", type=Line(), about=T("新しい利用者の氏名", "name of the new person"))
@option(
    "--vendor", default="", about=T("どの供給者として（いくつもあるとき）", "for which vendor, where there are several")
)
@option("--by", type=EMAIL, about=T("利用者がある宛先の人", "the person of the address, where there is one"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def accept_command(secret: str, name: str | None, vendor: str, by: str | None, as_json: bool) -> None:
    with office():
        from kaname.vendors import api

        with told(**{"vendor": "--vendor", "name": "--name", "": "SECRET"}):
            came = api.accept(secret, person(by, "--by") if by else None, name=name, vendor=vendor)
        found = {"vendor": came.vendor.public_id, "email": came.person.email, "password_link": came.secret}
    if as_json:
        show.as_json(found)
        return
    show.lines([str(found["vendor"]), *([said(_PASSWORD.fill(secret=came.secret))] if came.secret else [])])


_PASSWORD = T("パスワードを決めるリンク（一度だけ）：/accounts/welcome/{secret}/",
              "link to set a password (good once): /accounts/welcome/{secret}/")  # fmt: skip


@bilingual(
    "passport", _PASSPORT, "kaname vendor passport qrstuvwxyz234567 --file said.json --publish --by h@example.jp"
)
@argument("vendor", VENDOR)
@option("--file", "file", default="", about=T("開示（JSON）を下書きにする", "take a disclosure (JSON) as the draft"))
@option("--publish", is_flag=True, about=T("下書きを確定する", "make the draft known as a version"))
@option("--version", "version", type=params.Amount(), default=0, about=T("この版を示す", "show this version"))
@option("--by", type=EMAIL, required=True, about=BY)
def passport_command(vendor: str, file: str, publish: bool, version: int, by: str) -> None:
    """Without options: the versions there are. What cannot be read in a draft is told and kept."""
    with office():
        from kaname.vendors import api

        who = person(by, "--by")
        with told():
            if file:
                api.save(who, vendor, _object(file), api.draft(who, vendor).number)
            if publish:
                _publish(who, vendor, file)
            if version:
                show.as_json(plain(api.read(who, vendor, version)))
                return
            rows = [(str(v.number), jst_date(v.at).isoformat(), v.by, v.commitment) for v in api.versions(who, vendor)]
    show.lines(show.columns(rows, indent=""))


@bilingual("paper", _PAPER, "kaname vendor paper qrstuvwxyz234567 touki.pdf --by h@example.jp")
@argument("vendor", VENDOR)
@argument("file", T("書類のファイル（PDF、写真など）", "the paper as a file (PDF, photo and the like)"))
@option("--by", type=EMAIL, required=True, about=BY)
def paper_command(vendor: str, file: str, by: str) -> None:
    """The reference goes into "file" of a certificate of the draft; what none names is removed after 30 days."""
    with office():
        from kaname.vendors import api

        with told(**{"": file}):
            made = api.take(person(by, "--by"), vendor, BytesIO(contents(file)), Path(file).name)
    show.lines([made.reference])


def _object(file: str) -> dict[str, Any]:
    try:
        data = loads(contents(file).decode())
    except (BadJson, UnicodeDecodeError):
        data = None
    if not isinstance(data, dict):
        raise wrong(file, T("JSON（UTF-8）のオブジェクトを", "expected a JSON object in UTF-8"))
    return data


def _publish(who: "Person", vendor: str, file: str) -> None:
    from kaname.vendors import api

    try:
        api.publish(who, vendor)
    except api.NotReadable as unread:
        raise BadInput([Problem(file or "DRAFT", 0, p.field, p.text) for p in unread.problems]) from None


@bilingual("consent", _CONSENT, "kaname vendor consent qrstuvwxyz234567 --until 2027-03-31 --by h@example.jp")
@argument("vendor", VENDOR)
@option(
    "--invitation",
    default="",
    about=T("案内の id（既定は最も新しい案内）", "id of the invitation (default: the newest)"),
)
@option("--until", type=params.Day(), required=True, about=T("同意の末日", "last day of the consent"))
@option("--every-plan", is_flag=True, about=T("その事業者の全ての計画に", "for every plan of that operator"))
@option(
    "--veil",
    multiple=True,
    type=click.Choice([*SEALABLE, "none"]),
    about=T(
        "行政機関だけが読む部分（既定は officers と certificates）",
        "parts that the authority alone reads (default: officers, certificates)",
    ),
)
@option("--by", type=EMAIL, required=True, about=BY)
def consent_command(
    vendor: str, invitation: str, until: date, every_plan: bool, veil: tuple[str, ...], by: str
) -> None:
    with office():
        from kaname.vendors import api

        who = person(by, "--by")
        parts: Iterable[str] = [part for part in veil if part != "none"] if veil else api.VEILED_UNLESS_SAID
        with told(until="--until", veil="--veil"):
            made = api.give(who, vendor, invitation, until, every_plan=every_plan, veil=parts)
    show.lines([made.public_id])


@bilingual("revoke", _REVOKE, "kaname vendor revoke qrstuvwxyz234567 rstuvwxyz2345678 --by h@example.jp")
@argument("vendor", VENDOR)
@argument("consent", T("同意の id", "id of the consent"))
@option("--by", type=EMAIL, required=True, about=BY)
def revoke_command(vendor: str, consent: str, by: str) -> None:
    with office():
        from kaname.vendors import api

        with told():
            left = api.revoke(person(by, "--by"), vendor, consent)
    show.lines([said(T(f"取り消した；{left} の計画から外れた", f"revoked; taken out of {left} plans"))])
