"""Where the facts of this catalogue were read, each under its short name. What lies in the press is no law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, of which day; `url` where it is published."""

    label: Text
    as_of: date | None = None
    url: str = ""


DECK = date(2024, 6, 4)  # the day of the government deck

SOURCES: Mapping[str, Source] = {
    "law": Source(T("法（2026年6月1日施行の条文）", "the Act as in force on 2026-06-01"), date(2026, 6, 1),
        "https://laws.e-gov.go.jp/law/504AC0000000043"),
    "sti": Source(T("科学技術・イノベーション創出の活性化に関する法律", "Act No. 63 of 2008"), None,
        "https://laws.e-gov.go.jp/law/420AC0100000063"),
    "seed": Source(T("内閣府の説明資料", "slide deck of the Cabinet Office"), DECK),
    "cao": Source(T("内閣府の特定重要技術のページ", "Cabinet Office page on critical technologies"), None,
        "https://www.cao.go.jp/keizai_anzen_hosho/technology.html"),
    "diet": Source(T("国会答弁（守秘義務）", "answer in the Diet on the duty of secrecy"), None,
        "https://clips.politylink.jp/clip/2932"),
    "iza": Source(T("産経・FNN報道（2022年7月・8月）", "Sankei and FNN, July and August 2022"), date(2022, 7, 19)),
    "mhlw": Source(T("厚生労働省の会議資料（基本指針の引用）", "MHLW committee paper quoting the guideline"), None,
        "https://wic-net.com/material/document/17982/7"),
    "sanae": Source(T("高市早苗事務所コラム", "column of the Takaichi office"), date(2023, 10, 12),
        "https://kanri.sanae.gr.jp/column_detail1453.html"),
    "imaeda": Source(T("文部科学大臣政務官（当時）コラム", "column of a MEXT vice-minister, 2023"), None,
        "https://imaeda-sou.com/?p=8787"),
    "nhk": Source(T("NHK報道", "NHK"), date(2023, 8, 1)),
    "pwc": Source(T("PwC Japanのコラム（2023年11月時点）", "PwC Japan column, figures of November 2023"),
        date(2023, 11, 30)),
    "sankei": Source(T("産経報道（初の採択）", "Sankei on the first adoptions"), date(2023, 3, 28)),
    "kancho": Source(T("官庁通信社の記事", "Kancho Tsushin on the first three projects"), None,
        "https://kancho-t.com/?p=33847"),
    "jmd": Source(T("日刊産業新聞の記事", "Japan Metal Daily"), None),
    "drone1": Source(T("Drone Journal（2023年6月29日）", "Drone Journal, 2023-06-29"), date(2023, 6, 29)),
    "drone2": Source(T("Drone Journal（2024年7月23日）", "Drone Journal, 2024-07-23"), date(2024, 7, 23)),
    "nedo25": Source(T("NEDO発表、Drone Journal（2025年10月6日）", "NEDO and Drone Journal, 2025-10-06"),
        date(2025, 10, 6)),
    "cyber": Source(T("NEDO発表（2024年7月19日）", "NEDO release of 2024-07-19"), date(2024, 7, 19)),
    "third": Source(T("3rd-inの記事（小型無人機の自律制御、2025年）", "article on autonomous small UAVs, 2025"), None),
    "bunkyo": Source(T("文教速報の記事（JSTの再公募）", "Bunkyo Digital on a second call of JST"), None),
    "wix": Source(T("2022年12月の公募を掲げる市民団体のページ", "citizens' page listing the calls of December 2022"),
        None, "https://keizaianpoigi.wixsite.com"),
    "gh": Source(T("K Programの助成番号を掲げる公開リポジトリ", "public repositories naming K Program grants"), None),
    "jg": Source(T("公開ファイルに引用されたJグランツの記録", "a J-Grants record quoted in a public file"), None),
    "iog": Source(T("地経学研究所の論文（2024年9月）", "Institute of Geoeconomics, September 2024"), date(2024, 9, 30)),
    "tt": Source(T("内閣府発表（シンクタンク、2025年12月5日）", "Cabinet Office on the think tank, 2025-12-05"),
        date(2025, 12, 5), "https://www8.cao.go.jp/cstp/anzen_anshin/thinktank/20251205thinktank.html"),
    "nippon": Source(T("nippon.com（2026年2月15日）", "nippon.com, 2026-02-15"), date(2026, 2, 15)),
    "a38": Source(T("令和8年法律第38号に関する法令更新情報", "legal updates on Act No. 38 of 2026"), None),
    "sci": Source(T("科学新聞（2022年7月1日）", "Science News, 2022-07-01"), date(2022, 7, 1)),
    "know": Source(T("公表資料に関する知見（今回は原文を再読していない）",
        "knowledge of the published documents, not read again"), None),
}  # fmt: skip


def cited(*ids: str) -> tuple[Source, ...]:
    """The sources of these short names. A misspelt one is a KeyError where the catalogue is made."""
    return tuple(SOURCES[id] for id in ids)
