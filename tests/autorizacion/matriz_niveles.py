"""Rows of service levels: anybody sees them; an operator's people, theirs."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato

DESPACHA = mandato("correos", "DESPACHAR", "corina")


def preparar(_e: Escena) -> None:
    from envios.niveles.calcular import calcular_pendientes

    calcular_pendientes()


FILAS: list[Fila] = [
    fila("GET", "/niveles-de-servicio", PUBLICO, 200),
    fila("GET", "/envios/operador/niveles", DESPACHA, 200, consulta={"unidad": "{unidad_correos}"}),
    fila("GET", "/api/v1/niveles-de-servicio", PUBLICO, 200),
    fila("GET", "/api/v1/niveles-de-servicio.csv", PUBLICO, 200),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
