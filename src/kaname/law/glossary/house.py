"""Kaname's own words, which no law has: what pages and papers call the things they show."""

from kaname.law.glossary.term import Term
from kaname.law.text import T

_PAGES = T("Kaname の画面のことば", "a word of Kaname's pages")
_LEDGER = T("Kaname の台帳のことば", "a word of Kaname's ledger")

TERMS = (
    Term("case", "案件", "あんけん", "case",
         T("一つの出願、計画、指定などについての、行為の記録のまとまりです。",
           "The record of all acts about one application, plan or designation."), source=_LEDGER),
    Term("ledger", "台帳", "だいちょう", "ledger",
         T("行為を書き足すだけの記録です。消さず、直すときは新しい行で直します。",
           "A record to which acts are only added; a mistake is mended by a new entry."),
         source=_LEDGER, see=("case",)),
    Term("entry", "記録", "きろく", "entry",
         T("台帳の一行です。誰が、いつ、何をしたかを持ちます。", "One line of the ledger: who did what, and when."),
         source=_LEDGER),
    Term("as-of-day", "基準日", "きじゅんび", "as-of day",
         T("画面が示す日です。別の日を選ぶと、その日の法律とその日までの記録で示します。",
           "The day a page shows; another day shows the law and the record of that day."), source=_PAGES),
    Term("sealed", "封緘", "ふうかん", "sealed",
         T("暗号にして保管し、見られる人だけに示すことです。開くと記録に残ります。",
           "Kept encrypted and shown only to those who may read it; each opening is logged."), source=_LEDGER),
    Term("compartment", "区画", "くかく", "compartment",
         T("構成員だけがその存在を知る、案件の集まりです。", "A circle of cases that only its members know of."),
         source=_LEDGER),
    Term("mandate", "権限", "けんげん", "mandate",
         T("ある人が、ある役割で、ある案件に対して行為できることです。期間があります。",
           "That a person may act in a role in certain cases, for a time."), source=_LEDGER),
    Term("second-count", "検算", "けんざん", "second count",
         T("期限を別の人が手で数え、同じ日になるか確かめることです。",
           "Another person counts a period by hand, to see that it comes to the same day."), source=_PAGES),
    Term("bundle", "束", "たば", "bundle",
         T("他の機関に送る、署名した案件の写しです。", "A signed copy of a case for another office."), source=_LEDGER),
    Term("inbox", "受信箱", "じゅしんばこ", "inbox",
         T("自分の行為を待つ案件が並ぶ、最初の画面です。", "The first page: cases that wait for your act."),
         source=_PAGES),
    Term("docket", "期限台帳", "きげんだいちょう", "docket",
         T("出願ごとの期限の一覧です。", "The list of periods, application by application."), source=_PAGES),
    Term("breach", "違反の記録", "いはんのきろく", "breach",
         T("禁止されている間に行われたと記録された行為です。", "An act on record that was done under a ban."),
         source=_LEDGER),
)  # fmt: skip
