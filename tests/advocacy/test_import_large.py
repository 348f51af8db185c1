"""A file of 50 MB is read in bounded memory."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from advocacy.importer.reading import read_table

PROJECT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1_000_000
HEADER = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
READ_ALL = """
import resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from advocacy.importer.reading import read_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = sum(1 for row in read_table(sys.argv[1]).rows())
print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def write_large(path, megabytes):
    row = "{:08d},Darcel Schlecht,GTX Plus Basic,Some Account,Won,2017-04-17,2017-04-25,1170\n"
    with path.open("w") as file:
        file.write(HEADER)
        number = 0
        while file.tell() < megabytes * MEGABYTE:
            file.writelines(row.format(number + step) for step in range(10_000))
            number += 10_000
    return number


@pytest.mark.slow
def test_reading_50_megabytes_takes_a_few(tmp_path):
    rows = write_large(tmp_path / "large.csv", 50)

    command = [sys.executable, "-c", READ_ALL, str(tmp_path / "large.csv")]
    output = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    read, grown_by = map(int, output.split())
    assert read == rows
    assert grown_by < 20


def test_the_first_rows_are_there_before_the_rest_is_read(tmp_path):
    write_large(tmp_path / "large.csv", 1)

    assert [row.line for row in islice(read_table(tmp_path / "large.csv").rows(), 2)] == [2, 3]
