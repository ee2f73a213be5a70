"""The twenty rules of counting as data (R01 to R20): what they say, where they stand, how sure they are.

For documents and listings; the computation is in the other modules. `note` is the number of a note in docs/law/.
"""

from dataclasses import dataclass

from kaname.law import Bases, Confidence, Law, Practice, T, Text
from kaname.law.laws import (
    ADMINISTRATIVE_PROCEDURE_ACT,
    AGENCY_HOLIDAY_ACT,
    CIVIL_CODE,
    CIVIL_PROCEDURE_CODE,
    DIGITAL_PROCEDURE_ACT,
    NATIONAL_HOLIDAY_ACT,
    PATENT_ACT,
    PUBLIC_FINANCE_ACT,
    art,
)

APPLICATION_OF_LAWS_ACT = Law(
    "application_of_laws_act", "法の適用に関する通則法", "Act on General Rules for Application of Laws",
    "法の適用に関する通則法（平成18年法律第78号）", "Act on General Rules for Application of Laws (Act No. 78 of 2006)",
)  # fmt: skip
TOKYO_GAMES_ACT = Law(
    "tokyo_games_act", "東京大会特別措置法", "Tokyo Games Special Measures Act", "平成27年法律第33号",
    "Act No. 33 of 2015",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One rule; `also` names sources that are cited as a whole, `open_point` what the law leaves unsettled."""

    id: str
    name: Text
    statement: Text
    provisions: Bases
    confidence: Confidence = Confidence.HIGH
    also: Text | None = None
    open_point: Text | None = None
    note: int | None = None


# fmt: off
COUNTING_RULES: tuple[CountingRule, ...] = (
    CountingRule(
        "R01", T("初日不算入（日・週）", "Days and weeks: the first day is left out"),
        T("「Xの日からN日以内」はXの日を数えず、翌日の午前零時から数え、N日目の終わりに満了する。",
          "\"Within N days from day X\" leaves X out: counting starts at the next midnight and ends with the Nth day."),
        CIVIL_CODE("140 main text", "141")),
    CountingRule(
        "R02", T("初日算入（起算して・午前零時開始）", "The first day is counted"),
        T("「起算して」とあるとき、又は期間が午前零時から始まるとき（年度終了の翌日など）は、その日を数える。",
          "The day itself counts where the text says 起算して (counted from it) or the period opens at midnight."),
        (*CIVIL_CODE("140 proviso", "138"), Practice("「起算して」の用例", "drafting use of 起算して"))),
    CountingRule(
        "R03", T("暦による計算・応当日の前日", "Months and years follow the calendar"),
        T("月・年は日数に直さない。最後の月の起算日に応当する日の前日に満了する。一年六月は十八月として一度に加える。",
          "Months and years are never turned into days: the period ends the day before the corresponding day of the "
          "last month. One year six months is added once, as 18 months."),
        CIVIL_CODE("143(1)", "143(2) main text")),
    CountingRule(
        "R04", T("応当日なし・月末", "No corresponding day: the month ends the period"),
        T("最後の月に応当日がないときは、その月の末日に満了する。",
          "Where the last month has no corresponding day, the period ends on that month's last day."),
        CIVIL_CODE("143(2) proviso", "143(1)")),
    CountingRule(
        "R05", T("時間による期間", "Hour periods"),
        T("時間で定めた期間は直ちに進み、丸めず、休日でも動かない。",
          "Periods in hours run from the instant, are not rounded and do not move for closed days."),
        CIVIL_CODE("139") + AGENCY_HOLIDAY_ACT("2")),
    CountingRule(
        "R06", T("民法142条", "Private-law periods ending on a holiday"),
        T("末日が日曜日又は祝日等の休日で、その日に取引をしない慣習がある場合に限り、翌日に満了する。",
          "An end on a Sunday or national holiday moves on only where by custom no business is done that day."),
        CIVIL_CODE("142"),
        open_point=T("土曜日、12月29日から31日まで及び1月2日・3日が「その他の休日」に当たるかは個別の判断による。",
                     "Whether Saturdays, 29-31 December, 2-3 January are \"other holidays\" depends on the case."),
        note=102),
    CountingRule(
        "R07", T("行政機関の休日", "Closed days of national administrative organs"),
        T("土曜日、日曜日、祝日等及び12月29日から1月3日まで。休日にした行為の効力は妨げられない。",
          "Saturdays, Sundays, national holidays, 29 December to 3 January. Acts done on those days stay valid."),
        AGENCY_HOLIDAY_ACT("1(1)", "1(3)")),
    CountingRule(
        "R08", T("期限の特例", "Filings to a national agency: the last day moves on"),
        T("国の行政庁に対する申請・届出等の期間の末日が行政機関の休日に当たるときは、その翌日（開庁日まで繰り返す）。",
          "The last day of a period for a filing to a national agency, if closed, becomes the next open day."),
        AGENCY_HOLIDAY_ACT("2")),
    CountingRule(
        "R09", T("期限の特例が及ばない期間", "Periods that do not move"),
        T("待機・効力の期間、行政庁の期間、確定日、時間による期間、国の行政庁でない者に対する行為の期間は動かない。",
          "Standstills, terms, periods binding the agency, fixed dates, hours, acts addressed to others stay."),
        AGENCY_HOLIDAY_ACT("2 proviso")),
    CountingRule(
        "R10", T("特許法の手続期間", "Patent procedures"),
        T("手続の期間は特許法自身の同じ計算規定と期限の特例による。権利の存続期間は動かない。",
          "Procedural periods have the Patent Act's own copy of these rules and its own move; terms of rights stay."),
        PATENT_ACT("3(1)", "3(2)", "4", "5")),
    CountingRule(
        "R11", T("遡る期間（○日前まで）", "Counting backwards"),
        T("「DのN日前まで」は、DからN日を引いた日までとする読み方と、中N日を置く読み方がある。休日でも動かさない。",
          "\"By N days before D\" is D minus N, or one day earlier so that N clear days lie between. It stays."),
        CIVIL_CODE("140") + art("50(3)"), Confidence.MEDIUM,
        open_point=T("どちらの読み方によるかは定まっていない。両方を示し、中N日の方を目標とする。",
                     "Which reading holds is unsettled: both are shown, clear days is the recommended target."),
        note=101),
    CountingRule(
        "R12", T("経過する日・経過した日・超えない範囲", "Words for the end of a period"),
        T("「経過する日」は末日、「経過した日」はその翌日。「超えない範囲」は末日を限度とする。",
          "経過する日 is the last day, 経過した日 the day after; \"not exceeding N\" caps at the last day."),
        (*APPLICATION_OF_LAWS_ACT("2"), Practice("法令用語の用例", "drafting practice"))),
    CountingRule(
        "R13", T("元号・和暦", "Japanese era dates"),
        T("元号は即位の日から始まる。初年は元年。改元前の法令には旧元号のままの日付（平成32年）が残る。",
          "An era begins on accession; its first year is 元年. Older texts keep dates past an era's end (平成32年)."),
        (), also=T("元号法、元号を改める政令（平成31年政令第143号）",
                   "Era Name Act; Cabinet Order No. 143 of 2019")),
    CountingRule(
        "R14", T("会計年度", "Fiscal years"),
        T("4月1日から翌年3月31日まで。始まる年で呼ぶ。2019年度は平成31年度とも令和元年度ともいう。",
          "1 April to 31 March, named by the year it starts in; fiscal 2019 is both Heisei 31 and Reiwa 1."),
        PUBLIC_FINANCE_ACT("11")),
    CountingRule(
        "R15", T("国民の祝日・振替休日", "National holidays and substitutes"),
        T("祝日が日曜日に当たるときは、その後の最も近い祝日でない日も休日（1973年4月12日から。2006年までは月曜日のみ）。",
          "Where a named day is a Sunday, the nearest later day not itself named is a holiday too (from 12 April 1973; "
          "until 2006 only the Monday)."),
        NATIONAL_HOLIDAY_ACT("2", "3(1)", "3(2)")),
    CountingRule(
        "R16", T("国民の休日", "Day between two holidays"),
        T("前日と翌日が祝日である日は休日（1985年12月27日から）。",
          "A day between two named days is a holiday (from 27 December 1985)."),
        NATIONAL_HOLIDAY_ACT("3(3)")),
    CountingRule(
        "R17", T("春分日・秋分日", "Equinox days"),
        T("前年2月の官報の暦要項で定まる。それより先は予測であり、予測と示す。",
          "Fixed by the calendar outline gazetted in February of the year before; later days are marked forecasts."),
        NATIONAL_HOLIDAY_ACT("2"), also=T("暦要項（官報）", "calendar outline in the official gazette"),
        open_point=T("2028年以後の春分日・秋分日は予測。", "Equinox days from 2028 on are forecasts."), note=104),
    CountingRule(
        "R18", T("2019・2020・2021年の特例", "Special years 2019, 2020, 2021"),
        T("2019年は即位の日と即位礼正殿の儀の日が休日で天皇誕生日はない。2020年・2021年は海の日、スポーツの日、山の日が動いた。",
          "2019 has accession and enthronement days and no Emperor's Birthday; in 2020 and 2021 Marine, Sports and "
          "Mountain Day moved."),
        TOKYO_GAMES_ACT("32(1)", "32(2)"),
        also=T("平成30年法律第99号、天皇の退位等に関する皇室典範特例法附則",
               "Act No. 99 of 2018; supplementary provisions of the Act on Abdication")),
    CountingRule(
        "R19", T("訴訟上の期間", "Periods for court action"),
        T("民法により計算し、土曜日、日曜日、祝日等、1月2日・3日及び12月29日から31日までを避けて翌日に満了する。",
          "Counted by the Civil Code; the end moves past Saturdays, Sundays, holidays, 2-3 January, 29-31 December."),
        CIVIL_PROCEDURE_CODE("95(1)", "95(3)") + art("80(5)"), Confidence.MEDIUM,
        open_point=T("法80条5項の訴えの期間に民事訴訟法95条3項が及ぶことは通常の理解だが、法に明文はない。",
                     "That Art. 95(3) governs the period of Art. 80(5) is the usual view, not written in the Act."),
        note=103),
    CountingRule(
        "R20", T("日本標準時・到達", "The legal day is the day in Japan"),
        T("日付は日本標準時の日。電子申請は行政機関等のファイルに記録された時に到達し、休日でも同じ。",
          "Dates are days in Japan Standard Time. An online filing arrives when recorded in the agency's file, "
          "on closed days too."),
        DIGITAL_PROCEDURE_ACT("6(3)") + ADMINISTRATIVE_PROCEDURE_ACT("37", "7")),
)
# fmt: on
