"""Vendor passports (供給者の開示): a vendor says once who stands behind it, and lends that to plans by consent.

A vendor comes in by an invitation of an operator, keeps one disclosure in versions that are never changed, and decides
per operator and plan, for how long, and which parts only the authority may read. The authority sees the same vendor
across all plans it may know of. For whom a vendor is not theirs, it is not there. `kaname.vendors.api` is the door.
"""
