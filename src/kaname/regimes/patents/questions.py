"""Open questions of Chapter 5, one sentence each; the note of the same number in docs/law says more."""

from kaname.law import T

QUESTIONS = {
    1: T("項目3から7までの分野の番号は公表された表によらない",
        "the field numbers of items 3 to 7 rest on no published table"),
    2: T("斜線のある分類記号は厳密に読む", "a symbol with a slash is read exactly"),
    3: T("十四日と申出期間は閉庁日で延び、三月・十月は延びないと読む",
        "the 14 days and the request period move over closed days; the three and ten months do not"),
    4: T("82条3項の「経過した日」は一日後とも読める", "the day in Art. 82(3) may be one day later"),
    5: T("十月経過後の保全指定は既にした外国出願に及ばないと読む",
        "a designation after the ten months leaves earlier foreign filings lawful"),
    6: T("出願の取下げ後に事前確認を申し出られるか不明",
        "unclear whether prior confirmation is open again after a withdrawal"),
    7: T("基本指針・質疑応答・管理の指針の本文は未確認",
        "guideline, questions and answers and the management guideline were not seen"),
    8: T("審査中の優先権書類の不交付は運用で、根拠は未確認",
        "withholding priority documents is practice; its basis was not seen"),
    9: T("2025年度以後の件数は未確認", "figures for fiscal 2025 and later were not found"),
    10: T("令和8年法律第38号が第5章を改めたかは未確認", "whether Act No. 38 of 2026 changes Chapter 5 is unknown"),
    11: T("特許事務所が発明共有事業者に当たるかは不明",
        "unclear whether patent attorney firms count as sharing operators"),
    12: T("2025年1月1日前の出願にＨ10Ｆの項目が及ぶかは不明",
        "unclear whether the H10F items reach applications filed before 2025-01-01"),
    13: T("延長期間の初日は満了日の翌日と読む", "an extension is read to begin on the day after the running period"),
    18: T("施行前又は号の改正前の出願からの分割に、どの版が及ぶかは不明",
        "unclear which version reaches a division of an application filed before the regime or an earlier version"),
    103: T("増額請求の六月は裁判所の休日で延びると読む",
        "the six months for the suit are read to move over closed days of the courts"),
}  # fmt: skip
