"""Budget certificates of the entities: what they may commit, of which line of their budget, until when."""
