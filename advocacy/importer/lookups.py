"""What the rows of a file refer to, loaded once: industries, products, people and accounts by their usual spellings."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from advocacy.countries import country_choices, recognise_country
from advocacy.importer.industries import USUAL_INDUSTRIES
from advocacy.importer.values import name_key, spelling_key
from advocacy.models import Account, Advocate, Industry, Product, User

ALIKE = 0.8  # of 1, by difflib: "technolgy" and "technology" are 0.95


class Industries:
    """The taxonomy's industries; an empty taxonomy is filled from the usual names as a file uses them."""

    def __init__(self, *, create_terms: bool = False):
        self.create_terms = create_terms
        self.added = []
        self._terms = _terms_by_key(Industry)
        self._was_empty = not self._terms
        self._likeness = {}
        self._usual = {spelling_key(word): name for name, words in USUAL_INDUSTRIES.items() for word in (name, *words)}

    def recognise(self, text: str) -> tuple[Industry | None, str]:
        """The industry that `text` names, or None with a sentence on why it is kept as given."""
        key = spelling_key(text)
        if not key:
            return None, ""
        if key in self._terms:
            return self._terms[key], ""
        if key in self._usual and (self._was_empty or self.create_terms):
            return self._add(self._usual[key], USUAL_INDUSTRIES[self._usual[key]]), ""
        if key not in self._usual and (meant := self._meant(key)):
            sentence = _("“%(text)s” is not a known industry: kept as given. Did you mean %(meant)s?")
            return None, sentence % {"text": text, "meant": meant}
        if self.create_terms:
            return self._add(text, []), ""
        return None, _("“%(text)s” is not a known industry: kept as given.") % {"text": text}

    def first_of(self, words: list[str]) -> Industry | None:
        """The first of several words that is an industry we know; adds none but the usual ones."""
        return next((found for word in words if self._known(word) and (found := self.recognise(word)[0])), None)

    def _known(self, word):
        key = spelling_key(word)
        return key in self._terms or key in self._usual

    def _meant(self, key):
        # The same misspelling stands in many rows, and looking for what it is like takes long.
        if key not in self._likeness:
            self._likeness[key] = self._alike(key)
        return self._likeness[key]

    def _alike(self, key):
        known = {**self._usual, **{term_key: term.name for term_key, term in self._terms.items()}}
        return next((known[near] for near in get_close_matches(key, known, n=1, cutoff=ALIKE) if len(key) > 3), "")

    def _add(self, name, synonyms):
        term = self._terms.get(spelling_key(name)) or Industry.objects.create(name=name[:100], synonyms=synonyms)
        self.added.append(term.name)
        self._likeness = {}
        self._terms |= {spelling_key(word): term for word in (term.name, *term.synonyms)} | {spelling_key(name): term}
        return term


class Products:
    """The products; spellings that differ only in case, spaces and punctuation are one."""

    def __init__(self):
        self._terms = _terms_by_key(Product)
        self._made_here = set()
        self.added = []
        self.respelled = {}

    def take(self, name: str, *, canonical: bool = False) -> Product:
        """The product of that name, added when new; another spelling of a known one becomes its synonym.

        `canonical` is for a product list, whose spelling replaces the one we had.
        """
        name = " ".join(name.split())
        product = self._terms.get(spelling_key(name))
        if product is None:
            product = self._terms[spelling_key(name)] = Product.objects.create(name=name)
            self._made_here.add(product.pk)
            self.added.append(product)
        elif name.lower() not in {product.name.lower(), *product.synonyms}:
            self._respell(product, name, canonical)
        return product

    def _respell(self, product, name, canonical):
        """Of two spellings met in one file the one with more words is the name: `GTX Pro`, not `GTXPro`."""
        is_better = canonical or (product.pk in self._made_here and len(name.split()) > len(product.name.split()))
        before, other = product.name, product.name if is_better else name
        if is_better:
            product.name = name
        product.synonyms = [*product.synonyms, other]
        product.save(update_fields=["name", "synonyms"])
        self.respelled[other] = product
        self.respelled.pop(name if before != name and is_better else "", None)


class People:
    """Users by e-mail address, and by name where only one has it."""

    def __init__(self):
        self._by_email = {}
        self._by_name = defaultdict(list)
        for user in User.objects.filter(is_active=True):
            self._by_email[user.email] = user
            self._by_name[name_key(user.name)].append(user)

    def find(self, text: str) -> User | None:
        named = self._by_name.get(name_key(text), [])
        return self._by_email.get(text.strip().lower()) or (named[0] if len(named) == 1 else None)


class Accounts:
    """Primary keys of the accounts by CRM id, name and, where wanted, e-mail domain; only keys are held."""

    def __init__(self, *, domains: bool = True):
        self._by_id, self._by_name, self._by_domain = {}, {}, {}
        self._with_id = set()
        columns = ["pk", "external_id", "name", *(["domain"] if domains else [])]
        for row in Account.objects.values_list(*columns).order_by("pk").iterator():
            self.add(*row)

    def add(self, pk: int, external_id: str, name: str, domain: str = "") -> None:
        if external_id:
            self._by_id[external_id] = pk
            self._with_id.add(pk)
        key = name_key(name)
        self._by_name[key] = with_one_more(self._by_name.get(key, ()), pk)
        if domain:
            self._by_domain[domain] = with_one_more(self._by_domain.get(domain, ()), pk)

    def with_id(self, external_id: str) -> int | None:
        return self._by_id.get(external_id)

    def named(self, name: str) -> tuple[int, ...]:
        return self._by_name.get(name_key(name), ())

    def without_id(self, name: str) -> list[int]:
        return [pk for pk in self.named(name) if pk not in self._with_id]

    def of_domain(self, domain: str) -> int | None:
        pks = self._by_domain.get(domain, ())
        return pks[0] if domain and len(pks) == 1 else None

    def find(self, *, external_id: str = "", name: str = "") -> tuple[int | None, str]:
        """The account a row refers to, or None with a sentence on why there is none."""
        if external_id and (pk := self.with_id(external_id)):
            return pk, ""
        if not name:
            return None, _("no account has the CRM id “%(id)s”.") % {"id": external_id} if external_id else ""
        pks = self.named(name)
        if len(pks) == 1:
            return pks[0], ""
        if pks:
            return None, _("%(count)d accounts are named “%(name)s”.") % {"count": len(pks), "name": name}
        return None, _("no account is named “%(name)s”.") % {"name": name}


def with_one_more(pks: tuple[int, ...], pk: int) -> tuple[int, ...]:
    return pks if pk in pks else (*pks, pk)


class KnownAdvocates:
    """The people some rows may be about, by e-mail address and by account and name.

    Read for each batch of rows, so that the memory taken does not grow with the number of advocates.
    """

    def __init__(self, rows: Iterable[tuple[str, int | None, str]]):
        """`rows` are e-mail, account and name. Of two who fit the one known longer is meant."""
        rows = list(rows)
        self._by_email, self._by_name = {}, {}
        for advocate in Advocate.objects.of_emails({email for email, _account, _name in rows if email}).order_by("-pk"):
            self._by_email[advocate.email.lower()] = advocate
        self._read_names({(account, name_key(name)) for email, account, name in rows if account and email not in self._by_email})

    def _read_names(self, wanted):
        accounts = {account for account, _key in wanted}
        # Whoever adds the same name by a form at the same time waits here; see `find_or_add_advocate`.
        list(Account.objects.filter(pk__in=accounts).select_for_update(no_key=True).order_by("pk").values_list("pk"))
        people = Advocate.objects.filter(account__in=accounts).order_by("-pk").values_list("pk", "account", "name")
        pks = {key: pk for pk, account, name in people.iterator() if (key := (account, name_key(name))) in wanted}
        known = {advocate.pk: advocate for advocate in self._by_email.values()}
        known |= Advocate.objects.in_bulk(pks.values() - known.keys())
        self._by_name = {key: known[pk] for key, pk in pks.items()}

    def add(self, advocate: Advocate) -> None:
        if advocate.email:
            self._by_email[advocate.email] = advocate
        if advocate.account_id:
            self._by_name.setdefault((advocate.account_id, name_key(advocate.name)), advocate)

    def find(self, email: str, account: int | None, name: str) -> Advocate | None:
        """As `find_or_add_advocate` does: the same e-mail, else the same name at the same account."""
        return self._by_email.get(email) if email in self._by_email else self._by_name.get((account, name_key(name)))


def country_of(text: str) -> tuple[str, str]:
    """The ISO code of a country as given, or "" with a sentence on why it is kept as given."""
    if not text or (code := recognise_country(text)):
        return code if text else "", ""
    names = [name for _code, name in country_choices()]
    if near := get_close_matches(text, names, n=1, cutoff=ALIKE):
        return "", _("“%(text)s” is not a known country: kept as given. Did you mean %(meant)s?") % {
            "text": text,
            "meant": near[0],
        }
    return "", _("“%(text)s” is not a known country: kept as given.") % {"text": text}


def _terms_by_key(model):
    terms = {}
    for term in model.objects.order_by("pk"):
        for word in (term.name, *term.synonyms):
            terms.setdefault(spelling_key(word), term)
    return terms
