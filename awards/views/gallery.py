"""The winners as the world meets them. What is taken back is gone with the next request: nothing is kept without asking."""

from itertools import groupby

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from advocacy.working_time import day_of
from awards import honours
from awards.faces import face_of, faces_of, whole_face
from awards.models import Winner
from awards.permissions import get_program_with_gallery, get_winner_to_celebrate, is_public, prepares
from awards.posts import posts
from nominations.public.answers import ASK_EACH_TIME, OURS, answer_with
from nominations.public.sharing import Sharing


def winners(request, slug):
    now = timezone.now()
    program = get_program_with_gallery(request.user, slug, now)
    shown = list(Winner.objects.public(now).for_gallery().filter(category__program=program))
    faces = faces_of(shown, day_of(now))
    categories = [
        (category, [(winner, faces[winner.pk]) for winner in its_winners])
        for category, its_winners in groupby(shown, key=lambda winner: winner.category)
    ]
    return render(request, "awards/winners.html", {"program": program, "categories": categories, "sharing": _of_gallery(program)})


def winners_picture(request, slug):
    program = get_program_with_gallery(request.user, slug, timezone.now())
    return answer_with(request, honours.gallery_picture(program), "png", caching=ASK_EACH_TIME)


def winner(request, slug, pk):
    now = timezone.now()
    shown = get_winner_to_celebrate(request.user, slug, pk, now)
    face, program = face_of(shown, day_of(now)), shown.category.program
    sharing = _of_winner(shown, face)
    return render(
        request,
        "awards/winner.html",
        {
            "winner": shown,
            "face": face,
            "program": program,
            "sharing": sharing,
            "is_public": is_public(shown, now),
            "prepares": prepares(request.user, shown, now),
            "posts": posts(
                who=face.who,
                role=face.role,
                category=shown.category.name,
                program=program.name,
                url=sharing.url,
                words=face.wording,
                quote=face.quote,
            ),
        },
    )


def picture(request, slug, pk):
    now = timezone.now()
    shown = get_winner_to_celebrate(request.user, slug, pk, now)
    return answer_with(
        request, honours.winner_picture(shown, face_of(shown, day_of(now))), "png", caching=_caching(request.user, shown, now)
    )


def badge(request, slug, pk, kind):
    now = timezone.now()
    shown = get_winner_to_celebrate(request.user, slug, pk, now)
    caching = _caching(request.user, shown, now)
    return answer_with(request, honours.badge(shown), kind, caching=caching, filename=f"{slug}-badge-{pk}")


def certificate(request, slug, pk, kind):
    """With the whole name for those who hand it to the customer; for everybody else with what may be public."""
    now = timezone.now()
    shown = get_winner_to_celebrate(request.user, slug, pk, now)
    face = whole_face(shown) if prepares(request.user, shown, now) else face_of(shown, day_of(now))
    caching = _caching(request.user, shown, now)
    drawing = honours.certificate(shown, face)
    return answer_with(request, drawing, kind, caching=caching, filename=f"{slug}-certificate-{pk}")


def _caching(user, shown, now):
    return OURS if prepares(user, shown, now) else ASK_EACH_TIME


def _of_gallery(program):
    return Sharing(
        title=_("The winners of %(program)s") % {"program": program.name},
        description=_("Who was honoured, and for what."),
        path=reverse("winners", args=[program.slug]),
        picture_path=reverse("winners-picture", args=[program.slug]),
    )


def _of_winner(shown, face):
    program, category = shown.category.program, shown.category
    return Sharing(
        title=_("%(who)s, winner of %(category)s") % {"who": face.who, "category": category.name},
        description=Truncator(" ".join((face.wording or category.outcome or program.name).split())).chars(200),
        path=reverse("winner", args=[program.slug, shown.pk]),
        picture_path=reverse("winner-picture", args=[program.slug, shown.pk]),
    )
