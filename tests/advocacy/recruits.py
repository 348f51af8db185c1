"""Rows of the pipeline for tests: one valid row each, every argument can be overridden."""

from advocacy.models import Interview, Recruitment
from tests.factories import make_account, make_advocate, make_user


def make_candidate(**fields):
    return make_advocate(**{"status": "candidate"} | fields)


def make_recruitment(status="nominated", csm=None, **fields):
    if "advocate" not in fields:
        fields["advocate"] = make_candidate(account=make_account(csm=csm or make_user("csm")))
    return Recruitment.objects.create(status=status, **fields)


def make_interview(recruitment=None, **fields):
    recruitment = recruitment or make_recruitment("interview_planned")
    fields.setdefault("interviewer", recruitment.advocate.account.csm)
    return Interview.objects.create(advocate=recruitment.advocate, recruitment=recruitment, **fields)
