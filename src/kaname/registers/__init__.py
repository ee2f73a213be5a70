"""Public registers and the national dashboard: what the records and catalogues say of the whole Act, on any day.

The front door: `blocks` is what every page, report, slide and open file is drawn from.
"""
