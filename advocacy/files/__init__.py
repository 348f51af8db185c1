"""What a file is, told by its content and never by its name."""

from advocacy.files.recognise import Recognised, recognise

__all__ = ["Recognised", "recognise"]
