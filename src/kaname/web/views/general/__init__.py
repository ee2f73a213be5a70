"""Pages of the general part: penalties, the timeline of the Act, consultations and briefings."""
