"""The stages of cleaning in their order, and the clean text made of what they leave."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.cleaning.cautions import find_cautions
from onrecord.cleaning.characters import clean_characters
from onrecord.cleaning.edits import compose
from onrecord.cleaning.headlines import looks_like_headline
from onrecord.cleaning.language import language_of
from onrecord.cleaning.layout import repair_layout
from onrecord.cleaning.plain import Draft, repair_plain
from onrecord.cleaning.sentences import split_sentences
from onrecord.offsets import Span, apply_edits
from onrecord.types import Article, CleanText, Furniture


def repair(article: Article, *, keep_furniture: bool = False) -> CleanText:
    """The article's clean text with every repair, its paragraphs, sentences and furniture, and its language.

    An article with a layout is cut as the layout says; plain text is judged by rules and small models. Edits and
    furniture are in raw offsets, paragraphs and sentences in clean ones. ``keep_furniture`` leaves furniture in the
    text, as paragraphs like the others. Never raises: any string has a clean text, if an empty one.
    """
    raw = article.raw
    marked = apply_edits(raw, article.marks)
    edits, text = clean_characters(marked)
    edits = compose(raw, marked, article.marks, edits)
    draft = Draft(raw, text, edits, [], [])
    if article.layout:
        repair_layout(draft, article.layout, keep_furniture=keep_furniture)
    else:
        repair_plain(draft, keep_furniture=keep_furniture)
    paragraphs = draft.paragraphs
    titled = draft.headline or (not article.layout and looks_like_headline(draft.text, paragraphs))
    return CleanText(
        raw=raw,
        text=draft.text,
        edits=tuple(draft.edits),
        paragraphs=tuple(paragraphs),
        sentences=tuple(split_sentences(draft.text, paragraphs)),
        furniture=tuple(_apart(draft.furniture)),
        headline=paragraphs[0] if titled and paragraphs else None,
        language=language_of(draft.text, article.language),
        cautions=find_cautions(draft),
    )


def _apart(furniture: list[Furniture]) -> Iterator[Furniture]:
    """In raw order; where one repaired run of characters holds the edge of two pieces, the first has all of it."""
    end = 0
    for item in sorted(furniture, key=lambda f: f.span):
        if item.span.end > end:
            yield Furniture(Span(max(end, item.span.start), item.span.end), item.kind)
            end = item.span.end


def explain(clean: CleanText) -> list[str]:
    """One line for each edit: where, why, what stood there and what stands there now.

    Offsets are raw. Long stretches are shown by their ends.
    """
    return [
        f"{e.span.start}-{e.span.end}\t{e.why}\t{_shown(clean.raw[e.span.start : e.span.end])} -> {_shown(e.text)}"
        for e in clean.edits
    ]


def _shown(text: str, longest: int = 60) -> str:
    """The text as a Python literal, its middle left out when it is long."""
    if len(text) > longest:
        text = text[: longest // 2] + " … " + text[-longest // 2 :]
    return repr(text)
