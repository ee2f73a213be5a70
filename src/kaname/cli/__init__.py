"""The command line `kaname`: a table of commands, each in a module of its own that is imported when it is called."""

import gc

from kaname.cli.group import Entry, Root
from kaname.law import T
from kaname.site.garbage import SELDOM

COMMANDS = (
    Entry("period", "kaname.cli.period", T("期間を数え、数え方を示す", "count a period and show the working")),
    Entry("procedures", "kaname.cli.procedures", T("手続の一覧", "list the procedures")),
    Entry("describe", "kaname.cli.describe", T("事件の種類の説明、流れ図", "describe or draw a kind of case")),
    Entry("standing", "kaname.cli.standing", T("事件が今どうなっているか", "where a case stands")),
    Entry("try", "kaname.cli.try_act", T("その行為ができるか、なぜできないか", "may this act be done, or why not")),
    Entry("explain", "kaname.cli.explain", T("なぜその日、その状態か", "why this day, why this state")),
    Entry("trace", "kaname.cli.trace", T("誰が何をし、法律が何をしたか", "who did what, and what the law did")),
    Entry("assess", "kaname.cli.assess", T("表をまとめて調べる", "assess whole tables")),
    Entry("supply", "kaname.cli.supply", T("基金、認定計画、効果", "funds, certified plans and what they achieved")),
    Entry("glance", "kaname.cli.glance", T("ある日の法の姿", "the Act at a glance, on any day")),
    Entry("technology", "kaname.cli.technology", T("ビジョンの技術と課題", "technologies of the visions")),
    Entry("penalties", "kaname.cli.penalties", T("誰に、どの罰則があるか", "who is punished for what, and how")),
    Entry("glossary", "kaname.cli.glossary", T("用語の意味、読み、条文", "what a word means, with its provision")),
    Entry("changes", "kaname.cli.registers", T("何が変わったか", "what changed between two days"), "changes_command"),
    Entry("dryrun", "kaname.cli.registers", T("試し適用", "dry run of a coming version"), "dryrun_command"),
    Entry("open", "kaname.cli.record", T("事件を起こす", "open a case in the office's ledger"), "open_command"),
    Entry("act", "kaname.cli.record", T("行為を記録する", "record an act in a case"), "act_command"),
    Entry("intake", "kaname.cli.intake", T("出願一覧をまとめて取り込む", "take in a docket of applications")),
    Entry("show", "kaname.cli.cases", T("事件の今の姿", "where a case of the office stands"), "show_command"),
    Entry("list", "kaname.cli.cases", T("事件の一覧", "the office's cases by due day"), "list_command"),
    Entry("search", "kaname.cli.search", T("案件、当事者、法令を探す", "search cases, parties and the law")),
    Entry("export", "kaname.cli.exchange", T("他の機関に送る束", "a case as a signed bundle"), "export_command"),
    Entry("import", "kaname.cli.exchange", T("他の機関の束を取り込む", "take in a signed bundle"), "import_command"),
    Entry("office", "kaname.cli.exchange", T("公開鍵と登録した機関", "own key and pinned offices"), "office_command"),
    Entry("receipt", "kaname.cli.anchor", T("署名した受領証", "a signed receipt of an entry"), "receipt_command"),
    Entry("anchor", "kaname.cli.anchor", T("定点と、他の機関の連署", "anchors, and who countersigns them")),
    Entry("letter", "kaname.cli.letter", T("行為を紙面にする", "an act on paper, as PDF/A")),
    Entry("letters", "kaname.cli.letter", T("書面をまとめる", "many letters at once"), "letters_command"),
    Entry("pack", "kaname.cli.package", T("申請・届出の一式", "a filing as a package"), "pack_command"),
    Entry("take", "kaname.cli.package", T("一式を取り込む", "take in a filing package"), "take_command"),
    Entry("verify", "kaname.cli.upkeep", T("台帳を確かめる", "verify the office's ledger"), "verify_command"),
    Entry("rebuild", "kaname.cli.upkeep", T("一覧を作り直す", "make the list anew"), "rebuild_command"),
    Entry("backup", "kaname.cli.upkeep", T("写しを取る", "back up the database"), "backup_command"),
    Entry("restore", "kaname.cli.upkeep", T("写しに戻す", "restore a backup"), "restore_command"),
    Entry("missing", "kaname.cli.missing", T("写しに戻した後に欠けている記録", "what a restore has taken back")),
    Entry("jobs", "kaname.cli.jobs", T("働き手の仕事", "what workers have under way, and what failed")),
    Entry("keys", "kaname.cli.keys", T("封緘の鍵の番人と様子", "the agent of sealing keys, and how they stand")),
    Entry("rekey", "kaname.cli.rekey", T("封緘の鍵を新しくする", "new keys for what is sealed"), "rekey_command"),
    Entry("papers", "kaname.cli.papers", T("書類を読み、探す", "documents: read, find, tidy up"), "papers_command"),
    Entry("migrate", "kaname.cli.upkeep", T("表を作る、新しくする", "make or update the tables"), "migrate_command"),
    Entry("db-roles", "kaname.cli.upkeep", T("PostgreSQL の役割", "roles on PostgreSQL, as SQL"), "db_roles_command"),
    Entry("person", "kaname.cli.person", T("人とその利用", "people and their accounts")),
    Entry("mandate", "kaname.cli.mandate", T("誰がどの役割で、どの事件に", "who acts in which role and cases")),
    Entry("compartment", "kaname.cli.compartment", T("構成員だけが知る区画", "circles only members know of")),
    Entry("custody", "kaname.cli.custody", T("複製の承認と簿冊", "approvals and register of copies")),
    Entry("leak-report", "kaname.cli.leak", T("漏えいの報告の下書き", "the draft report of a leak")),
    Entry("token", "kaname.cli.token", T("API のトークン", "tokens of programs for the API")),
    Entry("notices", "kaname.cli.notices", T("お知らせ、電子メール、webhook", "reminders, mail, webhooks")),
    Entry("task", "kaname.cli.task", T("受信箱、まとめて行う、代理", "inbox, bulk jobs, views, deputies, workload")),
    Entry("vendor", "kaname.cli.vendor", T("供給者の開示と計画の準備", "vendors' passports, plans in preparation")),
    Entry("consult", "kaname.cli.consult", T("機関の間の協議・照会", "consultations between authorities")),
    Entry("up", "kaname.cli.up", T("事務所を開く", "open the office: pages and API")),
    Entry("demo-office", "kaname.cli.demo_office", T("見本の事務所を作る", "make a demonstration office")),
    Entry("demo", "kaname.cli.demo", T("見本の出願を調べて見せる", "screen and show a demonstration docket")),
)  # fmt: skip

root = Root(
    "kaname",
    COMMANDS,
    about=T(
        "経済安全保障推進法を、動く手続として。", "Japan's Economic Security Promotion Act as executable procedures."
    ),
    examples=("kaname period 2025-02-28 --months 3 --moves agency", "kaname standing patents.application ledger.jsonl"),
)


def main() -> None:
    """Run the command line. Exit status: 0 fine, 1 the answer is no, 2 bad input, 130 interrupted."""
    gc.set_threshold(SELDOM)
    try:
        root.main(prog_name="kaname")
    finally:
        gc.freeze()  # the process ends: Python would look through every module once more, a sixth of a second
