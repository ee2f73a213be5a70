"""名称等の変更の届出 (Arts. 17(2)-(3), 32(2)-(3), 42(3)): one run for each change; before it, no number of days.

A change without notice carries no penalty; it is a breach of the Act and so a ground for revocation.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import Act, Field, FieldType, Option, Procedure, condition, end, go, keep, opens, waits
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.support_orders import support
from kaname.regimes.supply.laws import LOANS
from kaname.regimes.supply.roles import BODY_MINISTERS, FINANCE_MINISTERS, INSTITUTION, MINISTER, SUPPORT_BODY
from kaname.regimes.supply.support_body import is_designated

BODIES = (SUPPORT_BODY, INSTITUTION)

# -- what is asked ---------------------------------------------------------------------------------------------------

BODY = Field("body", T("届け出る者", "who notifies"), FieldType.CHOICE, art("17(2)", "32(2)", "42(3)"), required=True,
    options=(
        Option("corporation", T("支援法人（様式第二）", "support corporation (form 2)"), art("32(2)")),
        Option("agency", T("支援独立行政法人（様式なし）", "support agency (no form)"), art("42(3)")),
        Option("institution", T("指定金融機関（様式第二）", "designated financial institution (form 2)"),
            art("17(2)"))))
WHAT = text("change", T("変更する事項（名称、住所、事務所）", "what changes: name, address, office"),
    art("17(2)", "32(2)", "42(3)"), required=True)
ON = Field("changes_on", T("変更の日", "day of the change"), FieldType.DAY, art("17(2)", "32(2)", "42(3)"),
    required=True)
NOTICE = text("notice", T("公示の内容", "public notice"), art("17(3)", "32(3)", "42(3)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("変更の前の届出であること（日数の定めはない）", "before the change (no number of days)"),
    T("変更の日を過ぎている", "the change has been made already"), art("17(2)", "32(2)", "42(3)"))
def before_the_change(v: View) -> bool | None:
    day = v.given("changes_on")
    return None if day is None else v.on < day

@condition(T("変更が行われたこと", "the change has been made"), T("変更の日はまだ来ていない。届け出ることができる",
    "the day of the change lies ahead: give notice"), art("17(2)", "32(2)"))
def change_is_made(v: View) -> bool | None:
    day = v.given("changes_on")
    return None if day is None else day <= v.on

@condition(T("指定を受けた者であること", "a designated body"), T("この事案の法人は指定されていない",
    "no body is designated in this case"), art("17(2)", "32(2)", "42(3)"))
def is_body(v: View) -> bool | None:
    body = v.given("body")
    return None if body is None else body == "institution" or is_designated(v)

# -- the procedure ---------------------------------------------------------------------------------------------------

name_change_notice = Procedure(
    "name_change_notice", T("名称等の変更の届出", "notice of changed name, address or office"),
    art("17(2)", "17(3)", "32(2)", "32(3)", "42(3)"), per=("change",),
    states=dict(notified=waits(T("届出", "notified"), BODY_MINISTERS), published=end(T("公示", "published")),
        changed_without_notice=end(T("届出のない変更", "changed without notice"))),
    acts=(
        Act("notify", T("変更を届け出る", "notify before the change"), BODIES,
            art("17(2)", "32(2)", "42(3)") + LOANS("6") + support("name_change"), opens("notified"),
            fields=(BODY, WHAT, ON), conditions=(is_body, before_the_change), keeps=(keep("changes_on"),),
            received=True),
        Act("publish", T("変更を公示する", "give public notice of the change"),
            (BODY_MINISTERS, FINANCE_MINISTERS, MINISTER), art("17(3)", "32(3)", "42(3)"), go("published", "notified"),
            fields=(NOTICE,)),
        Act("omit", T("届け出ずに変更する", "change without notice"), BODIES, art("17(2)", "32(2)"),
            opens("changed_without_notice"), fields=(BODY, WHAT, ON), conditions=(is_body, change_is_made),
            note=T("罰則はない。法の違反として取消しの事由（23条2項3号、41条2項3号）",
                "no penalty; a breach of the Act, ground for revocation (Arts. 23(2)(iii), 41(2)(iii))"))))
