import pytest

from advocacy.importer.accounts import AccountImport
from advocacy.models import Account
from tests.factories import NOW
from tests.races import simultaneously


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_add_its_rows_once(tmp_path):
    path = tmp_path / "accounts.csv"
    path.write_text("name\n" + "".join(f"Account {number}\n" for number in range(50)))

    reports = simultaneously(2, lambda number: AccountImport(path=path, now=NOW).run())

    assert sorted(report.created for report in reports) == [0, 50]
    assert Account.objects.count() == 50
