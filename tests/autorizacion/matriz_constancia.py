"""Rows of the public log: anybody reads it, and nobody writes it through a route."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila


def preparar(e: Escena) -> None:
    """The entries of the scene's units are its leaves."""
    from sqlmodel import col, select

    from constancia import integrar_pendientes
    from constancia.modelos import Cabeza, Hoja
    from nucleo.bd import transaccion

    integrar_pendientes()
    with transaccion() as sesion:
        e.valores["tamano"] = sesion.exec(select(col(Cabeza.tamano)).limit(1)).one()
        e.valores["hoja"] = sesion.exec(select(col(Hoja.hash)).where(Hoja.indice == 0)).one().hex()


_HOJA = {"params": {"hash": "hoja"}}
_DOS = {"consulta": {"desde": "{tamano}", "hasta": "{tamano}"}}

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [
    fila("GET", "/api/v1/constancia/cabezas", PUBLICO, 200),
    fila("GET", "/api/v1/constancia/cabezas/{tamano}", PUBLICO, 200),
    fila("GET", "/api/v1/constancia/claves", PUBLICO, 200),
    fila("GET", "/api/v1/constancia/hojas", PUBLICO, 200),
    fila("GET", "/api/v1/constancia/hojas/{hash}", PUBLICO, 200, **_HOJA),
    fila("GET", "/api/v1/constancia/hojas/{hash}/prueba", PUBLICO, 200, **_HOJA),
    fila("GET", "/api/v1/constancia/consistencia", PUBLICO, 200, **_DOS),
    fila("GET", "/constancia", PUBLICO, 200),
    fila("GET", "/constancia/comprobar", PUBLICO, 200),
    fila("GET", "/constancia/comprobar/pagina", PUBLICO, 200),
    fila("GET", "/constancia/cabezas/{tamano}", PUBLICO, 200),
    fila("GET", "/constancia/hojas/{hash}", PUBLICO, 200, **_HOJA),
    fila("GET", "/constancia/consistencia", PUBLICO, 200, **_DOS),
]
