"""Evaluate and tune settings on labelled pairs."""
