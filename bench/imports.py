"""A million advocates of 200,000 accounts from CSV, as an operator imports them: speed, memory, again, and after a kill."""

import csv
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.measure import database, result
from bench.people import COUNTRIES, FIRST, INDUSTRIES, PRODUCTS, SECOND, TITLES

ADVOCATES = int(os.environ.get("BENCH_IMPORT", 1_000_000))
PEOPLE_AN_ACCOUNT = 5
DATABASE = "bench_import"
KILLED_AT = 0.4  # of the rows
TABLES = ["advocacy_advocate", "advocacy_account", "advocacy_industry", "advocacy_product", "advocacy_statuschange"]
HISTORY = ["advocacy_advocateevent", "advocacy_importrun"]
# Without the status changes: the runs themselves have some.
WRITTEN = ["advocacy_account", "advocacy_advocateevent", "references_searchrow"]
PEOPLE_WRITTEN = """
SELECT count(*), sum(hashtextextended(ROW(
    a.name, a.email, c.external_id, a.title, a.level, a.function, a.languages, a.time_zone, a.nps, a.nps_on, a.relationship,
    a.bio, a.status)::text, 0))
FROM advocacy_advocate a LEFT JOIN advocacy_account c ON c.id = a.account_id
"""


@dataclass
class Outcome:
    seconds: float
    megabytes: float
    said: str


def run() -> list[dict]:
    with database(DATABASE):
        accounts, advocates = write_files(Path(settings.VAR_DIR) / "bench-imports")
        empty()
        first = [import_file("import_accounts", accounts), import_file("import_advocates", advocates)]
        whole, checked = fingerprint(), check_search()
        again = [import_file("import_accounts", accounts), import_file("import_advocates", advocates)]
        unchanged = fingerprint() == whole
        empty()
        import_file("import_accounts", accounts)
        killed = kill_in_the_middle("import_advocates", advocates)
        resumed = import_file("import_advocates", advocates)
        return [
            result("imports: advocates", ADVOCATES, "rows"),
            result("imports: accounts, time", first[0].seconds, "s"),
            result("imports: advocates, time", first[1].seconds, "s"),
            result("imports: advocates, rows a second", ADVOCATES / first[1].seconds, "rows/s"),
            result("imports: both, time", sum(one.seconds for one in first), "s", bound=600),
            result("imports: memory, peak", max(one.megabytes for one in first), "MB", bound=400),
            result("imports: search rows that differ from their source", checked, "rows", bound=0),
            result("imports: the same files again, time", sum(one.seconds for one in again), "s", bound=600),
            result("imports: rows changed by the same files again", 0 if unchanged else 1, "rows", bound=0),
            result("imports: rows in when killed", killed, "rows"),
            result("imports: time to go on after the kill", resumed.seconds, "s"),
            result(
                "imports: rows that differ after kill and resume",
                0 if fingerprint(without_keys=True) == whole[1:] else 1,
                "rows",
                bound=0,
            ),
        ]


def write_files(folder):
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(7)  # noqa: S311 - the same files every time
    accounts, advocates = folder / f"accounts-{ADVOCATES}.csv", folder / f"advocates-{ADVOCATES}.csv"
    if not advocates.exists():
        write(accounts, account_rows(chance))
        write(advocates, advocate_rows(chance))
    return accounts, advocates


def write(path, rows):
    part = path.with_suffix(".part")
    with part.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    part.rename(path)


def account_rows(chance):
    yield "id,name,website,industry,country,employees,type,customer_since,health,active_use,renewal_date,metrics_as_of,products,parent_id".split(
        ","
    )
    for number in range(ADVOCATES // PEOPLE_AN_ACCOUNT):
        yield [
            f"A{number:07}",
            f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}",
            f"www.customer{number}.example",
            chance.choice(INDUSTRIES),
            chance.choice(COUNTRIES),
            chance.randrange(10, 20_000),
            "Customer",
            f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 10)}-15",
            chance.randrange(50, 101),
            "yes",
            f"2027-0{chance.randrange(1, 10)}-01",
            "2026-11-01",
            "; ".join(chance.sample(PRODUCTS, chance.randrange(1, 4))),
            f"A{chance.randrange(number):07}" if number and chance.random() < 0.1 else "",
        ]


def advocate_rows(chance):
    yield "first_name,last_name,email,account_id,title,department,languages,time zone,nps,nps_on,rapport,description".split(",")
    for number in range(ADVOCATES):
        yield [
            chance.choice(FIRST),
            f"{chance.choice(SECOND)}son {number}",
            f"person{number}@customer{number // PEOPLE_AN_ACCOUNT}.example",
            f"A{number // PEOPLE_AN_ACCOUNT:07}",
            chance.choice(TITLES),
            chance.choice(["IT", "Finance", "Operations", "Claims"]),
            chance.choice(["English", "English; German", "French"]),
            chance.choice(["Europe/Berlin", "America/New_York", "Asia/Tokyo", ""]),
            chance.randrange(6, 11),
            f"2026-0{chance.randrange(1, 10)}-01",
            chance.randrange(1, 6),
            "Speaks about claims and night shifts." if chance.random() < 0.3 else "",
        ]


def import_file(command, path) -> Outcome:
    return outcome(start(command, path))


def start(command, path):
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", command, str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url()},
        stdout=subprocess.PIPE,
        text=True,
    ), time.perf_counter()


def outcome(started) -> Outcome:
    process, at = started
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = status  # somebody else has waited for it
    if status:
        raise RuntimeError(f"The import ended with {status}: {said}")
    return Outcome(time.perf_counter() - at, used.ru_maxrss / 1000, said)


def kill_in_the_middle(command, path) -> int:
    process, _at = start(command, path)
    while count("advocacy_advocate") < KILLED_AT * ADVOCATES:
        if process.poll() is not None:
            raise RuntimeError("The import was over before it could be killed.")
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return count("advocacy_advocate")


def url():
    server, question_mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{server.rpartition('/')[0]}/{DATABASE}{question_mark}{options}"


def empty():
    query(f"TRUNCATE {', '.join(TABLES + HISTORY)} CASCADE")
    call_command("rebuild_search", stdout=StringIO())  # its counts are kept by triggers that a TRUNCATE does not call


def check_search() -> int:
    """How many rows `rebuild_search --check` found wrong."""
    command = [sys.executable, "manage.py", "rebuild_search", "--check"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": url()}, check=False)  # noqa: S603
    return done.returncode


def fingerprint(*, without_keys=False):
    """What the import wrote, rows and history: all of it, and (from the second on) without keys, which a rollback uses up."""
    tail = (query(PEOPLE_WRITTEN), *(count(table) for table in WRITTEN))
    if without_keys:
        return tail
    return (query("SELECT max(id) FROM advocacy_advocate"), *tail)


def count(table):
    return query(f"SELECT count(*) FROM {table}")[0]  # noqa: S608


def query(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None
