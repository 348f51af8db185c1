from awards.views.announcement import announcement
from awards.views.announcement import mail as announcement_mail
from awards.views.announcement import prepare as prepare_mails
from awards.views.announcement import send as send_mails
from awards.views.award import award
from awards.views.desk import assignment, queue
from awards.views.leaving import abstain, recuse, reopen
from awards.views.offers import offer, offers, revoke, terms
from awards.views.results import (
    accept,
    announce,
    choose,
    close,
    copy_rubric,
    decline,
    download_results,
    download_scores,
    open_judging,
    programs,
    results,
    shortlist,
    take_back,
)

__all__ = [
    "abstain",
    "accept",
    "announce",
    "announcement",
    "announcement_mail",
    "assignment",
    "award",
    "choose",
    "close",
    "copy_rubric",
    "decline",
    "download_results",
    "download_scores",
    "offer",
    "offers",
    "open_judging",
    "prepare_mails",
    "programs",
    "queue",
    "recuse",
    "reopen",
    "results",
    "revoke",
    "send_mails",
    "shortlist",
    "take_back",
    "terms",
]
