"""Where the points and labels of the picture go. Pure geometry; the template draws it as SVG attributes."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 460
LEFT, RIGHT, TOP, BOTTOM = 40, 16, 36, 52
LOWEST, HIGHEST = 1, 5
RADIUS = 5
CHARACTER, LINE = 7.5, 13
# Beside, above, below, then the corners; then the same further out.
AROUND = [(1, 0), (0, -1), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1)]
DISTANCES = (1, 1.8, 2.8, 4)


@dataclass(frozen=True)
class Point:
    label: str
    title: str
    x: float
    y: float
    label_x: float
    label_y: float
    has_line: bool


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The shared area, 0 when apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0


def x_of(value) -> float:
    return round(LEFT + (float(value) - LOWEST) / (HIGHEST - LOWEST) * (WIDTH - LEFT - RIGHT), 1)


def y_of(value) -> float:
    return round(HEIGHT - BOTTOM - (float(value) - LOWEST) / (HIGHEST - LOWEST) * (HEIGHT - TOP - BOTTOM), 1)


def place(dots: Iterable[tuple[str, str, object, object]]) -> list[Point]:
    """Points for (label, title, partnership, story), each label where it covers the least."""
    dots = [(label, title, x_of(across), y_of(up)) for label, title, across, up in dots]
    taken = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for _label, _title, x, y in dots]
    points = []
    for label, title, x, y in dots:
        distance, box = _free_place(label, x, y, taken)
        taken.append(box)
        middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        points.append(Point(label, title, x, y, round(middle_x, 1), round(middle_y, 1), distance > 1))
    return points


def _free_place(label, x, y, taken):
    """The first place that covers nothing, else the one that covers least."""
    tried = []
    for distance in DISTANCES:
        for right, down in AROUND:
            box = _box(label, x, y, right, down, distance)
            if _is_free(box, taken):
                return distance, box
            tried.append((distance, box))
    return min(tried, key=lambda one: (_covered(one[1], taken), one[0]))


def _box(label, x, y, right, down, distance):
    width, height = CHARACTER * len(label) + 2, LINE
    middle_x = x + right * distance * (RADIUS + width / 2)
    middle_y = y + down * distance * (RADIUS + height / 2)
    return Box(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)


def _is_free(box, taken):
    if box.left < 0 or box.top < 0 or box.right > WIDTH or box.bottom > HEIGHT:
        return False
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return not any(one.left < right and one.right > left and one.top < bottom and one.bottom > top for one in taken)


def _covered(box, taken):
    outside = Box(0, 0, WIDTH, HEIGHT)
    hidden = (box.right - box.left) * (box.bottom - box.top) - box.overlap(outside)
    return round(hidden + sum(box.overlap(other) for other in taken), 3)


def grid() -> list[dict]:
    """The lines of both axes, one a whole score."""
    return [{"value": value, "x": x_of(value), "y": y_of(value)} for value in range(LOWEST, HIGHEST + 1)]
