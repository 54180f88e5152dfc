"""The entity's schedule of a process: the day of each stage, and the terms between them counted."""

from feria_inversa.cronograma.programar import se_programa

__all__ = ["se_programa"]
