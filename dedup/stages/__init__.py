"""The stages of the road: pure functions, one verb each; none imports another."""
