"""Asking people whether their profile is still right, and taking the answer.

Past its interval a section is asked about once: of the customer, or of whoever looks after the account
where the customer cannot be written to. Without an answer that person hears of it after 14 days, and
again when the profile leaves the search. What was asked stands in the keys of the messages
(`section.due day`, joined by `+`), so that two beats ask once and a missed one is made up.
"""

from advocacy.profile_checks.answers import confirm_profile, confirm_sections, report_change, sections_of
from advocacy.profile_checks.profiles import Profile, due_profiles, read_profiles
from advocacy.profile_checks.sending import check_profile, send_due_checks, stop_pointless_checks

__all__ = [
    "Profile",
    "check_profile",
    "confirm_profile",
    "confirm_sections",
    "due_profiles",
    "read_profiles",
    "report_change",
    "sections_of",
    "send_due_checks",
    "stop_pointless_checks",
]
