"""Order Art. 14: the three treaty cases in which a foreign filing is not banned."""

from kaname.law import T
from kaname.law.laws import ORDER
from kaname.procedure.declare import Option

TREATIES = (
    Option("us_defence", T("日米防衛特許協定3条の出願",
        "US filing under Art. III of the Japan-US defence patent agreement"), ORDER("14(i)")),
    Option("space_station", T("宇宙基地協定21条3項の参加国での出願",
        "partner state, Art. 21(3) of the space-station agreement"), ORDER("14(ii)")),
    Option("moon_framework", T("日米宇宙協力枠組協定9条Gの米国出願",
        "US filing under Art. 9(G) of the space framework agreement"), ORDER("14(iii)")),
)
