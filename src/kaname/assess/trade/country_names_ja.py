"""Japanese names of countries and areas, by their three letters."""

JAPANESE = """
ABW アルバ; AFG アフガニスタン; AGO アンゴラ; AIA アンギラ; ALB アルバニア; AND アンドラ; ANT 旧オランダ領アンティル;
ARE アラブ首長国連邦; ARG アルゼンチン; ARM アルメニア; ASM 米領サモア; ATF 仏領南方地域;
ATG アンティグア・バーブーダ; AUS オーストラリア; AUT オーストリア; AZE アゼルバイジャン; BDI ブルンジ; BEL ベルギー;
BEN ベナン; BES ボネール; BFA ブルキナファソ; BGD バングラデシュ; BGR ブルガリア; BHR バーレーン; BHS バハマ;
BIH ボスニア・ヘルツェゴビナ; BLM サン・バルテルミー; BLR ベラルーシ; BLX 旧ベルギー・ルクセンブルク; BLZ ベリーズ;
BMU バミューダ; BOL ボリビア; BRA ブラジル; BRB バルバドス; BRN ブルネイ; BTN ブータン; BWA ボツワナ;
CAF 中央アフリカ; CAN カナダ; CCK ココス諸島; CHE スイス; CHL チリ; CHN 中国; CIV コートジボワール; CMR カメルーン;
COD コンゴ民主共和国; COG コンゴ共和国; COK クック諸島; COL コロンビア; COM コモロ; CPV カーボベルデ; CRI コスタリカ;
CSK 旧チェコスロバキア; CUB キューバ; CUW キュラソー; CXR クリスマス島; CYM ケイマン諸島; CYP キプロス; CZE チェコ;
DDR 旧東ドイツ; DEU ドイツ; DJI ジブチ; DMA ドミニカ国; DNK デンマーク; DOM ドミニカ共和国; DZA アルジェリア;
ECU エクアドル; EGY エジプト; ERI エリトリア; ESH 西サハラ; ESP スペイン; EST エストニア; ETH エチオピア;
FIN フィンランド; FJI フィジー; FLK フォークランド諸島; FRA フランス; FRO フェロー諸島; FSM ミクロネシア; GAB ガボン;
GBR 英国; GEO ジョージア; GHA ガーナ; GIB ジブラルタル; GIN ギニア; GLP グアドループ; GMB ガンビア; GNB ギニアビサウ;
GNQ 赤道ギニア; GRC ギリシャ; GRD グレナダ; GRL グリーンランド; GTM グアテマラ; GUF 仏領ギアナ; GUM グアム;
GUY ガイアナ; HKG 香港; HND ホンジュラス; HRV クロアチア; HTI ハイチ; HUN ハンガリー; IDN インドネシア; IMN マン島;
IND インド; IOT 英領インド洋地域; IRL アイルランド; IRN イラン; IRQ イラク; ISL アイスランド; ISR イスラエル;
ITA イタリア; JAM ジャマイカ; JEY ジャージー; JOR ヨルダン; JPN 日本; KAZ カザフスタン; KEN ケニア; KGZ キルギス;
KHM カンボジア; KIR キリバス; KNA セントクリストファー・ネービス; KOR 韓国; KWT クウェート; LAO ラオス; LBN レバノン;
LBR リベリア; LBY リビア; LCA セントルシア; LIE リヒテンシュタイン; LKA スリランカ; LSO レソト; LTU リトアニア;
LUX ルクセンブルク; LVA ラトビア; MAC マカオ; MAR モロッコ; MCO モナコ; MDA モルドバ; MDG マダガスカル;
MDV モルディブ; MEX メキシコ; MHL マーシャル諸島; MKD 北マケドニア; MLI マリ; MLT マルタ; MMR ミャンマー;
MNE モンテネグロ; MNG モンゴル; MNP 北マリアナ諸島; MOZ モザンビーク; MRT モーリタニア; MSR モントセラト;
MTQ マルティニーク; MUS モーリシャス; MWI マラウイ; MYS マレーシア; MYT マヨット; NAM ナミビア; NCL ニューカレドニア;
NER ニジェール; NFK ノーフォーク島; NGA ナイジェリア; NIC ニカラグア; NIU ニウエ; NLD オランダ; NOR ノルウェー;
NPL ネパール; NRU ナウル; NZL ニュージーランド; OMN オマーン; PAK パキスタン; PAN パナマ; PCI 旧太平洋諸島信託統治領;
PCN ピトケアン; PCZ 旧パナマ運河地帯; PER ペルー; PHL フィリピン; PLW パラオ; PNG パプアニューギニア; POL ポーランド;
PRI プエルトリコ; PRK 北朝鮮; PRT ポルトガル; PRY パラグアイ; PSE パレスチナ; PYF 仏領ポリネシア; QAT カタール;
REU レユニオン; ROU ルーマニア; RUS ロシア; RWA ルワンダ; SAU サウジアラビア; SCG 旧セルビア・モンテネグロ;
SDN スーダン; SEN セネガル; SGP シンガポール; SHN セントヘレナ; SLB ソロモン諸島; SLE シエラレオネ;
SLV エルサルバドル; SMR サンマリノ; SOM ソマリア; SPM サンピエール・ミクロン; SRB セルビア; SSD 南スーダン;
STP サントメ・プリンシペ; SUN 旧ソ連; SUR スリナム; SVK スロバキア; SVN スロベニア; SWE スウェーデン;
SWZ エスワティニ; SXM シント・マールテン; SYC セーシェル; SYR シリア; TCA タークス・カイコス諸島; TCD チャド;
TGO トーゴ; THA タイ; TJK タジキスタン; TKL トケラウ; TKM トルクメニスタン; TLS 東ティモール; TON トンガ;
TTO トリニダード・トバゴ; TUN チュニジア; TUR トルコ; TUV ツバル; TWN 台湾; TZA タンザニア; UGA ウガンダ;
UKR ウクライナ; UMI 米領太平洋諸島; URY ウルグアイ; USA 米国; UZB ウズベキスタン; VAT バチカン;
VCT セントビンセント・グレナディーン; VEN ベネズエラ; VGB 英領バージン諸島; VIR 米領バージン諸島; VNM ベトナム;
VUT バヌアツ; WLF ウォリス・フツナ; WSM サモア; XKX コソボ; YEM イエメン; YMD 旧南イエメン; YUG 旧ユーゴスラビア;
ZA1 旧南部アフリカ関税同盟; ZAF 南アフリカ; ZMB ザンビア; ZWE ジンバブエ
"""
