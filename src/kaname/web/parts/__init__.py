"""What the parts of a page show, as plain values: states, dates, clocks, fields, tables, drawings.

Views make these values, the tags of `templatetags/parts.py` draw them. `/parts/` shows every part in every state.
"""
