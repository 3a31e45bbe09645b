"""A report, written down: JSON, CSV, an HTML page, a terminal."""
