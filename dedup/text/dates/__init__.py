"""Dates as people write them -> one time line."""
