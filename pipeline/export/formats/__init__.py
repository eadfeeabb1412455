"""One module a format, each with a ``FORMAT``; the module's name is the name of the format, with - for _."""
