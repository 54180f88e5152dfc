"""How operators tell what happened in their own formats: a table of their codes and pure functions each.

People upload a file; what a program sends is kept, and tried again until it can be recorded.

One that is not like these is another module with `leer(recibido) -> list[Leido]` and its line in `FORMATOS`.
"""

from envios.integraciones.recibir import Formato, Linea, recibir_archivo

__all__ = ["Formato", "Linea", "recibir_archivo"]
