"""Other systems: thin, one module each."""
