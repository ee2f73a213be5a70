"""What statistics call countries besides their three letters: numbers, those of Japan's customs, English names."""

# Three letters, then the numbers (UN M49; where Comtrade and BACI differ from ISO 3166, theirs first).
NUMBERS = """
ABW533 AFG4 AGO24 AIA660 ALB8 AND20 ANT530 ARE784 ARG32 ARM51 ASM16 ATF260 ATG28 AUS36 AUT40 AZE31 BDI108 BEL56 BEN204
BES535 BFA854 BGD50 BGR100 BHR48 BHS44 BIH70 BLM652 BLR112 BLZ84 BMU60 BOL68 BRA76 BRB52 BRN96 BTN64 BWA72 CAF140
CAN124 CCK166 CHE757,756 CHL152 CHN156 CIV384 CMR120 COD180 COG178 COK184 COL170 COM174 CPV132 CRI188 CSK200 CUB192
CUW531 CXR162 CYM136 CYP196 CZE203 DDR278 DEU276 DJI262 DMA212 DNK208 DOM214 DZA12 ECU218 EGY818 ERI232 ESP724 EST233
ETH231 FIN246 FJI242 FLK238 FRA251,250 FSM583 GAB266 GBR826 GEO268 GHA288 GIB292 GIN324 GMB270 GNB624 GNQ226 GRC300
GRD308 GRL304 GTM320 GUM316 GUY328 HKG344 HND340 HRV191 HTI332 HUN348 IDN360 IND699,356 IOT86 IRL372 IRN364 IRQ368
ISL352 ISR376 ITA381 JAM388 JOR400 JPN392 KAZ398 KEN404 KGZ417 KHM116 KIR296 KNA659 KOR410 KWT414 LAO418 LBN422 LBR430
LBY434 LCA662 LKA144 LSO426 LTU440 LUX442 LVA428 MAC446 MAR504 MDA498 MDG450 MDV462 MEX484 MHL584 MKD807 MLI466 MLT470
MMR104 MNE499 MNG496 MNP580 MOZ508 MRT478 MSR500 MUS480 MWI454 MYS458 MYT175 NAM516 NCL540 NER562 NFK574 NGA566 NIC558
NIU570 NLD528 NOR579,578 NPL524 NRU520 NZL554 OMN512 PAK586 PAN591 PCN612 PER604 PHL608 PLW585 PNG598 POL616 PRK408
PRT620 PRY600 PSE275 PYF258 QAT634 ROU642 RUS643 RWA646 SAU682 SCG891 SDN729 SEN686 SGP702 SHN654 SLB90 SLE694 SLV222
SMR674 SOM706 SPM666 SRB688 SSD728 STP678 SUN810 SUR740 SVK703 SVN705 SWE752 SWZ748 SXM534 SYC690 SYR760 TCA796 TCD148
TGO768 THA764 TJK762 TKL772 TKM795 TLS626 TON776 TTO780 TUN788 TUR792 TUV798 TZA834 UGA800 UKR804 URY858 USA842,840
UZB860 VCT670 VEN862 VGB92 VNM704 VUT548 WLF876 WSM882 YEM887 ZAF710 ZMB894 ZWE716 BLX58 VAT336 FRO234 PRI630 REU638
MCO492 LIE438 GUF254 MTQ474 GLP312 VIR850 ESH732 TWN158
"""

# The country codes of the trade statistics of Japan, then three letters.
JAPAN_CUSTOMS = """
103KOR 104PRK 105CHN 106TWN 107MNG 108HKG 110VNM 111THA 112SGP 113MYS 116BRN 117PHL 118IDN 120KHM 121LAO 122MMR 123IND
124PAK 125LKA 126MDV 127BGD 128TLS 129MAC 130AFG 131NPL 132BTN 133IRN 134IRQ 135BHR 137SAU 138KWT 140QAT 141OMN 143ISR
144JOR 145SYR 146LBN 147ARE 149YEM 150AZE 151ARM 152UZB 153KAZ 154KGZ 155TJK 156TKM 157GEO 158PSE 201ISL 202NOR 203SWE
204DNK 205GBR 206IRL 207NLD 208BEL 209LUX 210FRA 211MCO 212AND 213DEU 215CHE 216PRT 217PRT 218ESP 502ESP 523ESP 219GIB
220ITA 221MLT 222FIN 223POL 224RUS 225AUT 227HUN 228SRB 229ALB 230GRC 231ROU 232BGR 233CYP 234TUR 235EST 236LVA 237LTU
238UKR 239BLR 240MDA 241HRV 242SVN 243BIH 244MKD 245CZE 246SVK 247MNE 248XKX 249FRO 250VAT 301GRL 302CAN 303SPM 304USA
305MEX 306GTM 307HND 308BLZ 309SLV 310NIC 311CRI 312PAN 314BMU 315BHS 316JAM 317TCA 319BRB 320TTO 321CUB 322HTI 323DOM
324PRI 325VIR 326ANT 328CYM 329GRD 330LCA 331ATG 332VGB 333DMA 334MSR 335KNA 336VCT 337AIA 338BLM 401COL 402VEN 403GUY
404SUR 405GUF 406ECU 407PER 408BOL 409CHL 410BRA 411PRY 412URY 413ARG 414FLK 415ATA 501MAR 503DZA 504TUN 505LBY 506EGY
507SDN 508ESH 509MRT 510SEN 511GMB 512GNB 513GIN 514SLE 515LBR 516CIV 517GHA 518TGO 519BEN 520MLI 521BFA 522CPV 524NGA
525NER 526RWA 527CMR 528TCD 529CAF 530GNQ 531GAB 532COG 533COD 534BDI 535AGO 536STP 537SHN 538ETH 539DJI 540SOM 541KEN
542UGA 543TZA 544SYC 545MOZ 546MDG 547MUS 548REU 549ZWE 550NAM 551ZAF 552LSO 553MWI 554ZMB 555BWA 556SWZ 557IOT 558COM
559ERI 560SSD 601AUS 605AUS 602PNG 606NZL 607COK 608TKL 609NIU 610WSM 611VUT 612FJI 613SLB 614TON 615KIR 616PCN 617NRU
618NCL 619PYF 620GUM 621ASM 622UMI 624TUV 625MHL 626FSM 627MNP 628PLW
"""

# Codes no longer in use whose state has one successor, and codes of one publisher alone.
SUCCEEDED = {
    "ZAR": "COD", "ROM": "ROU", "TMP": "TLS", "BUR": "MMR", "HVO": "BFA", "DHY": "BEN", "RHO": "ZWE", "NHB": "VUT",
    "ADO": "AND", "WBG": "PSE", "KSV": "XKX", "1A0": "XKX", "KOS": "XKX", "IMY": "IMN", "CHI": "JEY", "S19": "TWN",
    "BYS": "BLR", "VDR": "VNM", "FXX": "FRA",
}  # fmt: skip
# States that are gone and fell into several, or joined another: they stay what they were.
VANISHED = {
    "SUN": "USSR", "YUG": "Yugoslavia", "SCG": "Serbia and Montenegro", "CSK": "Czechoslovakia", "DDR": "East Germany",
    "ANT": "Netherlands Antilles", "BLX": "Belgium-Luxembourg", "YMD": "South Yemen", "PCZ": "Canal Zone",
    "PCI": "Pacific Islands (Trust Territory)", "ZA1": "Southern African Customs Union",
}  # fmt: skip
VANISHED_NUMBERS = {
    "810": "SUN", "890": "YUG", "891": "SCG", "200": "CSK", "278": "DDR", "530": "ANT", "58": "BLX", "720": "YMD",
    "711": "ZA1", "280": "DEU", "736": "SDN", "230": "ETH", "588": "PAK", "866": "VNM",
}  # fmt: skip
WORLD = frozenset({"W00", "WLD", "WORLD", "0", "000", "ALL", "世界", "TOTAL", "W0"})
# Nobody in particular: areas not elsewhere specified, free zones, bunkers, special (confidential) categories, N/A.
_NOBODY = (
    "_X X1 X2 XX XXX E19 A59 A79 F19 F49 O19 O29 R20 R4 R91 ANS UNS N/A NA NES 899 838 837 839 849 568 577 527 636 637"
    " 473 129 221 471 492X 536X 697 290 879"
)
NOBODY = frozenset(_NOBODY.split())
NOBODY_IN_JAPAN = frozenset(("701", "702", "703", "327"))  # for order, unknown, bonded, French West Indies
# Groups of countries whose members stand in the data too.
_GROUPS = "EU EU2 EU27 EU28 EUN EUR EU15 97 EMU OED OECD ASEAN"
GROUPS = frozenset(_GROUPS.split())

NAMES = {
    "united states": "USA", "usa": "USA", "united states of america": "USA", "russia": "RUS",
    "russian federation": "RUS", "korea, republic of": "KOR", "korea (rep. of)": "KOR", "south korea": "KOR",
    "republic of korea": "KOR", "rep. of korea": "KOR", "korea, north": "PRK", "north korea": "PRK",
    "korea, dem. p.r. of": "PRK", "congo (kinshasa)": "COD", "congo, democratic republic": "COD", "drc": "COD",
    "dem. rep. of the congo": "COD", "zaire": "COD", "congo (brazzaville)": "COG", "congo": "COG", "burma": "MMR",
    "myanmar": "MMR", "turkey": "TUR", "türkiye": "TUR", "turkiye": "TUR", "vietnam": "VNM", "viet nam": "VNM",
    "laos": "LAO", "iran": "IRN", "syria": "SYR", "bolivia": "BOL", "venezuela": "VEN", "tanzania": "TZA",
    "united kingdom": "GBR", "uk": "GBR", "great britain": "GBR", "czechia": "CZE", "czech republic": "CZE",
    "côte d’ivoire": "CIV", "côte d'ivoire": "CIV", "cote d'ivoire": "CIV", "ivory coast": "CIV", "taiwan": "TWN",
    "taiwan, china": "TWN", "hong kong": "HKG", "kyrgyzstan": "KGZ", "moldova": "MDA", "macedonia": "MKD",
    "north macedonia": "MKD", "bosnia & herzegovina": "BIH", "bosnia and herzegovina": "BIH", "slovakia": "SVK",
    "ireland, republic of": "IRL", "german federal republic": "DEU", "german democratic rep": "DDR",
    "soviet union": "SUN", "yugoslavia": "YUG", "czechoslovakia": "CSK", "serbia and montenegro": "SCG",
    "rhodesia": "ZWE", "the bahamas": "BHS", "swaziland": "SWZ", "eswatini": "SWZ", "papua new guinea": "PNG",
    "new caledonia": "NCL", "greenland": "GRL", "kosovo": "XKX", "brunei": "BRN", "east timor": "TLS",
    "timor-leste": "TLS", "cape verde": "CPV", "united arab emirates": "ARE", "saudi arabia": "SAU",
    "south africa": "ZAF", "sri lanka": "LKA", "new zealand": "NZL", "sierra leone": "SLE", "burkina faso": "BFA",
    "trinidad and tobago": "TTO", "dominican republic": "DOM", "costa rica": "CRI", "el salvador": "SLV",
    "solomon islands": "SLB", "north vietnam": "VNM", "gambia": "GMB", "china, mainland": "CHN", "macao": "MAC",
}  # fmt: skip
