"""The page people read: its content, packed, and the files it is made of."""
