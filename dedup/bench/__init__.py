"""What a report on an archive takes and finds, measured on a sample of it and carried over to the whole."""
