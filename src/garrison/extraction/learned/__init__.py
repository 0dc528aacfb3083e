"""The learned extractor: a small encoder, trained for this, that chooses among the grammar's candidates."""

from garrison.extraction.learned.extractor import LearnedExtractor

__all__ = ["LearnedExtractor"]
