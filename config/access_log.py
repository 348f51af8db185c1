"""The access log of the web process, without the secrets that addresses of links carry."""

import re

from gunicorn.glogging import Logger

# Tokens of our links have 43 characters, keys to a new password 41; no other part of an address is as long.
SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{41,}(?=$|[/\s\"?])")
ADDRESSES = ("r", "U", "q", "f")  # the request line, its path and query, the referring page


class AccessLog(Logger):
    """Whoever reads the log must not open a guest's desk or answer in a nominee's place."""

    def atoms(self, resp, req, environ, request_time):
        known = super().atoms(resp, req, environ, request_time)
        return known | {name: SECRET.sub("…", known[name]) for name in ADDRESSES if known.get(name)}
