"""Text made alike for searching (never for storing): width, case, spaces, kana, old and new forms of characters.

`alike` makes the key of a text; `marked` finds a key in a text as it was written. What is shown is always the text as
it was filed: 髙橋 stays 髙橋, and is found by 高橋.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

# Variant and old forms (旧字体、異体字), each before its common form.
_FORMS = (
    "髙高﨑崎濵浜濱浜邊辺邉辺齋斎齊斉嶋島嶌島澤沢廣広國国櫻桜瀨瀬眞真德徳會会學学體体圓円榮栄龍竜瀧滝萬万與与寶宝檜桧曾曽"
    "淵渕淸清靑青增増黑黒緖緒藏蔵惠恵敎教硏研關関鐵鉄氣気驗験發発變変權権證証讓譲釋釈鹽塩廳庁應応拂払舊旧"
    "亞亜惡悪壓圧圍囲爲為醫医壹壱稻稲隱隠營営衞衛驛駅艷艶奧奥橫横歐欧毆殴黃黄溫温穩穏假仮價価畫画壞壊懷懐繪絵槪概擴拡"
    "殼殻覺覚嶽岳樂楽渴渇卷巻陷陥勸勧寬寛歡歓觀観歸帰犧犠戲戯據拠擧挙虛虚峽峡挾挟狹狭鄕郷曉暁區区驅駆勳勲薰薫徑径溪渓"
    "經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検獻献縣県險険顯顕嚴厳效効恆恒鑛鉱號号濟済碎砕劑剤雜雑參参慘惨"
    "棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写壽寿收収從従澁渋獸獣縱縦肅粛處処敍叙將将稱称燒焼乘乗剩剰壤壌孃嬢"
    "條条淨浄疊畳釀醸觸触囑嘱寢寝愼慎晉晋盡尽圖図粹粋醉酔隨随髓髄數数樞枢聲声靜静攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭"
    "禪禅雙双壯壮搜捜插挿爭争總総聰聡莊荘裝装騷騒臟臓屬属續続墮堕對対帶帯滯滞臺台擇択單単擔担膽胆團団彈弾斷断癡痴遲遅"
    "晝昼蟲虫鑄鋳聽聴鎭鎮遞逓轉転點点傳伝黨党盜盗燈灯當当鬪闘獨独讀読屆届繩縄貳弐惱悩腦脳霸覇廢廃拜拝賣売麥麦髮髪拔抜"
    "蠻蛮祕秘甁瓶佛仏竝並辨弁瓣弁辯弁舖舗豐豊襃褒沒没飜翻滿満默黙彌弥藥薬譯訳豫予餘余譽誉搖揺樣様謠謡遙遥來来賴頼亂乱"
    "覽覧兩両獵猟壘塁勵励禮礼隸隷靈霊齡齢戀恋爐炉勞労樓楼郞郎祿禄灣湾凜凛槇槙籠篭鷗鴎頰頬剝剥塡填俱倶繫繋蠟蝋摑掴醬醤"
    "瘦痩幷并吞呑噓嘘焰焔囊嚢潑溌萊莱栁柳桒桑冨富峯峰埜野舩船曻昇薮藪籔藪簗梁塚塚"
)
_SMALL = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけ"  # キヤノン and キャノン are one name
_DASHES = "‐‑‒–—―−"


def _table() -> dict[int, str]:
    small = dict(zip(_SMALL[::2], _SMALL[1::2], strict=True))
    found = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True)) | dict.fromkeys(_DASHES, "-") | small
    for katakana in range(ord("ァ"), ord("ヶ") + 1):
        hiragana = chr(katakana - ord("ァ") + ord("ぁ"))
        found[chr(katakana)] = small.get(hiragana, hiragana)
    return str.maketrans(found)


_TABLE = _table()
_COMPANY = {"(株)": "株式会社", "(有)": "有限会社", "(同)": "合同会社", "(資)": "合資会社", "(名)": "合名会社"}
# What is made alike as one: a short form of a company, a character with the marks that follow it, one character.
_UNIT = re.compile(r"[(（][株有同資名][)）]|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_BESIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")  # 山﨑 航空 is 山崎航空: a space there parts nothing


def alike(text: str) -> str:
    """The search key of a text."""
    if text.isascii():  # has no forms: numbers and references mostly
        return " ".join(text.lower().split())
    return _BESIDE.sub("", " ".join(_folded(text).split()))


def marked(text: str, pieces: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """A text as filed, cut into parts that were looked for (pieces made alike) and parts that were not."""
    units = _UNIT.findall(text)
    keys = _keys(units)
    places = [i for i, key in enumerate(keys) for _ in key]
    flat, hit = "".join(keys), [False] * len(units)
    for piece in pieces:
        at = flat.find(piece) if piece else -1
        while at >= 0:
            for i in range(places[at], places[at + len(piece) - 1] + 1):
                hit[i] = True
            at = flat.find(piece, at + 1)
    runs = groupby(range(len(units)), key=hit.__getitem__)
    return tuple(("".join(units[i] for i in run), is_hit) for is_hit, run in runs)


def _folded(text: str) -> str:
    once = unicodedata.normalize("NFKC", text).casefold()
    return _shorts(unicodedata.normalize("NFKC", once).translate(_TABLE))


def _shorts(text: str) -> str:
    if "(" in text:
        for short, whole in _COMPANY.items():
            text = text.replace(short, whole)
    return text


_key = lru_cache(4096)(_folded)


def _keys(units: list[str]) -> list[str]:
    """The units of a text made alike, each by itself; a space that parts nothing is the empty key."""
    keys = [_key(unit) for unit in units]
    for i, key in enumerate(keys):
        if key.isspace():
            before, after = keys[i - 1] if i else " ", keys[i + 1] if i + 1 < len(keys) else " "
            parts = before[-1:].isascii() and after[:1].isascii() and not before.endswith(" ")
            keys[i] = " " if parts and before else ""
    return keys
