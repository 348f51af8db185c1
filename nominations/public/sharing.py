"""What a shared link shows: the tags of the page and the picture of 1200 by 630."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from nominations.artwork.drawing import GOLD, GREEN, QUIET, TINT, Box, Drawing, wreath
from nominations.artwork.setting import fit
from nominations.models import Program
from outbox.services import absolute_url

WIDTH, HEIGHT = 1200, 630
LEFT, MEASURE = 80, 710


@dataclass(frozen=True)
class Sharing:
    """The tags in the head of a page; other sites take whole addresses only."""

    title: str
    description: str
    path: str
    picture_path: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def url(self):
        return absolute_url(self.path)

    @property
    def picture(self):
        return absolute_url(self.picture_path)


def program_sharing(program: Program) -> Sharing:
    text = program.purpose or _("A program that honours what customers achieved.")
    return Sharing(
        title=program.name,
        description=Truncator(" ".join(text.split())).chars(200),
        path=program.get_absolute_url(),
        picture_path=reverse("program-picture", args=[program.slug]),
    )


def program_picture(program: Program, now) -> Drawing:
    return share_picture(
        over=" ".join(part for part in (program.series, program.season) if part and part not in program.name),
        title=program.name,
        under=Truncator(" ".join(program.purpose.split())).words(24),
        foot=_in_time(program, now),
    )


def _in_time(program, now):
    zone, phase = program.time_zone, program.phase(now)
    if phase == Program.Phase.PLANNED:
        return _("Nominations open on %(moment)s") % {"moment": in_words(program.opens_at, zone)}
    if phase == Program.Phase.OPEN:
        return _("Nominate until %(moment)s") % {"moment": in_words(program.closes_at, zone)}
    return str(phase.label)


def share_picture(*, over: str, title: str, under: str, foot: str) -> Drawing:
    """A line above, the title as large as it fits, a line or two below, and who or when at the foot."""
    drawing = Drawing(WIDTH, HEIGHT, f"{over}: {title}" if over else title)
    drawing.add(Box(0, 0, WIDTH, HEIGHT, fill=TINT), Box(0, 0, 24, HEIGHT, fill=GREEN))
    drawing.add(*wreath(1002, 290, 124))
    name = fit(title, (76, 64, 54, 46, 40), MEASURE, lines=4, bold=True)
    below = fit(under, (32, 28), MEASURE, lines=2)
    top = max(110, (HEIGHT - name.height - below.height) / 2 - 12)
    drawing.set_block(fit(over, (28, 24), MEASURE, lines=1, bold=True), LEFT, top - 48, fill=GOLD)
    drawing.set_block(below, LEFT, drawing.set_block(name, LEFT, top) + 14)
    drawing.set_block(fit(foot, (26, 22), WIDTH - 2 * LEFT, lines=1), LEFT, HEIGHT - 68, fill=QUIET)
    return drawing
