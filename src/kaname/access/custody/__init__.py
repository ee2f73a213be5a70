"""Custody (保全情報の取扱い): copies of what is kept secret leave only with a second person's approval, are numbered
and followed until they are destroyed; every decision on sealed matter is written down in a chain (`decisions`).

`leaving` stands before every door by which bytes leave; what declares it is `CaseKind.custody`. `requests` asks and
answers, `copies` keeps the register, `managers` names who answers, `bulk` stops who reads too much, `leak` gathers
what a report of a leak needs. `api` is the front door.
"""
