"""Customer stories and nominations kept elsewhere, read into the nominations of a program."""
