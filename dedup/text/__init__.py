"""One text: fold, words, shingles, signature, date."""
