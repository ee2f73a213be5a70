"""The thirteen official forms (様式) of the certification orders; their inner layout was not seen (question 202)."""

from collections.abc import Mapping

from kaname.law import T, Text

FORMS: Mapping[int, Text] = {
    1: T("様式第一（認定の申請）", "form 1 (application for certification)"),
    2: T("様式第二（認定書）", "form 2 (certificate)"),
    3: T("様式第三（不認定の通知）", "form 3 (notice of refusal with reasons)"),
    4: T("様式第四（認定の通知）", "form 4 (notice of certification to the support body)"),
    5: T("様式第五（変更認定の申請）", "form 5 (application to change)"),
    6: T("様式第六（変更認定書）", "form 6 (certificate of change)"),
    7: T("様式第七（変更の不認定の通知）", "form 7 (notice of refusal of a change with reasons)"),
    8: T("様式第八（変更認定の通知）", "form 8 (notice of change to the support body)"),
    9: T("様式第九（軽微な変更の届出）", "form 9 (notice of a minor change)"),
    10: T("様式第十（変更の指示）", "form 10 (instruction to change with reasons)"),
    11: T("様式第十一（認定の取消し）", "form 11 (notice of cancellation with reasons)"),
    12: T("様式第十二（取消しの通知）", "form 12 (notice of cancellation to the support body)"),
    13: T("様式第十三（実施状況の報告）", "form 13 (report on implementation)"),
}


def form(number: int) -> Text:
    """The official form of a number."""
    return FORMS[number]
