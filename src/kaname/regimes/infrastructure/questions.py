"""Open questions of Chapter 3, one sentence each; the note of the same number in docs/law says more.

Note 03NN answers to the research item UNN: 306 is U06. Numbers above 320 are questions met while building.
"""

from collections.abc import Mapping

from kaname.law import T, Text

QUESTIONS: Mapping[int, Text] = {
    101: T("期間を遡る数え方は定まっていない", "how a period is counted backwards is not settled"),
    301: T("リスク管理措置の文言は未確認", "the wording of the risk management measures is unverified"),
    302: T("六月の経過措置は初日を算入しないと読む", "the six months of grace are read without their first day"),
    303: T("2026年7月17日に53条の何が変わったかは未確認", "what changed in Art. 53 on 2026-07-17 is not known"),
    304: T("2026年9月18日からの自ら供給する設備の範囲は未確認",
        "how far self-supplied facilities are caught since 2026-09-18"),
    305: T("子会社等への委託に適用除外は及ばないと読む",
        "the exemption is read not to reach entrustments to subsidiaries"),
    306: T("三十日は到達でなく受理の日から数えると読む",
        "the thirty days are read to run from acceptance, not from arrival"),
    307: T("勧告への応答の十日は閉庁日で延びると読む",
        "the ten days for the answer are read to move over closed days"),
    309: T("共同命令の2026年9月18日の改正は未確認",
        "whether the joint finance orders changed on 2026-09-18 is not known"),
    310: T("石油ガス輸入割合の端数の扱いは未確認", "how the LPG import share is rounded is not known"),
    313: T("5%未満となった保有者の扱いは明らかでない", "what a holder falling below 5% is, is not settled"),
    314: T("月末の三月前は遅い日と読む", "three months before a month's end are read as the later day"),
    315: T("総務省令の身分証明書の様式は明らかでない", "which form the MIC order means for the card is not clear"),
    317: T("延長の通知は禁止期間内に届くことを要すると読む",
        "the notice of extension is read to have to arrive in time"),
    318: T("届出の取下げの定めはなく、運用による", "the Act knows no withdrawal of a filing: practice only"),
    319: T("命令の後は禁止期間の終わりを待つと読む", "after an order the standstill is read to run out"),
    320: T("2026年9月18日の条文は一度読んだのみ", "the wording of 2026-09-18 was read once only"),
    321: T("禁止期間の後も応答の期間内は応諾できると読む", "the answer is read to stay open after the standstill"),
    322: T("命令は禁止期間内に届くことを要するかは定まっていない",
        "whether an order has to arrive within the standstill is not settled"),
    341: T("医療の追加は公布済みで、内容と施行日は未確認", "health care is enacted; its text and day are not known"),
    342: T("軽微な変更と報告が省令のどの条かは未確認", "which article is on minor and reported changes is not known"),
    343: T("省令の列挙に明らかに当たらない変更がある", "some changes are not clearly within the lists of the orders"),
}  # fmt: skip

READ_ONCE = frozenset({304, 320})  # they rest on wording of 2026-09-18: shown as unverified whatever its confidence
