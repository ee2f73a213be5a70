"""What both kinds of council share (Arts. 62(4)-(8), 63(5)): rules of its own, a start, an end, and the secret leaked.

Art. 63(5) applies these paragraphs to the council of a designated fund; one function builds them for either.
"""

from collections.abc import Mapping

from kaname.law import Bases, T, Text
from kaname.procedure.asked import paper, text
from kaname.procedure.declare import Act, Field, FieldType, Role, State, end, go, stay, waits
from kaname.regimes.technology.laws import COUNCIL_RULES
from kaname.regimes.technology.roles import ENGAGED, MEMBERS

STANDING = ("organised", "rules_set", "running")  # a council there is

# -- what is asked ---------------------------------------------------------------------------------------------------

NAME = text("council_name", T("協議会の名称", "name of the council"), COUNCIL_RULES, required=True)
LEAK = (
    Field("person", T("漏らした者", "who leaked"), FieldType.PERSON, COUNCIL_RULES),
    text("what", T("漏れた秘密", "the secret"), COUNCIL_RULES, sealed=True))


def rules_asked(basis: Bases) -> tuple[Field, ...]:
    """The heads of the model rules; each council may add, change or drop clauses."""
    return (
        paper("rules_text", T("規約", "the rules"), basis, required=True),
        text("voting", T("議決の方法", "how it decides"), COUNCIL_RULES),
        text("secretariat", T("事務局", "secretariat"), COUNCIL_RULES),
        text("secret_designation_method", T("秘密とする情報の定め方", "how secrets are settled"), COUNCIL_RULES),
        text("publication_review", T("公表前の確認", "check before publication"), COUNCIL_RULES),
        text("exit_rules", T("退任の手続", "how a member leaves"), COUNCIL_RULES),
        text("observer_rules", T("オブザーバー", "observers"), COUNCIL_RULES))

# -- the shared part of either procedure -----------------------------------------------------------------------------

STATES: Mapping[str, State | Text] = dict(
    organised=waits(T("組織", "organised"), MEMBERS), rules_set=waits(T("規約制定", "rules set"), MEMBERS),
    running=T("運営中", "running"), dissolved=end(T("解散", "dissolved")))


def life(minister: Role, rules: Bases, agenda: Bases, secrecy: Bases, penalty: str) -> tuple[Act, ...]:
    """From the rules to the end; a leak is a deed also of those who left, and of a council that is no more."""
    return (
        Act("set_rules", T("規約を定める", "set the rules"), MEMBERS, rules, go("rules_set", "organised"),
            fields=rules_asked(rules),
            note=T("公表された規約のひな型がある", "model rules are published as a template")),
        Act("start", T("運営を始める", "start"), MEMBERS, agenda, go("running", "rules_set")),
        Act("dissolve", T("解散する", "dissolve"), minister, COUNCIL_RULES + rules, go("dissolved", "running"),
            note=T("秘密保持の義務は残る", "the duty of secrecy survives")),
        Act("leak", T("秘密を漏らし、又は盗用する", "leak or steal a secret"), ENGAGED, secrecy,
            stay(*STANDING, "dissolved"), fields=LEAK, deed=True, penalty=penalty))
