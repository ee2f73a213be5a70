"""`kaname vendor`: plans in preparation, invitations, passports and consent, the same vendor across plans."""

from datetime import date
from pathlib import Path

import click

from kaname.cli import params, show
from kaname.cli.assess_filing import contents, print_findings
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.who import EMAIL, Line, person, told
from kaname.law import T, Text
from kaname.regimes.infrastructure.catalogue.orders import ORDERS
from kaname.regimes.infrastructure.filing.content import PartyRole, Sort

_PREPARE = T("計画書の準備を始める。", "Begin to prepare a plan.")
_FILL = T(
    "一覧や部品表を計画に取り込む。全てか、何も。", "Take inventories and bills into a plan: all of each, or nothing."
)
_CHECK = T(
    "足りないものを全て示す（開示も含めて）。", "Tell all that is missing, vendors' disclosures looked at as well."
)
_INVITE = T("供給者を招待し、リンクを一度だけ示す。", "Invite a vendor; the link is shown this once.")
_REMIND = T(
    "記入の終わらない供給者に催促する（3 日に一度まで）。", "Remind vendors who have not finished, once in three days."
)
_ATTACH = T("同意した供給者の開示を計画に加える。", "Put the passport of a vendor that consents into a plan.")
_ACCEPT = T("案内を使う。", "Use an invitation.")
_PASSPORT = T("供給者自身の開示：下書き、確定、版。", "A vendor's own disclosure: draft, make known, versions.")
_PAPER = T("証明書のファイルを預け、その参照を示す。", "Hand in the paper of a certificate; its reference is shown.")
_CONSENT = T("案内のあった計画（又は事業者）に同意する。", "Consent to the plan (or operator) of an invitation.")
_REVOKE = T("同意を取り消す。", "Revoke a consent.")
_LIST = T("行政機関から見た、計画を横断する供給者。", "Vendors across plans, as the authority may see them.")

BY = T("これをする人の電子メールアドレス", "e-mail address of who does this")
PLAN = T(
    "準備中の計画の id（kaname vendor prepare が示す）", "id of a plan in preparation (from kaname vendor prepare)"
)
VENDOR = T("供給者の id", "id of the vendor")
_PLACES = {
    "unknown": "PLAN",
    "party": "PARTY",
    "email": "EMAIL",
    "role": "--role",
    "operator": "--operator",
    "title": "--title",
}

command = Group(
    "vendor",
    (
        Entry("prepare", "kaname.cli.vendor", _PREPARE, "prepare_command"),
        Entry("fill", "kaname.cli.vendor", _FILL, "fill_command"),
        Entry("check", "kaname.cli.vendor", _CHECK, "check_command"),
        Entry("invite", "kaname.cli.vendor", _INVITE, "invite_command"),
        Entry("remind", "kaname.cli.vendor", _REMIND, "remind_command"),
        Entry("attach", "kaname.cli.vendor", _ATTACH, "attach_command"),
        Entry("accept", "kaname.cli.vendor_passport", _ACCEPT, "accept_command"),
        Entry("passport", "kaname.cli.vendor_passport", _PASSPORT, "passport_command"),
        Entry("paper", "kaname.cli.vendor_passport", _PAPER, "paper_command"),
        Entry("consent", "kaname.cli.vendor_passport", _CONSENT, "consent_command"),
        Entry("revoke", "kaname.cli.vendor_passport", _REVOKE, "revoke_command"),
        Entry("list", "kaname.cli.vendor", _LIST, "list_command"),
    ),
    about=T("供給者の開示と、それを使う計画。", "Vendors' disclosures, and the plans that use them."),
    examples=("kaname vendor list --by hanako@example.jp",),
)


@bilingual("prepare", _PREPARE, "kaname vendor prepare --operator 架空電力 --title 給電指令の更新 --by ono@example.jp")
@option("--operator", type=Line(256), required=True, about=T("事業者の名称", "name of the operator"))
@option("--title", type=Line(), required=True, about=T("件名", "title"))
@option(
    "--sort",
    type=click.Choice([s.value for s in Sort]),
    default=Sort.INTRODUCTION.value,
    about=T("導入か委託か（既定は introduction）", "introduction or maintenance (default: introduction)"),
)
@option("--by", type=EMAIL, required=True, about=BY)
def prepare_command(operator: str, title: str, sort: str, by: str) -> None:
    with office():
        from kaname.vendors import api

        with told(**_PLACES):
            made = api.begin(person(by, "--by"), operator, title, sort)
    show.lines([made.public_id])


@bilingual("fill", _FILL, "kaname vendor fill abcdefghijklmnop plan.xlsx bom.json --by ono@example.jp")
@argument("plan", PLAN)
@argument("files", T("資産の一覧又は部品表", "inventories and bills of materials"), nargs=-1, required=True)
@option("--publishers", is_flag=True, about=T("publisher を供給者とみる", "take publishers for suppliers"))
@option("--by", type=EMAIL, required=True, about=BY)
def fill_command(plan: str, files: tuple[str, ...], publishers: bool, by: str) -> None:
    with office():
        from kaname.vendors import api

        who = person(by, "--by")
        with told(**_PLACES):
            for file in files:
                now = api.take_in(who, plan, Path(file).name, contents(file), publishers)
    parts, tiers, vendors = len(now.plan.components), len(now.plan.entrustments), len(now.plan.roles())
    text = T(f"構成設備 {parts} 件、委託 {tiers} 件、供給者等 {vendors} 者",
             f"{parts} components, {tiers} entrustments, {vendors} vendors")  # fmt: skip
    show.lines([said(text)])


@bilingual("check", _CHECK, "kaname vendor check abcdefghijklmnop --filing 2026-12-01 --by ono@example.jp")
@argument("plan", PLAN)
@option("--filing", type=params.Day(), about=T("届出の日（既定は今日）", "day of filing (default: today)"))
@option("--order", type=click.Choice(sorted(ORDERS)), about=T("主務省令", "the ministry's order"))
@option("--by", type=EMAIL, required=True, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def check_command(
    ctx: click.Context, plan: str, filing: date | None, order: str | None, by: str, as_json: bool
) -> None:
    with office():
        from kaname.vendors import api

        with told(**_PLACES):
            checked = api.check(person(by, "--by"), plan, filing or params.today(), order or "")
    print_findings(checked.findings, as_json)
    ctx.exit(0 if checked.can_be_filed else 1)


@bilingual("invite", _INVITE, "kaname vendor invite abcdefghijklmnop 星野計器 hoshino@example.jp --by ono@example.jp")
@argument("plan", PLAN)
@argument("party", T("供給者等の名称（計画のとおり）", "the vendor's name, as in the plan"))
@argument("email", T("宛先の電子メールアドレス", "e-mail address it is sent to"))
@option(
    "--role",
    type=click.Choice([r.value for r in PartyRole]),
    default=PartyRole.SUPPLIER.value,
    about=T("計画での立場（既定は supplier）", "its capacity in the plan (default: supplier)"),
)
@option("--by", type=EMAIL, required=True, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def invite_command(plan: str, party: str, email: str, role: str, by: str, as_json: bool) -> None:
    with office():
        from kaname.vendors import api

        with told(**_PLACES):
            made, secret = api.invite(person(by, "--by"), plan, party, role, email)
    if as_json:
        show.as_json({"secret": secret, "id": made.public_id, "ends": made.ends_at})
        return
    text = T(f"{made.email} に渡す；72 時間以内に一度だけ使える；今だけ示す",
             f"hand it to {made.email}; good once, within 72 hours; shown this once")  # fmt: skip
    show.lines([secret, said(text)])


@bilingual("remind", _REMIND, "kaname vendor remind abcdefghijklmnop 星野計器 --by ono@example.jp")
@argument("plan", PLAN)
@argument("parties", T("供給者等の名称（計画のとおり）", "vendors' names, as in the plan"), nargs=-1, required=True)
@option("--by", type=EMAIL, required=True, about=BY)
def remind_command(plan: str, parties: tuple[str, ...], by: str) -> None:
    with office():
        from kaname.vendors import api

        with told(**_PLACES):
            asked = api.remind(person(by, "--by"), plan, parties)
    show.lines(said(_reminded(party, party in asked)) for party in parties)


def _reminded(party: str, asked: bool) -> Text:
    if asked:
        return T(f"催促した：{party}", f"reminded: {party}")
    return T(
        f"催促しない：{party}（計画にない、まだ来ていない、記入を終えた、又は 3 日以内に催促した）",
        f"not reminded: {party} (not in the plan, not come in, finished, or reminded within three days)",
    )


@bilingual("attach", _ATTACH, "kaname vendor attach abcdefghijklmnop qrstuvwxyz234567 星野計器 --by ono@example.jp")
@argument("plan", PLAN)
@argument("vendor", VENDOR)
@argument("party", T("計画での名称", "its name in the plan"))
@option(
    "--role",
    type=click.Choice([r.value for r in PartyRole]),
    default=PartyRole.SUPPLIER.value,
    about=T("計画での立場（既定は supplier）", "its capacity in the plan (default: supplier)"),
)
@option("--by", type=EMAIL, required=True, about=BY)
def attach_command(plan: str, vendor: str, party: str, role: str, by: str) -> None:
    with office():
        from kaname.vendors import api

        with told(**_PLACES | {"unknown": "PLAN, VENDOR"}):
            made = api.attach(person(by, "--by"), plan, vendor, party, role)
        reference = made.reference
    show.lines([reference])


@bilingual(
    "list", _LIST, "kaname vendor list --by hanako@example.jp", "kaname vendor list --of qrstuvwxyz234567 --by ..."
)
@option("--text", default="", about=T("名称のはじめ", "how the name begins"))
@option("--of", "vendor", default="", about=T("この供給者が立つ計画", "the plans of this vendor"))
@option("--by", type=EMAIL, required=True, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(text: str, vendor: str, by: str, as_json: bool) -> None:
    with office():
        from dataclasses import asdict

        from kaname.vendors import api

        who = person(by, "--by")
        with told(**_PLACES):
            found = api.plans_of(who, vendor)[1] if vendor else api.vendors(who, text)
        rows = [asdict(row) for row in found]
    if as_json:
        show.as_json(rows)
        return
    show.lines(show.columns([[str(value) for value in row.values()] for row in rows], indent=""))
