"""An item of a feed -> an article: by the page it leads to, or by its own words."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.errors import RefusedInput
from onrecord.intake.feeds import FeedItem, visible_text
from onrecord.intake.fetch import Fetched, articles_of
from onrecord.intake.html import from_payload
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, as_bytes
from onrecord.intake.plain import from_text
from onrecord.types import Article, Caution, Refusal

WHOLE_FROM = 900
"""Characters from which an item's own words may be the whole article."""
_MORE = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:continue|keep) reading|read (?:more|on|the full \w+)|full (?:story|article))"
    r"[\W_]{0,12}$", re.IGNORECASE,
)  # fmt: skip
_UPDATED = Caution("date_of_change", "the feed gives no date of publication: that of its last change stands for it")


def is_whole(item: FeedItem) -> bool:
    """Whether an item's words look like the whole article rather than a teaser: many, and with an end."""
    words = visible_text(item.content) if item.markup else item.content
    return len(words) >= WHOLE_FROM and not _MORE.search(words[-80:])


def article_of_page(item: FeedItem, page: Fetched, options: Options) -> Article:
    """The article on the page that an item leads to. Raises RefusedInput where it holds none, or several."""
    url = item.url or page.url
    found = list(articles_of(page, url, options))
    if len(found) == 1 and isinstance(found[0], Article):
        return _with_facts(found[0], item)
    refused = next((f for f in found if isinstance(f, Refusal)), None)
    reason = refused.reason if refused else f"one article was expected, it holds {len(found)}"
    raise RefusedInput(reason, origin=url)


def article_of_words(item: FeedItem, feed_url: str, options: Options, caution: Caution | None = None) -> Article:
    """The article that an item's own words are, with a caution where they may not be all. Raises RefusedInput."""
    origin = item.url or f"{feed_url}#{item.id}"
    place = Place(origin, item.id[-200:], item.url, extra={"feed": feed_url}, charset="utf-8")
    if not item.markup:
        made = from_text(item.content, place, options)
    else:
        try:
            made = from_payload(as_bytes(item.content), place, options)
        except RefusedInput:  # a line or two: no article to a judge of pages, and still what the outlet wrote
            made = from_text(visible_text(item.content), place, options)
    return replace(_with_facts(made, item), cautions=(*made.cautions, *((caution,) if caution else ())))


def _with_facts(article: Article, item: FeedItem) -> Article:
    """The article with what the feed knows of it where the page is silent, or had only guessed."""
    guessed = any(c.code == "date_guessed" for c in article.cautions)
    own = None if guessed else article.published
    published = own or item.published or (item.updated if not own else None)
    cautions = tuple(c for c in article.cautions if c.code != "date_guessed" or not published)
    if not own and not item.published and item.updated:
        cautions = (*cautions, _UPDATED)
    known = {m.url for m in article.media}
    return replace(
        article, title=article.title or item.title, byline=article.byline or item.byline,
        published=published or article.published, updated=article.updated or item.updated, cautions=cautions,
        media=(*article.media, *(m for m in item.media if m.url not in known)),
        extra={**article.extra, "feed-item": item.id},
    )  # fmt: skip
