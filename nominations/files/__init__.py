"""What a file is, told by its content and never by its name."""

from nominations.files.recognise import Recognised, recognise

__all__ = ["Recognised", "recognise"]
