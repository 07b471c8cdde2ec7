"""Text -> vector, by a small sentence model that comes as a package of its own (``onrecord-embedding``).

Texts of like meaning have vectors of like direction. The pipeline decides who is handed one.
"""

from __future__ import annotations

from onrecord.embedding.embedder import Embedder, load_embedder

__all__ = ["Embedder", "load_embedder"]
