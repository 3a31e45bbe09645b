"""Parse dates as people write them, in several calendars and languages."""
