"""`kaname verify`, `rebuild`, `backup`, `restore`, `migrate`, `db-roles`: keeping the office's database sound."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaname.cli import show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, migrate, office
from kaname.cli.progress import progress
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

if TYPE_CHECKING:
    from kaname.ledger.verify import Fault, Report

_VERIFY = T("すべてを計算し直して確かめる。違いは事件と記録の番号で示す。",
            "Hash and fold everything again; name the case and entry of every difference.")  # fmt: skip
_MIGRATE = T("表を作り、又は新しい版に合わせ、見張りを置き直し、この版で変わる一覧の行を作り直す。",
             "Make the tables or bring them up to date; put the guards back; make the rows of the lists again that "
             "this version makes otherwise.")  # fmt: skip
_RECEIPTS = T("受領証：JSON の行のファイル、署名した受領証、又はそのフォルダ",
              "receipts: a file of JSON lines, a signed receipt, or a folder of them")  # fmt: skip
_ONLY_BEHIND = T("日が来た、又は宣言が変わった行だけ", "only rows that a day or a changed declaration has left behind")
_JOBS = T("同時に働くプロセスの数（既定は CPU の数）", "processes at work at once (default: one a core)")
_FILE = T("写しのファイル", "file of the backup")
_EVIDENCE = T("証拠として、記録と合わないものも", "as evidence: also where the record does not verify")


@bilingual("verify", _VERIFY, "kaname verify")
@argument("cases", CASE, nargs=-1)
@option("--receipts", about=_RECEIPTS)
@option("--jobs", type=click.IntRange(1), default=None, about=_JOBS)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def verify_command(
    ctx: click.Context, cases: tuple[str, ...], receipts: str | None, jobs: int | None, as_json: bool
) -> None:
    with office(guarded=False), progress() as done:
        from kaname.ledger import guards
        from kaname.ledger.api import verify
        from kaname.site import prepare

        prepare.require_new()  # of a lost database nothing is verified
        held = receipts_in(receipts) if receipts else None
        report = verify([case_id(case) for case in cases], held, done, jobs or 0)
        if not cases and guards.has_tables():
            from kaname.access.custody import decisions
            from kaname.papers import letters, upkeep

            report.faults += [*upkeep.faults(), *letters.faults(), *decisions.faults()]
    if as_json:
        faults = [{"case": f.case, "seq": f.seq, "text": said(f.text)} for f in report.faults]
        told = {"cases": report.cases, "entries": report.entries, "faults": faults, "protected": report.protected}
        show.as_json(told)
    else:
        head = T(f"事件 {report.cases} 件、記録 {report.entries} 件、違い {len(report.faults)} 件",
                 f"{report.cases} cases, {report.entries} entries, {len(report.faults)} faults")  # fmt: skip
        show.lines([said(head), *map(_line, report.faults), *([] if cases else [said(_protected(report.protected))])])
    ctx.exit(1 if report.faults else 0)


def _line(fault: "Fault") -> str:
    return f"  {fault.case or 'kaname'}{f':{fault.seq}' if fault.seq else ''}: {said(fault.text)}"


def _protected(until: str) -> Text:
    """What nobody outside holds could be computed anew by whoever has the database and the keys."""
    if until:
        return T(f"{until} までの記録を、他の機関が請け合う", f"another office holds what was recorded until {until}")
    return T("他の機関が請け合う記録はまだない（kaname anchor）", "no other office holds anything yet (kaname anchor)")


def receipts_in(name: str, signed_only: bool = False) -> dict[tuple[str, int], str]:
    """Digests by case and seq: lines that `act --json` printed, or signed receipts, one file or a folder of them.

    `signed_only`: what nobody has signed proves nothing, and is told as no receipt.
    """
    held: dict[tuple[str, int], str] = {}
    for path in sorted(Path(name).iterdir()) if Path(name).is_dir() else [Path(name)]:
        held |= _of_file(str(path), signed_only)
    return held


def _of_file(name: str, signed_only: bool) -> dict[tuple[str, int], str]:
    from kaname.ledger import keys
    from kaname.ledger.proof import receipts

    held = {}
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "not UTF-8"
        wrong = T(
            f"読めない（{why}）；受領証のファイルかフォルダを",
            f"cannot be read ({why}); expected receipts, a file or a folder",
        )
        raise BadInput([Problem(name, 0, "", wrong)]) from None
    if lines and f'"format":"{receipts.FORMAT}"' in lines[0]:
        mine = receipts.read(Path(name).read_bytes(), keys.own_keys())
        return {(mine.case, mine.seq): mine.digest}
    if signed_only:
        text = T(
            "署名した受領証でない；kaname receipt で出たものを", "no signed receipt; expected what kaname receipt gave"
        )
        raise BadInput([Problem(name, 1, "", text)])
    for number, line in enumerate(lines, 1):
        try:
            receipt = json.loads(line)
            held[str(receipt["case"]), int(receipt["seq"])] = str(receipt["digest"])
        except (ValueError, KeyError, TypeError):
            text = T(
                "受領証でない；case、seq、digest のある JSON を", "no receipt; expected JSON with case, seq, digest"
            )
            raise BadInput([Problem(name, number, "", text)]) from None
    return held


@bilingual(
    "rebuild",
    T("一覧を記録から作り直す。", "Make the list anew from the entries."),
    "kaname rebuild",
    "kaname rebuild --behind",
)
@option("--jobs", type=click.IntRange(1), default=None, about=_JOBS)
@option("--behind", is_flag=True, about=_ONLY_BEHIND)
def rebuild_command(jobs: int | None, behind: bool) -> None:
    with office(), progress() as done:
        from kaname.ledger.api import catch_up, rebuild

        count = (catch_up if behind else rebuild)(jobs=jobs or 0, progress=done)
    show.lines([said(T(f"{count} 件を作り直した", f"{count} cases rebuilt"))])


@bilingual("backup", T("動いたまま写しを取り、確かめる。", "Back up while the office works; the copy is verified."),
           "kaname backup kaname-2026-11-24.sqlite3")  # fmt: skip
@argument("file", _FILE)
@option("--evidence", is_flag=True, about=_EVIDENCE)
@click.pass_context
def backup_command(ctx: click.Context, file: str, evidence: bool) -> None:
    with office(guarded=not evidence):
        from kaname.ledger.api import backup
        from kaname.papers.upkeep import beside, pack

        report, papers = backup(Path(file), evidence), pack(beside(Path(file)))
    keys = T("鍵（sealing_key、circle_keys など、KANAME_HOME のほかのすべて）は含まない；別に保管すること"
             "（kaname keys kit）",
             "without keys (sealing_key, circle_keys and all else of KANAME_HOME): keep them apart, kaname keys kit"
             )  # fmt: skip
    documents = T(f"書類 {papers} 件（暗号のまま）：{beside(Path(file))}",
                  f"{papers} documents, encrypted: {beside(Path(file))}")  # fmt: skip
    faults = report.faults if report else []
    lines = [said(_written(file, report)), *map(_line, faults), *([said(documents)] if papers else []), said(keys)]
    show.lines(lines)
    ctx.exit(1 if faults else 0)


def _written(file: str, report: "Report | None") -> Text:
    if report is None:
        return T(
            f"{file}：戻した後に kaname verify で確かめること",
            f"{file}: written; verify it with kaname verify once restored",
        )
    held = T(
        f"{file}：事件 {report.cases} 件、記録 {report.entries} 件",
        f"{file}: {report.cases} cases, {report.entries} entries",
    )
    if report.faults:
        return T(f"{held.ja}；記録と合わない：証拠になるが、戻すことはできない",
                 f"{held.en}; not sound: it is evidence, and cannot be restored")  # fmt: skip
    return T(held.ja, f"{held.en}, verified")


@bilingual("restore", T("写しの状態に戻す。失われる記録を名指しで示す。",
                        "Put a backup in place; every entry that this takes back is listed."),
           "kaname restore kaname-2026-11-24.sqlite3")  # fmt: skip
@argument("file", _FILE)
@click.pass_context
def restore_command(ctx: click.Context, file: str) -> None:
    with office(guarded=False, alone=True):
        from kaname.ledger.api import restore
        from kaname.papers.upkeep import beside, faults, unpack

        done = restore(Path(file))
        unpack(beside(Path(file)))
        missing = faults()
    lost = [T(f"  {b.case}：記録 {b.held + 1} から {b.had} まで", f"  {b.case}: entries {b.held + 1} to {b.had}")
            for b in done.behind]  # fmt: skip
    head = T(f"{file} に戻した。前の状態は {done.kept} にある。",
             f"Restored from {file}. The state before is in {done.kept}.")  # fmt: skip
    before = T("前の状態（証拠になりうるので残すこと）：", "The state before (keep it, it may be evidence):")
    title = T("受領証が出ていて、もうない記録（一件ずつは kaname missing）：",
              "No longer here, though receipts were given (one by one: kaname missing):")  # fmt: skip
    papers = [f"  {said(fault.text)}" for fault in missing]
    wrong = [said(before), *map(_line, done.faults)] if done.faults else []
    show.lines([said(head), *wrong, *([said(title), *map(said, lost)] if lost else []), *papers])
    ctx.exit(1 if lost or papers else 0)


@bilingual("migrate", _MIGRATE, "kaname migrate")
def migrate_command() -> None:
    with office(guarded=False):
        count = migrate()
    if count:
        show.lines([said(T(f"一覧の {count} 件を作り直した", f"{count} rows of the lists made again"))])


@bilingual("db-roles", T("PostgreSQL の役割を作る SQL を印字する（管理者が一度流す）。",
                         "Print the SQL that makes the roles on PostgreSQL; a superuser runs it once."),
           "kaname db-roles kaname | psql -d kaname")  # fmt: skip
@argument("database", T("データベースの名", "name of the database"))
def db_roles_command(database: str) -> None:
    from kaname.ledger.roles import creation

    show.lines([f"{statement};" for statement in creation(database)])
