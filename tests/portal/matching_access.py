from advocacy.models import PersonMatch
from tests.access import Row, only
from tests.factories import make_advocate

TEAM = only("team")
MOVES = only("team", status=302)


def match(world):
    other = make_advocate(name=world.advocate.name)
    return [PersonMatch.objects.create(advocate=world.advocate, other=other, likeness=80).pk]


ROWS = [
    Row("person-matches", TEAM),
    Row("person-match", TEAM, args=match),
    Row("person-match-same", MOVES, args=match, method="post", data=lambda world: {"works_at": "other"}),
    Row("person-match-different", MOVES, args=match, method="post"),
]
