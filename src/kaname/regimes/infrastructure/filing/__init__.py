"""Filing an introduction plan (導入等計画書), from both sides, without framework and without clock.

`content` is what a plan says, `disclosure` what a vendor says of itself; `inventory` reads both out of spreadsheets and
`cyclonedx` components out of bills of materials; `tree` walks sub-entrustments; `validate` tells all that is missing
before filing, each with its provision and its place; `act_data` turns a plan into the data of the act that files it.
"""
