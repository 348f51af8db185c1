"""Asking people whether their profile is still right, and taking the answer.

Past its interval, or after something that puts it in doubt, a section is asked about once: of the customer, or of
whoever looks after the account where the customer cannot be written to. Without an answer that person hears of it
after 14 days, and again when the profile leaves the search. What was asked stands in the occurrences of the rules.
"""

from advocacy.profile_checks.answers import confirm_profile, confirm_sections, correct_profile, report_change, sections_of
from advocacy.profile_checks.states import Profile, State, current_policy, read_profiles, read_states

__all__ = [
    "Profile",
    "State",
    "confirm_profile",
    "confirm_sections",
    "correct_profile",
    "current_policy",
    "read_profiles",
    "read_states",
    "report_change",
    "sections_of",
]
