"""What a log may say of a fault."""


def without_words(error: BaseException | None) -> Exception | None:
    """The same fault with its kind, its places and what led to it, for `exc_info`; its words may name a person."""
    if error is None:
        return None
    kind = type(error)
    told = type(kind.__name__, (Exception,), {"__module__": kind.__module__})()
    told.__cause__, told.__context__ = without_words(error.__cause__), without_words(error.__context__)
    told.__suppress_context__ = error.__suppress_context__
    return told.with_traceback(error.__traceback__)
