"""What each page is for and what one does there: the help that its "?" opens, and the steps of the tour.

A page is named as its address is; a page without an entry of its own goes by the family that begins its name.
"""

from dataclasses import dataclass

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Help:
    """`title`: what people call the page; `does`: what it is for and what one does there, a sentence each."""

    title: Text
    does: tuple[Text, ...]


def _help(ja: str, en: str, *does: tuple[str, str]) -> Help:
    return Help(T(ja, en), tuple(T(*one) for one in does))


PAGES = {
    "inbox": _help("受信箱", "Inbox",
        ("あなたの行為を待つ案件が、期限の早い順に並びます。", "Cases that wait for your act, the earliest day first."),
        ("行を開くと案件に、a のキーでいつもの行為に移ります。",
         "Open a row for the case; the key a goes to its usual act."),
        ("確認済みにした行や後に回した行は、元に戻せます。", "Rows marked as seen or put off can be brought back.")),
    "cases": _help("案件の一覧", "Cases",
        ("見ることのできる案件がすべて並びます。", "All cases that you may see."),
        ("絞り込みと並べ替えは、画面の番地に残ります。", "Filters and order stay in the address of the page.")),
    "case": _help("案件", "Case",
        ("最初の文が、いま何ができて何ができないかを示します。",
         "The first sentence says what can be done now and what not."),
        ("期間の「なぜ」を開くと、数え方と条文が出ます。", "“Why” beside a period shows the count and the provision."),
        ("できることから行為を選ぶと、入力の画面に移ります。", "Choose an act to go to its form.")),
    "case_history": _help("経過", "History",
        ("行為と、法律がそれにどう働いたかを順に示します。", "Acts, and what the law did upon them, in order."),
        ("記録は消せません。訂正は新しい記録になります。", "Entries are never erased; a correction is a new entry.")),
    "case_papers": _help("書類", "Papers", ("この案件の書類と通知を開けます。", "Papers and notices of this case.")),
    "case_checklist": _help("点検表", "Checklist",
        ("次の行為に要る記載、書類、義務と禁止が並びます。", "Fields, papers, duties and bans for the next acts."),
        ("印には名前と時刻が付きます。印は行為ではありません。", "A tick bears name and time; it is no act.")),
    "case_notes": _help("メモ", "Notes",
        ("自分だけのメモと、共有するメモを書けます。", "Write private notes and shared ones."),
        ("メモは案件の記録ではありません。", "Notes are no part of the record.")),
    "consultation": _help("協議・照会", "Consultation",
        ("他の機関に尋ねたこと、尋ねられたことと、その様子を示します。",
         "What other authorities were asked, or ask, and where it stands."),
        ("協議が進んでも、この案件の期間は動きません。", "No period of this case moves with a consultation.")),
    "anchors": _help("記録の裏付け", "What others hold",
        ("記録が書き換えられていないことを、誰がいつまで示せるかが分かります。",
         "Who can show, and until when, that nothing was rewritten.")),
    "custody": _help("取扱い", "Custody",
        ("保全対象の複製と持出しの承認を、対象、理由、部数を書いて求めます。",
         "Ask here for the approval of copies: what, why and how many."),
        ("承認された複製には番号が付き、廃棄まで簿冊で追います。",
         "Approved copies are numbered and followed until they are destroyed.")),
    "custody_request": _help("承認の求め", "Request for approval",
        ("求めた人以外の人が、部数と時間を決めて承認します。",
         "Somebody other than the asker approves, for so many copies and hours.")),
    "custody_measures": _help("措置と機能", "Measures and features",
        ("21の措置のそれぞれについて、要と事務所の分担を示します。",
         "Who sees to each of the 21 measures, Kaname or the office.")),
    "custody_leak": _help("漏えいの報告", "Report of a leak",
        ("記録から報告の下書きを作ります。分からないことは空けてあります。",
         "Drafts the report out of the record; what it cannot know is left open.")),
    "custody_decided": _help("判断の記録", "Decisions",
        ("封緘を開こうとした人と、許したかどうかが残ります。",
         "Who asked for what is sealed, and whether it was allowed.")),
    "alarms": _help("大量の閲覧", "Very much read",
        ("一時間に多くの封緘を読むと警報が出て、さらに読むと止まります。",
         "Very much read within an hour raises an alarm; more is stopped."),
        ("止まった人は、本人確認をするか、他の人の解除で続けられます。",
         "Who is stopped confirms who they are, or is released by somebody else.")),
    "case_people": _help("人", "People", ("この案件で誰が何をできるかを示します。", "Who may do what in this case.")),
    "case_flow": _help("流れ図", "Flow",
        ("手続の流れと、いまの位置を示します。", "The course of the procedure, and where it is.")),
    "case_acts": _help("できること", "What you can do",
        ("いまできる行為と、できない行為の理由を示します。", "Acts that can be done now, and why others cannot.")),
    "act": _help("行為の入力", "Form of an act",
        ("左に記載する事柄、右に行為の効果を示します。", "Fields on the left, what the act would do on the right."),
        ("書きかけは保存されます。確認の画面を経て記録します。",
         "Drafts are kept; it is recorded after a check page.")),
    "act_check": _help("確認", "Check",
        ("記録する前に、書いたことと効果を確かめます。", "Check what was written before recording it.")),
    "receipt": _help("受領証", "Receipt", ("何がいつ記録されたかを示します。", "What was recorded, and when.")),
    "why": _help("なぜこの日か", "Why this date",
        ("期間の始まり、数えない日、末日を順に示します。", "Start, days left out and last day, step by step."),
        ("自分で数えた日を書くと、同じかどうかを確かめられます。",
         "Type the day you counted and see whether it is equal.")),
    "try": _help("試す", "Try it",
        ("記録せずに、行為ができるかを確かめます。", "See whether an act is possible; nothing is recorded.")),
    "new": _help("新しい案件", "New case",
        ("案件の種類を選び、最初の行為を書きます。", "Choose a kind and write the first act.")),
    "search": _help("検索", "Search",
        ("案件、当事者、法律、用語を一文字から探せます。", "Cases, parties, law and terms, from one character.")),
    "go": _help("移る", "Go to", ("画面、案件、行為、日へ移ります。", "Go to a page, a case, an act or a day.")),
    "glance": _help("法の今", "The Act at a glance",
        ("四つの制度のある日の姿を、数字と出どころで示します。",
         "The four regimes on any day, in figures with sources."),
        ("数字から、もとの記録に移れます。", "Each figure leads to its records.")),
    "screening": _help("該当性の確認", "Screening",
        ("分類の記号から、特定技術分野に当たるかを調べます。", "See by symbols whether a specified field is met."),
        ("一覧表をまとめて調べることもできます。", "Whole dockets can be screened at once.")),
    "docket": _help("期限台帳", "Docket",
        ("出願ごとの期限が並びます。印刷して使えます。", "Periods of each application, to print.")),
    "planner": _help("外国出願の計画", "Foreign-filing planner",
        ("いつから外国に出願できるかを、道ごとに示します。", "When one may file abroad, by each way out.")),
    "plan_board": _help("計画の見通し", "Plan board",
        ("禁止期間と、届出が役に立つ最後の日を示します。", "Standstills, and the last useful day to file.")),
    "plan_scope": _help("届出の要否", "Scope",
        ("質問に答えると、届出が要るかが分かります。", "Answer questions to see whether to file.")),
    "plan_change": _help("変更の分類", "Changes",
        ("変更が届出、報告、不要のどれかを判定します。", "Whether a change is filed, reported or neither.")),
    "plans": _help("計画の準備", "Prepare plans",
        ("計画書を、供給者の情報とともに整えます。", "Prepare a plan with the vendors' information.")),
    "passports": _help("会社の情報", "Company information",
        ("会社の情報を一度書き、相手ごとに見せる範囲を決めます。", "Fill in once; choose what each reader sees."),
        ("役員の情報は、はじめから封緘されます。", "Officers' data is sealed from the start.")),
    "ownership": _help("持分", "Ownership",
        ("誰が会社を支配しているかを、持分から調べます。", "Who controls a company, by shares.")),
    "names": _help("名称の照合", "Names", ("名称を名簿と照らし合わせます。", "Compare names with lists.")),
    "vendors_across": _help("供給者", "Vendors",
        ("一つの供給者が出てくる計画をまとめて示します。", "One vendor in all plans.")),
    "supply": _help("安定供給", "Stable supply",
        ("特定重要物資の計画、基金、物資を示します。", "Plans, funds and products.")),
    "products": _help("特定重要物資", "Critical products",
        ("物資の指定と四要件の判断を示します。", "Designations and the four requirements.")),
    "supply_funds": _help("基金", "Funds",
        ("予算、拠出、決定、支出を同じ目盛りで示します。", "Budget to spending on one scale.")),
    "evidence": _help("依存の分析", "Dependence",
        ("貿易の統計から、どこに依存しているかを調べます。", "Where we depend, by trade statistics.")),
    "shocks": _help("供給網の途絶", "Shocks",
        ("供給者や輸入が失われると、何が止まるかを調べます。", "What stops, once a supplier or imports are lost."),
        ("在庫、余力、第二の調達先を入れると、差が対策の価値です。",
         "With stocks, spare capacity, second sources: the difference is what they are worth.")),
    "technology": _help("重要技術", "Technologies",
        ("ビジョンの技術、公募、課題を示します。", "Technologies, calls and projects.")),
    "technology_rooms": _help("協議会の部屋", "Council rooms",
        ("協議会の資料を、構成員だけが開けます。", "Only members open a council's papers.")),
    "technology_secrecy": _help("守秘の台帳", "Register of secrecy",
        ("誰がいつ守秘義務の説明を受けたかを示します。", "Who was told of secrecy, and when.")),
    "outreach": _help("相談・説明会", "Outreach",
        ("相談と説明会を記録し、回答を探せます。", "Questions, briefings and answers.")),
    "penalties": _help("罰則", "Penalties", ("行為の日の罰則を探せます。", "Penalties for conduct on a day.")),
    "act_timeline": _help("法の年表", "Timeline",
        ("法律の施行と改正の日を示します。", "Days of commencement and amendment.")),
    "glossary": _help("用語集", "Glossary",
        ("言葉の意味、読み、条文を調べます。", "Meaning, reading and provision of words.")),
    "notices": _help("お知らせ", "Notices", ("期日が近づいたものと、あなたの名が書かれたメモを示します。",
        "What comes near its day, and notes that name you.")),
    "settings": _help("設定", "Settings", ("言語、明るさ、キーを選べます。", "Language, theme and keys.")),
    "people": _help("人と権限", "People and mandates",
        ("人を招き、役割と期間を与えます。", "Invite people; give roles for a time."),
        ("管理者であるだけでは、案件は開けません。", "Administering alone opens no case.")),
    "office_keys": _help("パスキーの求め", "Passkeys asked for",
        ("いつから鍵だけで入るかを決め、まだ鍵のない人を示します。", "From when keys alone open; who has none yet.")),
    "key_first": _help("パスキーを加える", "Add a passkey",
        ("鍵を加えるか、今回だけ鍵なしで続けます。", "Add a key, or go on without one this time.")),
    "compartments": _help("区画", "Compartments",
        ("構成員だけが知る案件の集まりを示します。", "Circles only members know of.")),
    "checklists": _help("事務所で決めた点検", "What this office always checks",
        ("案件の種類ごとに、必ず点検することを決めます。", "What is always checked, by kind of case.")),
    "tokens": _help("API のトークン", "Tokens", ("プログラムから使うための鍵を作ります。", "Keys for programs.")),
}  # fmt: skip
_ALIAS = {"new_case": "new", "new_check": "act_check", "glossary_term": "glossary", "case_usual": "case"}


def of(name: str) -> Help | None:
    """The help of a page by the name of its address, or of the family that begins it; None where there is none."""
    name = _ALIAS.get(name, name)
    while name:
        if name in PAGES:
            return PAGES[name]
        name = name.rpartition("_")[0]
    return None
