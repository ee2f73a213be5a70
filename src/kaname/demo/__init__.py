"""The demonstration: an invented docket for `kaname demo`, an invented office for `kaname demo-office`."""
