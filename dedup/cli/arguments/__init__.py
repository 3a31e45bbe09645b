"""Arguments of every command: names, defaults and help, without the libraries that the commands need."""
