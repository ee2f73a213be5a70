"""Open questions of Chapter 4, one sentence each; the note of the same number in docs/law says more."""

from collections.abc import Mapping

from kaname.law import T, Text

QUESTIONS: Mapping[int, Text] = {
    401: T("第一次・第二次ビジョンのいずれの技術かは、35件について資料による裏付けがない",
        "which of the two visions names a technology is not backed by a dated source for 35 of the 50"),
    402: T("令和8年法律第38号のK Programに係る部分と2026年9月の改正基本指針は未読",
        "the K Program part of Act No. 38 of 2026 and the guideline revised in September 2026 were not read"),
    403: T("ステージゲートとTRLの運用は公募ごとに異なり、評価ルールは未読",
        "stage gates and TRL numbers differ by call; the rules of evaluation were not read"),
    404: T("第三次ビジョンは確認されていない（ないことの証明ではない）",
        "no third vision was found, which does not prove that there is none"),
    405: T("ビジョンと構想を決める会議体と手順は運用で、その定めは未読",
        "the bodies and steps that decide visions and concepts are practice, and their rules were not read"),
    406: T("提案の取下げは公募要領によるとみて、締切までとする",
        "a proposal is taken to be withdrawn under the call documents, until the call closes"),
    407: T("予算を超える提案・契約・支出の扱いは公募要領と契約によるとみる",
        "what becomes of a proposal, contract or spending over budget is taken from call documents and contract"),
    408: T("終了後の追跡の年数と方法は確認していない",
        "for how many years, and how, results are followed was not found"),
    409: T("基金が指定された日、2022年度補正の配分、その後の積増しは確認していない",
        "the day the fund was designated, the split of the second 2,500 oku yen and later additions were not found"),
    410: T("11の協議会のうち10の名称と各設置日は確認していない",
        "the names of 10 of the 11 councils and the days they were formed were not found"),
    420: T("63条4項は代表者の同意を求めないが、運用では同意を得るとされる",
        "Art. 63(4) asks for no consent of the lead researcher; in practice it is said to be obtained"),
    421: T("62条1項の不同意が研究開発の支援に不利に働かないことの定めは確認していない",
        "whether a refusal under Art. 62(1) can count against the project was not found"),
    422: T("構成員への情報提供の停止と解除は規約によるとみるが、確認していない",
        "suspending and restoring a member's access is taken to rest on the council's rules, which were not seen"),
    423: T("漏えい等の事案の終え方は規約によるとみるが、確認していない",
        "how an incident is closed is taken to rest on the council's rules, which were not seen"),
    424: T("指定基金の指定の取消し・終了の規定はない", "no clause says how the designation of a fund ends"),
    425: T("秘密保持の義務を負う者の範囲と、人ごとの名簿は運用による",
        "who works on council business or for the body, and the register by person, are practice"),
    426: T("何が秘密かは各協議会の合意により、法に定めがない",
        "what is a secret each council settles by agreement; the Act does not say"),
    427: T("公表の確認の手続と、公表後の元の情報の扱いは規約による",
        "the check before publication, and what then becomes of the item itself, rest on each council's rules"),
}  # fmt: skip
