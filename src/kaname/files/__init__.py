"""Tables in and out of files for every door that takes them: read in batches, faults placed, written as they come.

`tables` reads CSV, JSON Lines and Parquet, `writers` writes them; `streams` opens and looks at the bytes; `pipeline`
does both beside the work; `problems` says what is wrong with a file.
"""
