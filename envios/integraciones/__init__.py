"""How operators tell what happened in their own formats: a table of their codes and pure functions each.

One that is not like these is another module with `leer(recibido) -> list[Leido]` and its line in `FORMATOS`.
"""

from envios.integraciones.recibir import Formato, Linea, recibir_archivo

__all__ = ["Formato", "Linea", "recibir_archivo"]
