"""Data that nobody on this project wrote; it stays where it is."""

import os
from pathlib import Path

import pytest

REAL_INPUT = os.environ.get("REAL_INPUT", "")

needs_real_input = pytest.mark.skipif(not REAL_INPUT, reason="REAL_INPUT does not name the folder with the real files.")


def real_file(name: str) -> Path:
    return Path(REAL_INPUT) / name
