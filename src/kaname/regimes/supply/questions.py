"""Open questions of Chapter 2, one sentence each; the note of the same number in docs/law says more."""

from collections.abc import Mapping

from kaname.law import T, Text

QUESTIONS: Mapping[int, Text] = {
    101: T("期間を遡る数え方は定まっていない", "how a period is counted backwards is not settled"),
    201: T("令和8年法律第38号の役務に係る条文は未読", "the text of Act No. 38 of 2026 on services was not read"),
    202: T("様式の中の記載欄は未確認", "the inner layout of the forms was not seen"),
    203: T("取組方針の最低期間は物資ごとに確認する", "the minimum periods of the policies are to be looked up"),
    204: T("技術流出防止の5%・10%は報道による", "the 5 and 10 percent of technology protection are from the press"),
    205: T("取引先の措置は2又は3のいずれと同等か明らかでない",
        "whether partners take measures like measure 2 or 3 is not clear"),
    206: T("事業者の申出による取消しに聴聞を要するかは明らかでない",
        "whether a cancellation at the business's own request needs a hearing is not settled"),
    207: T("軽微な変更の累積を合算するかは定めがない", "whether successive minor changes add up is not laid down"),
    208: T("追加書類の要求で標準処理期間が止まるかは定めがない",
        "whether a request for documents stops the processing target is not laid down"),
    209: T("指定の解除が認定計画に及ぼす効果は定めがない",
        "what the end of a designation does to certified plans is not laid down"),
    210: T("経済産業省の物資の支援機関は一部推定による", "the support agency of some METI products is assumed"),
    211: T("利子補給率と融資の条件は未確認", "rates of the interest subsidy and terms of the loan were not found"),
    212: T("定期報告の期限は閉庁日で延びると読む", "the yearly report is read to move over closed days"),
    213: T("取り消された計画の定期報告を要するかは明らかでない",
        "whether a yearly report is owed for a cancelled plan is not settled"),
    214: T("加算金の端数と分割交付の充当は一般法による", "rounding of the surcharge, and which instalment is returned"),
    215: T("実施期間の始期と終期がともに動くときの六月の数え方",
        "how six months are counted when both ends of the period move"),
    216: T("休止した支援業務の再開の手続は定めがない", "how suspended support work is resumed is not laid down"),
    217: T("休廃止・取消しの年度の報告を要するかは定めがない",
        "whether the year in which the work ended is still reported on is not laid down"),
    218: T("支援法人の助成金の返還はその業務規程（未読）による",
        "what a grant of a support corporation has to be repaid by was not read"),
    231: T("基本指針は冒頭と一部の引用のみ確認し、2026年9月の改正は未確認",
        "of the basic guideline only the opening and a quotation were read, its revision of 2026 was not seen"),
    232: T("各指定政令が意見公募手続を経たかは個別に未確認",
        "which designation orders went through public comment was not checked"),
    233: T("44条8項の政令（低廉譲渡等の物資・価格）は確認されていない",
        "no cabinet order for the release of Art. 44(8) was found"),
    234: T("45条3項・5項・7項・8項の主務省令は確認されていない",
        "the ministerial order of Art. 45(3), (5), (7), (8) was not found"),
}  # fmt: skip
