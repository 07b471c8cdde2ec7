"""What runs by itself, again and again: feeds are polled, alerts are sent.

A door like ``cli`` and ``serve``: it decides when, the rooms below do the work. Clock, sleep and chance are handed in
(:class:`World`), so that a day of polling is tested in a moment.
"""

from __future__ import annotations

from onrecord.watching.alerting import Alerter, Told
from onrecord.watching.lists import list_of, read_list
from onrecord.watching.mail import is_address
from onrecord.watching.polling import Event, Poller
from onrecord.watching.world import World

__all__ = ["Alerter", "Event", "Poller", "Told", "World", "is_address", "list_of", "read_list"]
