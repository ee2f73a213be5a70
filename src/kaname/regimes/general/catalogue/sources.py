"""Where the facts of the general part come from; each source stands here once."""

from kaname.law import T
from kaname.law.commencement import LAW_TEXT, UPDATE_INDEX

DECK = T("政府説明資料（2024年6月4日時点）", "government slide deck, as of 2024-06-04")
SECTOR_ORDERS = T("基幹インフラに係る各府省令", "the sector orders on critical infrastructure")
GAZETTE_INDEX = T("官報2026年9月16日号外第206号を引く改正情報", "index quoting the Official Gazette of 2026-09-16")
PRESS_FIRST_ADOPTIONS = T("産経新聞2023年3月28日", "Sankei, 2023-03-28")
THINK_TANK_NOTICE = T("内閣府の公表（2025年12月5日）", "notice of the Cabinet Office, 2025-12-05")
COMMENTARY = T("内閣府の解説（目次のみ確認）", "commentary of the Cabinet Office, contents page only")
FSA_DRAFT = T("金融庁の府令改正案（2026年10月1日公表）", "draft orders of the FSA, published 2026-10-01")
GRACE_COUNT = T("政府説明資料及び53条による計算", "government deck and the count of Art. 53")

__all__ = [
    "COMMENTARY", "DECK", "FSA_DRAFT", "GAZETTE_INDEX", "GRACE_COUNT", "LAW_TEXT", "PRESS_FIRST_ADOPTIONS",
    "SECTOR_ORDERS", "THINK_TANK_NOTICE", "UPDATE_INDEX",
]  # fmt: skip
