"""The calendar for people and programs: to see it, to take it along, to decree a day, to count a term."""
