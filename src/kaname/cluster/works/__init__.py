"""The calculations that may run in parts: each a frozen dataclass of its own (see `kaname.cluster.Work`)."""
