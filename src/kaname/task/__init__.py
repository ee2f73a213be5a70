"""A day's work: who in an office does what, what is put away until later, many cases at once, saved lists, who is away.

Records of work, not of law: nothing in here moves a legal date, and no case is seen by anyone because of it.
"""
