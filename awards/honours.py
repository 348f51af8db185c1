"""What a winner may take home: the picture of a shared link, the badge, the certificate."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.walltime import to_wall
from awards.faces import Face
from nominations.artwork.drawing import GOLD, GREEN, INK, QUIET, WHITE, Box, Drawing, wreath
from nominations.artwork.setting import Block, fit, fit_snugly
from nominations.public.sharing import share_picture

BADGE = 512
PAPER = (842, 595)  # A4 across, in points


def winner_picture(winner, face: Face) -> Drawing:
    program = winner.category.program
    return share_picture(
        over=_("Winner: %(category)s") % {"category": winner.category.name}, title=face.who, under=face.role, foot=program.name
    )


def gallery_picture(program) -> Drawing:
    return share_picture(over=_("The winners"), title=program.name, under="", foot=program.season)


def badge(winner) -> Drawing:
    """Names the award and not the person, so that it needs no consent of its own."""
    program, category, middle = winner.category.program, winner.category, BADGE / 2
    drawing = Drawing(BADGE, BADGE, _("Winner, %(category)s, %(program)s") % {"category": category.name, "program": program.name})
    drawing.add(Box(0, 0, BADGE, BADGE, fill=WHITE), Box(8, 8, BADGE - 16, BADGE - 16, stroke=GREEN, stroke_width=4))
    drawing.add(*wreath(middle, 186, 116))
    word = fit(_("Winner"), (46, 36, 28, 22), 170, lines=1, bold=True)
    drawing.set_block(word, middle, 186 - word.height / 2, fill=GOLD, anchor="middle")
    y = drawing.set_block(fit(category.name, (38, 32, 26, 22), 450, lines=2, bold=True), middle, 346, anchor="middle")
    drawing.set_block(fit(program.name, (26, 22, 18), 450, lines=2), middle, y + 6, fill=QUIET, anchor="middle")
    return drawing


def certificate(winner, face: Face) -> Drawing:
    program, category = winner.category.program, winner.category
    wide, high = PAPER
    middle, measure = wide / 2, wide - 220
    drawing = Drawing(wide, high, _("Certificate: %(who)s, %(program)s") % {"who": face.who, "program": program.name})
    drawing.add(Box(0, 0, wide, high, fill=WHITE), Box(22, 22, wide - 44, high - 44, stroke=GREEN, stroke_width=3))
    drawing.add(Box(30, 30, wide - 60, high - 60, stroke=GOLD, stroke_width=1), *wreath(middle, 118, 46))
    for block, y, fill in _lines(program, category, face, measure):
        drawing.set_block(block, middle, y, fill=fill, anchor="middle")
    drawing.add(Box(middle - 40, 478, 80, 1, fill=GOLD))
    if program.announced_at:
        drawing.set_block(Block((_day(program),), 14), middle, 490, fill=QUIET, anchor="middle")
    return drawing


def _lines(program, category, face, measure):
    """Each block with its top, in order from above."""
    y = 200
    for block, fill, gap in [
        (fit_snugly(program.name, (26, 22, 18, 15), measure, bold=True), GREEN, 12),
        (Block((_("The award goes to"),), 15), QUIET, 6),
        (fit_snugly(face.who, (42, 36, 30, 24), measure, bold=True), INK, 0),
        (fit_snugly(face.role, (18, 16, 14), measure), INK, 16),
        (fit_snugly(_("Winner: %(category)s") % {"category": category.name}, (22, 18, 15), measure, bold=True), GOLD, 0),
    ]:
        yield block, y, fill
        y += block.height + gap


def _day(program):
    return date_format(to_wall(program.announced_at, program.time_zone), "j F Y")
