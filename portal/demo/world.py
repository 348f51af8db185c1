"""Taxonomy, colleagues, accounts and deals: the facts that a company's directory and CRM would bring."""

from datetime import timedelta
from decimal import Decimal
from itertools import cycle

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.text import slugify

from advocacy import roles
from advocacy.importer.accounts import segment_of
from advocacy.models import Account, Industry, Opportunity, Product, Topic, UseCase, User
from portal.demo.companies import COMPANIES, INDUSTRIES, PRODUCTS, TOPICS, USE_CASES
from portal.demo.people import COLLEAGUES
from portal.demo_people import DEMO_PASSWORD, DEMO_PEOPLE

ZONES = {"emea": "Europe/Berlin", "americas": "America/New_York", "apac": "Asia/Singapore"}
PROSPECTS = {
    "Tidepool Labs",
    "Hanover Street Radio",
    "Cedar & Main Savings",
    "Hochschule Seenplatte",
    "Studio Nord Film",
    "Kwela Stores",
}
WITHOUT_CSM = {"Islands Fibre", "Baltic Loop", "Ilanga Solar"}
LOCKED_DOWN = {"Fjordbank", "Province of Lakemont"}
TEAMS = {
    roles.CSM: "Customer success",
    roles.SALES: "Sales",
    roles.COLLEAGUE: "Support",
    roles.JUDGE: "Product",
    roles.ADVOCACY_TEAM: "Advocacy",
    roles.LEADER: "Leadership",
}
STAGES = ["Discovery", "Evaluation", "Proposal", "Negotiation"]


def add_terms():
    for model, terms in [(Industry, INDUSTRIES), (Product, PRODUCTS), (UseCase, USE_CASES), (Topic, TOPICS)]:
        for name, synonyms in terms:
            model.objects.create(name=name, synonyms=synonyms)


def add_colleagues():
    """The six of the sign-in page and those around them."""
    # Hashed once: the word stands on the sign-in page, and hashing it for everybody takes a third of the time.
    hashed = make_password(DEMO_PASSWORD)
    manager = _add_user(hashed, "Beate Solheim", "manager@demo.laurel.example", "leader", team="Customer success", region="emea")
    for person in DEMO_PEOPLE:
        _add_user(hashed, person.name, person.email, person.role, team=TEAMS[person.role], region="emea", manager=manager)
    for name, role, team, region in COLLEAGUES:
        _add_user(hashed, name, f"{slugify(name)}@demo.laurel.example", role, team=team, region=region, manager=manager)


def _add_user(hashed, name, email, role, *, region, **fields):
    user = User.objects.create(email=email, password=hashed, name=name, region=region, time_zone=ZONES[region], **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def add_accounts(today):
    terms = {model: {term.name: term for term in model.objects.all()} for model in (Industry, Product, UseCase)}
    csms = {region: cycle(User.objects.role("csm").filter(region=region)) for region in ZONES}
    sellers = {region: cycle(User.objects.role("sales").filter(region=region)) for region in ZONES}
    for number, company in enumerate(COMPANIES):
        account = Account(
            name=company.name,
            domain=f"{slugify(company.name)}.example",
            external_id=f"CRM-{1001 + number}",
            industry=terms[Industry][company.industry],
            country=company.country,
            employees=company.employees,
            segment=segment_of(company.employees),
            annual_revenue=Decimal(company.employees * 180_000),
            metrics_as_of=today - timedelta(days=number % 12 if number % 10 else 70),
            **_standing(company, number, today),
        )
        account.save()
        if company.name not in WITHOUT_CSM:
            account.csm = next(csms[account.region])
        account.account_executive = next(sellers[account.region])
        account.save(update_fields=["csm", "account_executive"])
        account.products.set(terms[Product][name] for name in company.products)
        account.use_cases.add(terms[UseCase][company.use_case])


def _standing(company, number, today):
    """How the company stands with us; a few are prospects, in trouble, near renewal or shy."""
    if company.name in PROSPECTS:
        return {"lifecycle": "prospect"}
    return {
        "lifecycle": "customer",
        "customer_since": today - timedelta(days=200 + number * 37 % 1500 if number != 7 else 40),
        "usage_active": number % 23 != 5,
        "health_score": 58 if number % 19 == 4 else 74 + number * 7 % 25,
        "renewal_date": today + timedelta(days=30 if number % 13 == 6 else 90 + number * 11 % 270),
        "open_escalation": number % 29 == 11,
        "publicity_status": "locked_down" if company.name in LOCKED_DOWN else "needs_approval" if number % 11 == 3 else "open",
        "publicity_note": "Asked the press office in spring; no names, no logo until the merger is through."
        if company.name in LOCKED_DOWN
        else "",
    }


def add_opportunities(today):
    """Deals with prospects and customers; some won, some lost, most of them open."""
    products = list(Product.objects.all())
    accounts = [*Account.objects.filter(lifecycle="prospect"), *Account.objects.filter(lifecycle="customer")[::2]]
    for number, account in enumerate(accounts):
        is_new = account.lifecycle == "prospect"
        is_won = None if is_new or number % 4 else number % 8 == 0
        opportunity = Opportunity.objects.create(
            external_id=f"OPP-{2001 + number}",
            name=f"{account.name}: {'first contract' if is_new else 'expansion' if number % 3 else 'renewal'}",
            type="new" if is_new else "expansion" if number % 3 else "renewal",
            account=account,
            industry=account.industry,
            country=account.country,
            segment=account.segment,
            stage={None: STAGES[number % 4], True: "Won", False: "Lost"}[is_won],
            amount=Decimal(18_000 + number * 7_350),
            opened_on=today - timedelta(days=20 + number * 3),
            close_date=today + timedelta(days=15 + number * 4) if is_won is None else today - timedelta(days=5 + number),
            owner=account.account_executive,
            owner_as_given=account.account_executive.name,
            is_won=is_won,
        )
        opportunity.products.add(products[number % len(products)])
