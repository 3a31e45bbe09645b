"""Write reports as JSON, CSV, Parquet, Markdown, an HTML page or text for a terminal."""
