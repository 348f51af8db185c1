"""From words to facets: "healthcare cio germany sap" is an industry, a level, a country and a product.

What was understood is shown, and each piece can be taken back, so that a wrong guess costs one click.
"""

from references.search.understand.asking import Reading, read
from references.search.understand.vocabulary import Term, Vocabulary, vocabulary

__all__ = ["Reading", "Term", "Vocabulary", "read", "vocabulary"]
