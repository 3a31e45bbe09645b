"""The page people read: what it holds, packed, and the files it is made of."""
