"""Consultation between authorities (協議・照会): which case asks about which, what of it is told, how an answer comes.

The cases themselves are declared (`regimes.general.inquiry`, `regimes.general.opinion`); `api` is the front door.
"""
