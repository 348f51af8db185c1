"""One advocate as a reader may see them: sections, stories, what they may be asked for, and what happened so far."""

from references.profile.page import Profile, profile_of
from references.profile.reader import Reader, reader_of
from references.profile.timeline import Timeline, timeline_of

__all__ = ["Profile", "Reader", "Timeline", "profile_of", "reader_of", "timeline_of"]
