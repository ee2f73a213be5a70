"""Who may see and do what: offices, people, mandates, compartments, and the one predicate that every door uses.

`kaname.access.api` is the front door: pages, API, jobs and commands that act for a person reach cases only through it.
What a person may not see does not exist for them: the same answers, the same statements, the same bytes.
"""
