"""Looking through shareholdings: who holds, who controls, whose a company is in the end. Votes and capital kept apart.

`book` is what a source says, `network` what is in force on a day, `graph` the arrays below it, `report` what is told.
The engine loads a compiler: import these modules where they are used, not from here.
"""
