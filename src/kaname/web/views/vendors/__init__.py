"""Vendors and plans in preparation, from three sides: the vendor's own passport, the operator's plan, the authority's
view of one vendor across plans. Everything is asked of `kaname.vendors.api`; what is another's is not there."""
