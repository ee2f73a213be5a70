"""The result sheet by JIS X 8341-3:2016, written from the lines of a sweep:

KANAME_REQUIRE_ALL=1 KANAME_SWEEP=/tmp/sweep.jsonl python -m pytest tests/web/sweep -n 0
python tests/web/sweep/sheet.py /tmp/sweep.jsonl > docs/jis_x_8341_3.md
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

PAGES = 40
# The pages everybody meets first; the rest are drawn evenly from the others, in the order of their names.
FIRST = ("account_login", "inbox", "cases", "case patents", "act patents", "why patents", "receipt patents", "search",
         "help", "settings", "new", "screening", "planner", "plan_board", "passport", "passport_task", "glance",
         "supply_funds", "council_room technology", "evidence_product")  # fmt: skip

AXE, LOOK, PERSON, NONE = "axe", "sweep", "person", "none"
SAID = {
    AXE: "axe が全ページで確かめる（指摘 0）", LOOK: "自動の見回りが全ページで確かめる", PERSON: "人による試験が要る",
    NONE: "該当するものがない",
}  # fmt: skip


class Criterion(NamedTuple):
    number: str
    name: str
    level: str
    by: str
    what: str


def _read(table: str) -> tuple[Criterion, ...]:
    return tuple(Criterion(*(cell.strip() for cell in line.split("|"))) for line in table.strip().splitlines())


# The 38 criteria of levels A and AA: number, name, level, who confirms it, and what is looked at.
CRITERIA = _read("""
1.1.1|非テキストコンテンツ|A|axe|図には役割と文、飾りは読み上げない。文が図の中身と合うかは人が確かめる
1.2.1|音声だけ・映像だけ（収録済み）|A|none|音声も映像もない
1.2.2|キャプション（収録済み）|A|none|音声も映像もない
1.2.3|音声解説又は代替（収録済み）|A|none|音声も映像もない
1.2.4|キャプション（ライブ）|AA|none|音声も映像もない
1.2.5|音声解説（収録済み）|AA|none|音声も映像もない
1.3.1|情報及び関係性|A|axe|見出しの順、表の見出し、欄の名、目印となる区画
1.3.2|意味のある順序|A|person|読み上げの順で意味が通るか
1.3.3|感覚的な特徴|A|person|形や位置だけで指す文がないか
1.4.1|色の使用|A|sweep|状態は絵、語、縁、塗りで伝える。強制配色と紙でも読める
1.4.2|音声の制御|A|none|音は鳴らない
1.4.3|コントラスト（最低限）|AA|axe|明・暗の両方、1280 と 390 画素
1.4.4|テキストのサイズ変更|AA|sweep|幅 320 画素（1280 の 400 %）と、文が 4 割長いときに、切れず横に動かない
1.4.5|文字画像|AA|sweep|文字を画像にしない
2.1.1|キーボード|A|person|主な仕事は鍵盤だけの筋書きで確かめ済み。すべての画面は人が確かめる
2.1.2|キーボードトラップなし|A|person|焦点が抜け出せなくなる所がないか
2.2.1|タイミング調整可能|A|person|ログインの期限。入力は残る
2.2.2|一時停止、停止、非表示|A|none|動くものはない
2.3.1|3 回の閃光|A|none|点滅するものはない
2.4.1|ブロックスキップ|A|sweep|最初の焦点が「本文へ」で、区画がそろう
2.4.2|ページタイトル|A|sweep|すべてに題。題が内容を言うかは人が確かめる
2.4.3|フォーカス順序|A|person|焦点の順で意味が通るか
2.4.4|リンクの目的（文脈において）|A|axe|名のないリンクがない。名で行き先が分かるかは人が確かめる
2.4.5|複数の手段|AA|person|検索、一覧、案内のいずれからも着けるか
2.4.6|見出し及びラベル|AA|person|見出しと欄の名が内容を言うか
2.4.7|フォーカスの可視化|AA|sweep|どの焦点にも輪があり、固定された部分に隠れない
3.1.1|ページの言語|A|sweep|lang が言語と一致する
3.1.2|一部分の言語|AA|sweep|英語の画面の日本語に lang がある
3.2.1|フォーカス時|A|person|焦点だけで画面が変わらないか
3.2.2|入力時|A|person|入力だけで画面が変わらないか
3.2.3|一貫したナビゲーション|AA|sweep|全ページが同じ枠をもつ
3.2.4|一貫した識別性|AA|person|同じ働きの部品が同じ名をもつか
3.3.1|エラーの特定|A|person|誤りの文が欄と直し方を言うか
3.3.2|ラベル又は説明|A|axe|すべての欄に名がある
3.3.3|エラー修正の提案|AA|person|誤りの文が直し方を言うか
3.3.4|エラー回避（法的、金融、データ）|AA|person|記録の前に確認の画面がある
4.1.1|構文解析|A|axe|識別子の重なりがない
4.1.2|名前、役割及び値|A|axe|部品の名、役割、状態
""")
BY_HAND = """
- 画面読み上げソフト（NVDA、PC-Talker、VoiceOver）で、受信箱、案件、手続の記録、受領書を通して使う。
- 鍵盤だけで、すべての画面のすべての部品に届き、抜けられるかを見る。
- 400 % に拡大し、また文字の間隔を広げて、読み落としがないかを見る。
- 図の文による説明が、図から読めることと合っているかを比べる。
- 見出し、リンク、ボタン、誤りの文が、初めての人に通じるかを聞く。
- 音声入力とスイッチ操作で、主な仕事を終えられるかを見る。
- 弱視の人、色の見え方の異なる人に、状態の印が見分けられるかを聞く。
"""


def sheet(lines: list[dict], day: date) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[line["key"]] += [f"{line['language']}: {one}" for one in line["found"]]
    yield "# JIS X 8341-3:2016 の結果（配慮）\n"
    yield f"目標は適合レベル AA への**配慮**です。{day.isoformat()}の自動の見回りの結果から作りました。"
    yield "人による試験はまだなので、「準拠」とも「一部準拠」とも書きません。\n"
    looks = "幅 1280 と 390 のそれぞれを明と暗で" if lines and lines[0].get("all") else "幅 1280 を明、390 を暗で"
    yield f"見回りは全 {len(found)} 画面を、日英、{looks}見ました。"
    yield f"ここには {PAGES} 画面を載せます。作り方は `tests/web/sweep/sheet.py` にあります。\n"
    yield "English: results of the automatic sweep, by criterion and page; what only a person can test stands last.\n"
    yield "## 達成基準（A・AA の 38）\n\n| 基準 | 名称 | レベル | 確かめ方 | 見たこと |\n|---|---|---|---|---|"
    for c in CRITERIA:
        yield f"| {c.number} | {c.name} | {c.level} | {SAID[c.by]} | {c.what} |"
    yield f"\n## {PAGES} 画面\n\n| 番号 | 画面 | 結果 |\n|---|---|---|"
    for number, key in enumerate(chosen(sorted(found)), 1):
        told = found[key]
        yield f"| {number} | {key} | {'指摘なし' if not told else f'{len(told)} 件：' + '；'.join(told[:3])} |"
    yield f"\n## 人でなければ確かめられないこと\n{BY_HAND.rstrip()}"


def chosen(keys: list[str]) -> list[str]:
    """Those everybody meets, and of the others as many as are wanted, evenly through their order."""
    first = [key for key in FIRST if key in keys]
    others = [key for key in keys if key not in first]
    want = PAGES - len(first)
    return first + [others[n * len(others) // want] for n in range(want)]


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text("utf-8")
    print("\n".join(sheet([json.loads(line) for line in text.splitlines()], date.today())))  # noqa: T201
