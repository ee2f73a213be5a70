"""Councils, members, shared items, the designated fund and the commissioned study: where they differ from the facts."""

from ch4_facts import Part

_COUNCIL = "technology.council"
_BEGINS = "a case, or the run of a member, begins with this act"

COUNCIL = Part(
    procedures={
        "T4a": (_COUNCIL, ("council",)),
        "T4b": (_COUNCIL, ("fund_council",)),
        "T5": (_COUNCIL, ("membership",)),
        "T6": (_COUNCIL, ("sharing",)),
        "T7": ("technology.fund", ("fund",)),
        "T8": ("technology.research_commission", ("research_commission",)),
    },
    fields={
        "date": "",
        "start": "",
        "end": "",  # the act's own day
        "T7.designate.fund": "",  # the one consulted on: a case is one fund
        "T8.commission.period": "period_end",  # from the day of the act
    },
    reasons={
        _BEGINS: (
            "T4a.ask_consent: from",
            "T4b.identify_lead: from",
            "T5.invite: from",
            "T7.consult: from",
            "T8.plan: from",
            "T8.study_itself: from",
        ),
        "the file of an item opens with a request or an offer, whichever comes first (note of the fact)": (
            "T6.request_information: from",
            "T6.offer: from",
        ),
        "every use is put in the log, not the first one alone": ("T6.use: from",),
        "several agencies are asked at once": ("T8.request_information: from",),
        "an agency need not answer, and the study is reported all the same": ("T8.report: from",),
        "what was handed over and never used is returned too": ("T6.return: from",),
        "a report is owed by its day whatever the minister has done with the one before": (
            "T7.annual_report: from to",
        ),
        "money was added twice to the fund that was operated already (supplementary budgets of 2021 and 2022)": (
            "T7.subsidise: from to",
        ),
        "beforehand is an order of acts, no period": ("T4a.consult_pm: period",),
        "the period runs in `fund_year`, a run for each business year, whose consequence meets its clock": (
            "T7.annual_report: period",
        ),
    },
    extra={
        "council.leak": "the deed of Art. 95(1)(i)",
        "fund_council.leak": "the deed of Art. 95(1)(i)",
        "research_commission.leak": "the deed of Art. 95(1)(i)",
        "membership.end_engagement": "a person can leave while the member they work for stays",
        "sharing.give_back": "a person who leaves returns what they hold while the others go on",
        "sharing.publish": "the deed of publishing without the check, or after it",
        "research_commission.register_staff": "the duty binds officers and staff one by one",
        "research_commission.staff_leaves": "the duty binds those who left too",
        "fund.invest_otherwise": "the deed of STI Act Art. 52(i) (note of the fact)",
    },
    states=dict.fromkeys(
        ("considering", "project_contracted", "candidate", "fund_exists", "planned"), "only says that nothing has begun"
    ),
)
