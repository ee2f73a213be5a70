"""特定重要物資の供給に不可欠な役務 (Act No. 38 of 2026): in force since 2026-09-18, its text unread (question 201).

Only this is declared: from that day a ministry may put on record which service it takes to be covered. Nothing follows
from it, and the rules before that day are as they were.
"""

from kaname.law import T
from kaname.law.laws import ACT_38_2026
from kaname.procedure.asked import text
from kaname.procedure.declare import Act, Procedure, opens, stay
from kaname.regimes.supply.roles import MINISTER
from kaname.regimes.supply.versions import ACT_38_MAIN

SERVICE = text("service", T("役務", "service"), ACT_38_2026("suppl. 1"), required=True,
    help=T("物資の供給に不可欠で、専らそのために用いられるもの（要約による）",
        "indispensable to, and used solely for, supplying the product (from summaries)"))
SOURCE = text("source", T("確かめた条文", "provision that was looked up"), ACT_38_2026("suppl. 1"))

essential_services = Procedure(
    "essential_services", T("供給に不可欠な役務（条文未読）", "essential services (text unread)"),
        ACT_38_2026("suppl. 1"),
    states=dict(unverified=T("未確認", "unverified")),
    acts=(
        Act("extend", T("対象となる役務を記録する", "record a service taken to be covered"), MINISTER,
            ACT_38_2026("suppl. 1"),
            opens("unverified") + stay("unverified"), fields=(SERVICE, SOURCE), since=ACT_38_MAIN, question=201,
            note=T("法律による拡張の記録。条文を確かめるまで効果は持たない",
                "notes what the Act itself does; without effect until its text is read")),))
