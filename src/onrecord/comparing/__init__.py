"""The record -> what several texts say of one matter, in the same words or in others.

What a comparison needs of the record stands beside it as a Protocol; nothing here knows a database.
"""

from __future__ import annotations

from onrecord.comparing.drafts import check_draft

__all__ = ["check_draft"]
