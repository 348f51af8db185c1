"""A program whose result is frozen is not deleted, whoever asks and however."""

import pytest
from django.urls import reverse

from awards.models import Result
from nominations.exceptions import ProgramStays
from nominations.models import Program
from nominations.services import delete_program
from tests.factories import make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    program = make_program()
    Result.objects.create(program=program, frozen_by=make_user("advocacy_team"), payload={}, digest="0")
    return program


def test_the_service_refuses(program):
    with pytest.raises(ProgramStays, match="has results, and stays so that they can be explained"):
        delete_program(program=program)


def test_the_admin_refuses_with_the_same_sentence(client, program):
    client.force_login(make_user("advocacy_team"))
    answer = client.post(reverse("admin:nominations_program_delete", args=[program.pk]), {"post": "yes"})
    assert "has results, and stays so that they can be explained" in answer.text
    assert Program.objects.exists()
