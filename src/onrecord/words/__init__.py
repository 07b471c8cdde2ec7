"""What is known about words: quotation marks, abbreviations, roles, cue verbs, numbers, places. Data and look-up."""
