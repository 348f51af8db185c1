from tests.access import Row, everyone

ROWS = [
    Row("home", everyone(200)),
]
