"""The page of charts: each promise as a line over its measurements, in one file without scripts, in both languages."""

from collections.abc import Sequence
from html import escape
from math import log10
from typing import Any

BENCHES = {
    "screening": ("国際特許分類による審査", "Screening by patent classes"),
    "days": ("期間の計算", "Days and deadlines"),
    "fold": ("台帳の読み取り", "Ledgers read"),
    "ledger": ("行為と一括の取込み", "Acts and bulk intake"),
    "office": ("事務所の画面", "Pages of a large office"),
    "ownership": ("所有と支配", "Ownership and control"),
    "names": ("名前の照合", "Names"),
    "trade": ("貿易", "Trade"),
    "filing": ("届出と部品表", "Filings and bills of material"),
    "glance": ("法の全体像", "Picture of the Act"),
    "glance_paper": ("全体像の印刷", "Picture of the Act on paper"),
    "hands": ("書面、表、郵便", "Letters, workbooks and mail"),
    "pages": ("頁の現れ方", "How pages appear"),
    "search": ("検索", "Search"),
    "texts": ("文書の本文の検索", "Search in the text of documents"),
    "sealing": ("封印", "Sealing"),
    "trust": ("信頼の費用", "What trust costs"),
    "network": ("供給網の衝撃", "Shocks through supply networks"),
    "cluster": ("分割した計算", "Work in parts"),
}
_WIDE, _HIGH, _EDGE = 260, 64, 8
_DECADES = 1.0  # how far up and down a chart goes: ten times better or worse than promised
_HEAD = """<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>約束した速さの推移 / Promises of speed over time</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 64rem; margin: 0 auto; padding: 1rem }
body { color: #1a1a1a; background: #fff }
h2 { margin: 2rem 0 .25rem; font-size: 1.15rem; border-bottom: 1px solid #767676 }
ul { list-style: none; padding: 0; margin: 0 }
li { display: grid; grid-template-columns: minmax(0, 1fr) 260px; gap: .25rem 1.5rem; padding: .6rem 0 }
li { border-bottom: 1px solid #ddd }
li > p { margin: 0; overflow-wrap: anywhere } svg { max-width: 100%; height: auto }
.no { color: #a30000; font-weight: 600 } .small { color: #555; font-size: .875rem }
@media (max-width: 40rem) { li { grid-template-columns: minmax(0, 1fr) } }
@media print { li { break-inside: avoid } }
</style>
"""


def page(lines: Sequence[dict[str, Any]]) -> str:
    """Of all lines of the history, by benchmark; only promises that its latest measurement still has."""
    shown = [section for bench in BENCHES if (section := _section(bench, [x for x in lines if x["bench"] == bench]))]
    latest = [figure for bench in BENCHES for figure in _latest(lines, bench).values()]
    kept = sum(figure[2] for figure in latest)
    return f"""{_HEAD}<main>
<h1>約束した速さの推移 <span lang="en">/ Promises of speed over time</span></h1>
<p>{len(latest)}の約束のうち、最後の測定で守られているのは{kept}。各図の横線が約束の値で、上ほど良い（目盛りは対数、10倍まで）。
●は守られた測定、×は守られなかった測定。横軸は測定の順。</p>
<p lang="en">Of {len(latest)} promises, {kept} are kept by the latest measurement. The line across each chart is the
promise; higher is better (logarithmic, up to ten times). ● was kept, × was not. From left to right: measurements
as they were taken. Machines were shared: read the load beside each figure, and how it was measured in
<a href="performance.md">performance.md</a>. Names of promises stand as in its table.</p>
{"".join(shown)}</main>
</html>
"""


def _latest(lines: Sequence[dict[str, Any]], bench: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in lines:
        if line["bench"] == bench:
            found = line["figures"]
    return found


def _section(bench: str, lines: Sequence[dict[str, Any]]) -> str:
    if not lines:
        return ""
    ja, en = BENCHES[bench]
    last = lines[-1]
    load = "" if last["load"] is None else f"、負荷 / load {last['load']:g}"
    machine = f"、{escape(last['machine'])}" if last["machine"] else ""
    rows = [_row(name, [line for line in lines if name in line["figures"]]) for name in last["figures"]]
    return f"""<h2>{ja} <span lang="en">/ {en}</span></h2>
<p class="small">bench/{bench}.py、{last["day"]}{machine}{load}</p>
<ul>
{"".join(rows)}</ul>
"""


def _row(name: str, lines: Sequence[dict[str, Any]]) -> str:
    what, _, promise = name.partition(" | ")
    measured, _, kept = lines[-1]["figures"][name]
    told = "守られている / kept" if kept else '<span class="no">守られていない / not kept</span>'
    return f"""<li><p lang="en">{escape(what)}<br><span class="small">約束 / promise: {escape(promise)}<br>
測定 / measured: {escape(measured)}（{told}）</span></p>
{_chart(name, [(line["day"], *line["figures"][name]) for line in lines])}</li>
"""


def _chart(name: str, points: Sequence[tuple[str, str, float, bool]]) -> str:
    """One line; the promise across the middle."""
    step = (_WIDE - 2 * _EDGE) / max(len(points) - 1, 1)
    places = [(_EDGE + at * step, _height(over), day, measured, kept)
              for at, (day, measured, over, kept) in enumerate(points)]  # fmt: skip
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in places)
    said = escape(f"{name}: " + "; ".join(f"{day} {measured}" for _, _, day, measured, _ in places), quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}" role="img" aria-label="{said}">'
        f'<line x1="0" x2="{_WIDE}" y1="{_HIGH / 2}" y2="{_HIGH / 2}" stroke="#767676" stroke-dasharray="4 3"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f4e79" stroke-width="1.5"/>'
        f"{''.join(_mark(*place) for place in places)}</svg>"
    )


def _mark(x: float, y: float, day: str, measured: str, kept: bool) -> str:
    title = f"<title>{escape(day)}: {escape(measured)}</title>"
    if kept:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#1f4e79">{title}</circle>'
    cross = f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"
    return f'<path d="{cross}" stroke="#a30000" stroke-width="2.5" fill="none">{title}</path>'


def _height(over: float) -> float:
    up = max(-_DECADES, min(_DECADES, log10(max(over, 1e-9))))
    return _HIGH / 2 - up / _DECADES * (_HIGH / 2 - _EDGE)
