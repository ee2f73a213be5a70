"""The front door of vendor passports for pages, API, jobs and the command line.

The operator
    begin(person, operator, title, sort)      see, keep(person, id, plan, number)      take_in(person, id, name, bytes)
    preparations(person) -> plans in preparation      operators(person), may_prepare(person)
    invite(person, id, party, role, email) -> (invitation, secret)      of_preparation, withdraw
    of_plan(person, id) -> where each vendor stands      ask(person, id, {party: email}) -> links      take_all
    remind(person, id, parties) -> whom it asked, of those who came and have not finished
    offered(person, id) -> consents      attach(person, id, vendor, party, role)      in_preparation(person, id)
    check(person, id, filing, order) -> Checked      data_for_act(person, id)      complete(person, id) -> Plan
    reveal_to_operator(person, id, vendor)      open_in_preparation(person, id, vendor, file)
The vendor
    look(secret) -> Invited      accept(secret, person) -> Welcome      own_vendors(person)
    draft, save(person, vendor, data, number), publish -> Made, versions, read, lacks
    asks(person, vendor) -> who asked for it      holders(person, vendor) -> who has it
    hand_in(person, vendor, arrived), take(person, vendor, stream, name) -> Paper, its `reference` for a certificate
    handed_in, open_own(person, vendor, file)      readings(person, vendor) -> who has opened it
    give(person, vendor, invitation, until, veil=..), revoke(person, vendor, consent), of_vendor
The authority
    vendors(person, text, start)      plans_of(person, vendor, start)      in_case(person, case, vendor)      may_open
    check_filed(person, case, filing, order) -> findings
    reveal(person, case, vendor, number), open_in_case(.., file), each with a line in the log      note, notes

Whoever asks for what is another's gets `Unknown`, as for what is not there.
"""

from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.vendors.across import Across, Noted, Standing, note, notes, plans_of, vendors
from kaname.vendors.chase import REMINDED, TAKEABLE, Chased, Link, Stage, ask, of_plan, remind, take_all
from kaname.vendors.consents import LONGEST, VEILED_UNLESS_SAID, give, holds, of_vendor, revoke
from kaname.vendors.files import (
    file_id,
    hand_in,
    handed_in,
    open_in_case,
    open_in_preparation,
    open_own,
    take,
)
from kaname.vendors.invitations import (
    LASTS,
    Invited,
    LogInFirst,
    Spent,
    Welcome,
    accept,
    invite,
    look,
    of_preparation,
    withdraw,
)
from kaname.vendors.own import Ask, Holder, Reading, asks, holders, readings
from kaname.vendors.passport import (
    Changed,
    Drafted,
    Made,
    NotReadable,
    draft,
    lacks,
    publish,
    read,
    save,
    versions,
)
from kaname.vendors.plans import (
    SECRET,
    Shown,
    attach,
    check,
    check_filed,
    complete,
    data_for_act,
    in_case,
    in_preparation,
    may_open,
    offered,
    reveal,
    reveal_to_operator,
)
from kaname.vendors.preparations import Prepared, begin, keep, see, take_in
from kaname.vendors.rights import may_prepare, operators, own_vendors
from kaname.vendors.rights import own_preparations as preparations

__all__ = [
    "LASTS", "LONGEST", "REMINDED", "SECRET", "TAKEABLE", "VEILED_UNLESS_SAID", "AccessError", "Across", "Ask",
    "Changed", "Chased", "Drafted", "Holder", "Invited", "Link", "LogInFirst", "Made", "NotAllowed", "NotReadable",
    "Noted", "Prepared", "Reading", "Shown", "Spent", "Stage", "Standing", "Unknown", "Welcome", "accept", "ask",
    "asks", "attach", "begin", "check", "check_filed", "complete", "data_for_act", "draft", "file_id", "give",
    "hand_in", "handed_in", "holders", "holds", "in_case", "in_preparation", "invite", "keep", "lacks", "look",
    "may_open", "may_prepare", "note", "notes", "of_plan", "of_preparation", "of_vendor", "offered", "open_in_case",
    "open_in_preparation", "open_own", "operators", "own_vendors", "plans_of", "preparations", "publish", "read",
    "readings", "remind", "reveal", "reveal_to_operator", "revoke", "save", "see", "take", "take_all", "take_in",
    "vendors", "versions", "withdraw",
]  # fmt: skip
