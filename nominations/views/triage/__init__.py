from nominations.views.triage.board import board, programs
from nominations.views.triage.duplicates import duplicates, undo
from nominations.views.triage.nomination import ask, category, nomination, stop

__all__ = ["ask", "board", "category", "duplicates", "nomination", "programs", "stop", "undo"]
