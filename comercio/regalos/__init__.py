"""Gifts: who receives one follows it and says that it came, without seeing what it cost."""
