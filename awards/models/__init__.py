from awards.models.judging import Assignment, Criterion, Judge, RubricComponent, Score
from awards.models.results import Result, TieDecision
from awards.models.winners import FollowThroughStep, PreparationItem, Winner

__all__ = [
    "Assignment",
    "Criterion",
    "FollowThroughStep",
    "Judge",
    "PreparationItem",
    "Result",
    "RubricComponent",
    "Score",
    "TieDecision",
    "Winner",
]
