"""Chapter 5's own pages: screening, planner, registers, boards, statistics, the docket on paper."""
