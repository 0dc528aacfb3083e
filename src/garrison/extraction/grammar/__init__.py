"""The grammar extractor: rules that can be read, and that say which of them made each field."""

from garrison.extraction.grammar.extractor import GrammarExtractor

__all__ = ["GrammarExtractor"]
