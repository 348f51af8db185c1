from advocacy.models.accounts import Account, Opportunity
from advocacy.models.advocates import Advocate, Position, Willingness
from advocacy.models.asks import ActivityType, Ask
from advocacy.models.eligibility import EligibilityRules
from advocacy.models.evidence import Consent, Content, Story, Verification
from advocacy.models.freshness import FreshnessPolicy, FreshnessShare, ProfileDoubt
from advocacy.models.gaps import Gap
from advocacy.models.imports import ImportRun
from advocacy.models.jobs import Job
from advocacy.models.links import SecretLink
from advocacy.models.recognition import PublicityApproval, Recognition
from advocacy.models.recruiting import Interview, InterviewDraft, Introduction, PersonMatch, Recommendation, Recruitment
from advocacy.models.taxonomy import Industry, Product, Topic, UseCase
from advocacy.models.tiers import TierRule
from advocacy.models.users import User
from advocacy.models.workflow import StatusChange

__all__ = [
    "Account",
    "ActivityType",
    "Advocate",
    "Ask",
    "Consent",
    "Content",
    "EligibilityRules",
    "FreshnessPolicy",
    "FreshnessShare",
    "Gap",
    "ImportRun",
    "Industry",
    "Interview",
    "InterviewDraft",
    "Introduction",
    "Job",
    "Opportunity",
    "PersonMatch",
    "Position",
    "ProfileDoubt",
    "Product",
    "PublicityApproval",
    "Recognition",
    "Recommendation",
    "Recruitment",
    "SecretLink",
    "StatusChange",
    "Story",
    "TierRule",
    "Topic",
    "UseCase",
    "User",
    "Verification",
    "Willingness",
]
