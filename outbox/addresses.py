from urllib.parse import urljoin

from django.conf import settings


def absolute_url(path: str) -> str:
    """The address of a page of ours, for a mail."""
    return urljoin(f"{settings.SITE_URL}/", path)
