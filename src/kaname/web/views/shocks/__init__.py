"""Shocks through a supply network: a network or a table given, a shock built, what it takes, what a plan is worth."""
