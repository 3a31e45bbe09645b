"""Output of a report: JSON, CSV, Parquet, Markdown, an HTML page, a terminal."""
