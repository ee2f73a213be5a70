"""保全審査中の発明公開の禁止 (Art. 68): from receipt of the intention notice to receipt of the outcome. No penalty."""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.declare import (
    Act,
    Ban,
    Consequence,
    NoPenalty,
    Procedure,
    act_day,
    condition,
    done,
    go,
    keep,
    receipt,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents.roles import APPLICANT

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("発明公開の禁止中であること", "the ban on publication is in force"),
    T("禁止中でない", "the ban is not in force"), art("68"))
def while_banned(v: View) -> bool | None:
    return v.state() == "banned"

@condition(T("結果の通知を受けておらず、出願が係属していること",
        "the outcome is not known and the application is pending"),
    T("結果の通知を受けたか、出願が消滅した", "the outcome is known or the application is gone"), art("68"))
def outcome_awaited(v: View) -> bool | None:
    """An intention notice can arrive after the withdrawal, or after the outcome: then it forbids nothing."""
    designated: date | None = v.fact("designation.notice_arrives_on")
    return v.state("first_review") == "sent" and not (designated and designated <= v.on)

# -- the procedure ---------------------------------------------------------------------------------------------------

disclosure_ban_review = Procedure(
    "disclosure_ban_review", T("保全審査中の発明公開の禁止", "ban on publication during the review"), art("68"),
    start="free",
    states=dict(free=T("禁止なし", "free"), banned=T("禁止中", "banned"), released=T("解除", "released")),
    bans=(
        Ban("publication", T("発明を公にすること", "making the invention public"), art("68"), APPLICANT,
            states=("banned",), covers=("publish",),
            penalty=NoPenalty(T("審査を打ち切り出願を却下し得る（69条）",
                "the review may be terminated and the application dismissed (Art. 69)"))),),
    acts=(
        Act("publish", T("発明を公にする", "make the invention public"), APPLICANT, art("68", "69(1)"),
            stay("free", "banned", "released"), deed=True, aliases=("breach",)),),
    consequences=(
        Consequence("start", T("禁止の開始", "the ban starts"), art("68"),
            upon=(receipt("security_review.notify_intention"),), moves=go("banned", "free"), only_if=outcome_awaited),
        Consequence("note_breach", T("違反の記録", "the breach is on record"), art("69(1)"), upon=(done("publish"),),
            moves=stay("banned"), only_if=while_banned, keeps=(keep("breached_on", act_day),)),
        Consequence("release_outcome", T("結果の通知による解除", "released by the outcome"), art("68"),
            moves=go("released", "banned"),
            upon=(receipt("designation.designate"), receipt("security_review.decline"),
                receipt("security_review.decide_no_need"))),
        Consequence("release_gone", T("出願の消滅による解除", "released with the application"), art("68 proviso"),
            moves=go("released", "banned"),
            upon=(done("security_review.withdraw"), done("security_review.convert"),
                done("dismissal_service.dismiss"), done("first_review.deemed_withdrawn")))))
