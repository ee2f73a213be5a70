"""What reaches a person away from the page: reminders, the daily digest, the calendar feed, webhooks of programs.

The front door is `kaname.notices.api`. Nothing here counts days: reminders are read off the matters of the ledger's
projection, events off its entries. What leaves the office names a case by its number and nothing else, and never one
that lies in a compartment.
"""
