"""`kaname assess`: whole tables at once."""

from kaname.cli.group import Entry, Group
from kaname.law import T

command = Group(
    "assess",
    (
        Entry(
            "patents",
            "kaname.cli.assess_patents",
            T("特許出願の一覧を法66条1項で調べる", "screen patent applications under Art. 66(1)"),
            "patents",
        ),
        Entry("scope", "kaname.cli.assess_scope", T("導入等計画書の届出が要るか", "must a plan be filed (Art. 52)")),
        Entry(
            "disclosure", "kaname.cli.assess_disclosure", T("供給者等の何を記載するか", "what a party must disclose")
        ),
        Entry(
            "change", "kaname.cli.assess_change", T("計画書の変更は何を要するか", "what a change asks for (Art. 54)")
        ),
        Entry("filing", "kaname.cli.assess_filing", T("計画書に足りないもの", "what a plan lacks before filing")),
        Entry(
            "application",
            "kaname.cli.assess_application",
            T("供給確保計画の申請に足りないもの", "what an application for a supply plan lacks (Art. 9)"),
        ),
        Entry(
            "plan-change",
            "kaname.cli.assess_plan_change",
            T("供給確保計画の変更は届出か認定か", "is a change of a supply plan minor (Art. 10)"),
        ),
        Entry("ownership", "kaname.cli.assess_ownership", T("持分をたどる", "look through shareholdings"), "ownership"),
        Entry("power", "kaname.cli.assess_power", T("誰が会社を決めるか", "who decides companies in the end")),
        Entry("names", "kaname.cli.assess_names", T("名称を一覧と照らし合わせる", "screen names against lists")),
        Entry("network", "kaname.cli.assess_network", T("供給網への衝撃", "shocks through a supply network")),
        Entry(
            "trade", "kaname.cli.assess_trade", T("品目の対外依存と重要度", "dependence and criticality of a product")
        ),
        Entry("sectors", "kaname.cli.assess_sectors", T("輸入が途絶えたときの部門の損失", "what failing imports take")),
        Entry("draws", "kaname.cli.assess_draws", T("取引を抽選して損失の幅を示す", "losses over drawn networks")),
        Entry("chips", "kaname.cli.assess_chips", T("第二の供給源がない投入", "inputs with no second source")),
    ),
    about=T("表や事実を法に照らして調べる。", "Assess tables and facts under the Act."),
    examples=(
        "kaname assess patents docket.csv -o screened.csv",
        "kaname assess names vendors.csv --list end_users.csv -o found.csv",
    ),
)
