#!/usr/bin/env python
"""Django's command line, with the embedded servers running for as long as the command does."""

import os
import sys

from django.core.management import execute_from_command_line

from config import embedded

WITHOUT_SERVERS = {"help", "version", "--help", "-h", "--version"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and not WITHOUT_SERVERS.intersection(sys.argv):
        try:
            embedded.hold(embedded.var())
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
