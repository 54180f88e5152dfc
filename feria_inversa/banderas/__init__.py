"""Red flags: what of a process, an entity or a supplier is worth a look, each explained, with its answer."""

from feria_inversa.banderas.responder import responder
from feria_inversa.banderas.tareas import mirar_entidades, mirar_procesos, mirar_todos_juntos
from nucleo.fachada import sin_fila

responder_bandera = sin_fila(responder)

__all__ = ["mirar_entidades", "mirar_procesos", "mirar_todos_juntos", "responder_bandera"]
