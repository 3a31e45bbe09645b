"""Settings measured against labelled pairs."""
