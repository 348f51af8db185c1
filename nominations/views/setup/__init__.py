from nominations.views.setup.calendar import check_dates, shift
from nominations.views.setup.path import name_advice, new, overview
from nominations.views.setup.rows import move, remove, row
from nominations.views.setup.steps import step

__all__ = ["check_dates", "move", "name_advice", "new", "overview", "remove", "row", "shift", "step"]
