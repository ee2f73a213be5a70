"""Ownership looked through: a source is given, a company chosen, and every figure has its working."""
