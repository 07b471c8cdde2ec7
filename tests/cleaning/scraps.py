"""Scraps of which odd texts are made: sentences, furniture, marks, other scripts, broken characters."""

SCRAPS = [
    "The mayor said no.", '"We won."', "“No,” she said.", "Advertisement", "Read more: Ten isles", "\n", "\n\n",
    " ", "\t", "St.", "U.S.", "Holt", "followingHolt's", ".", '"', "''", "``", "Home", "Sport", "©", "\u200b",
    "\u00a0", "â€™", "…", "。", "「はい。」", "؟", "שלום", "1962", "(AP)", "—", "e.g.", ",but", "\r\n", "\x00", "é",
    "İ", "ß", "McNab", "Menu", "\ud800", "\x1c", "\u2028", "The mayor of Mr.", "the", ",", "said", ") ", "of the",
    "The council of Holm closed the ferry line between the islands on Tuesday evening.",
    "© 2019 Holm Courier", "All rights reserved.", "Tags: sea", "34 responses to", "Share this", "Photo: Vell",
    "قال الرئيس إن المحادثات فشلت.", "市长说：“桥五月开放。”", "महापौर ने कहा।", "\u200f", "👨\u200d👩\u200d👧", "Ã©",
    "&amp;",
    "Residents of the island said that they had not been asked before the line was closed, and that they would sue.",
    "https://t.co/Ab3dEf7hIj", "pic.twitter.com/Ab3dEf7hIj", "___", "$235", "\nQ: Why?", "\nA: No",
    ".45", "James P.", ".*",
]  # fmt: skip
