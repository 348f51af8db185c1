from django.utils.functional import SimpleLazyObject

from portal.navigation import items_for


def navigation(request):
    """The menu; worked out only when a template shows it."""
    return {"navigation": SimpleLazyObject(lambda: items_for(request.user, request.path))}
