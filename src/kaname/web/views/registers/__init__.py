"""Pages of the registers that compare and print: report, slides, what changed, dry run."""
