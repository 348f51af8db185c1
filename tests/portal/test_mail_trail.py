"""Every mail about one nomination or one request, for those who may see it."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from nominations.models import Clarification
from tests.access import make_world
from tests.factories import make_message

pytestmark = pytest.mark.django_db
TOKEN = "x7" * 22


@pytest.fixture
def world():
    return make_world()


def mail(about, **fields):
    kind = ContentType.objects.get_for_model(about)
    return make_message(content_type=kind, object_id=about.pk, text=f"Look: https://laurel.example/reply/{TOKEN}/", **fields)


def page(person, name, about):
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=[about.pk])).content.decode()


def test_the_team_reads_the_mails_of_a_nomination_and_of_its_parts_in_order(world):
    asked = Clarification.objects.create(
        nomination=world.nomination, asked_by=world.team, asked_of=world.csm, question="Which quarter?", answer_by=world.now
    )
    mail(asked, subject="Written later", created_at=world.now)
    mail(world.nomination, subject="Written before", created_at=world.now - timedelta(days=1), recipient="ada@customer.example")
    mail(world.judged_nomination, subject="Of another")

    found = page(world.team, "nomination-mails", world.nomination)

    assert found.index("Written before") < found.index("Written later")
    assert "ada@customer.example" in found
    assert "Of another" not in found
    assert TOKEN not in found
    assert reverse("nomination-mails", args=[world.nomination.pk]) in page(world.team, "nomination", world.nomination)


def test_sales_learns_from_the_mails_of_a_request_no_address_and_no_name(world):
    mail(world.candidate, subject=f"Would {world.advocate} speak?", kind="customer_asked", recipient="ada@customer.example")
    mail(world.ask, subject="A mail about the ask", kind="ask_word", recipient=world.csm.email)
    mail(world.request, subject="Your request", kind="request_answered", recipient=world.sales.email, state="sent")
    mail(world.request, subject="Held", kind="deal_won", state="held")

    found = page(world.sales, "request-mails", world.request)

    assert "Would you speak with somebody?" in found
    assert "somebody outside" in found
    assert str(world.csm) in found
    assert "Your request" in found
    for hidden in ("ada@customer.example", str(world.advocate), "What came of a conversation", "A mail about the ask", TOKEN):
        assert hidden not in found
    assert reverse("request-mails", args=[world.request.pk]) in page(world.sales, "request", world.request)


def test_the_page_costs_the_same_for_one_mail_and_for_three(world, django_assert_max_num_queries):
    counts = []
    for _ in range(3):
        mail(world.nomination)
        with django_assert_max_num_queries(30) as captured:
            page(world.team, "nomination-mails", world.nomination)
        counts.append(len(captured))

    assert counts[0] == counts[2]
