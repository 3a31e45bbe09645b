"""The report page: its packed content, and the files it is made of."""
