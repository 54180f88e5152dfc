"""Cards that a person lets the gateway keep: agreed to, written on its page, used to top up, taken off.

Numbers never come here: what is kept is the gateway's name of the card and how people tell it apart.
"""
