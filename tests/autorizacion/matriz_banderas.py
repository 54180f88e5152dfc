"""Rows of the red flags, and of what an entity answers."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
_API = "/api/v1/convocatorias/{convocatoria_id}/banderas"
_DE_UNA = {"params": {"convocatoria_id": "ordenada"}}
_LA_BANDERA = {"convocatoria_id": "ordenada", "codigo": "bandera"}
_RESPONDE = {"respuesta": "En el lugar hay un solo taller de muebles."}
_OTRA = no(404, "bandera_no_encontrada", params={**_LA_BANDERA, "codigo": "otra_bandera"})


def preparar(e: Escena) -> None:
    """Only one bid came to what was ordered."""
    from feria_inversa.banderas.mirar import mirar_proceso
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        assert mirar_proceso(sesion, e.valores["ordenada"])
    e.valores |= {"bandera": "R018", "otra_bandera": "R036"}


FILAS: list[Fila] = [
    fila("GET", "/api/v1/banderas", PUBLICO, 200),
    fila("GET", _API, PUBLICO, 200, **_DE_UNA),
    fila(
        "POST",
        _API + "/{codigo}/respuesta",
        COMPRA,
        201,
        json=_RESPONDE,
        params=_LA_BANDERA,
        negada=_OTRA,
        alcance="convocatorias",
    ),
    fila("GET", "/feria/mercado/banderas", PUBLICO, 200),
    fila("GET", "/feria/mercado/banderas.csv", PUBLICO, 200),
    fila("GET", "/feria/{convocatoria_id}/banderas", PUBLICO, 200, **_DE_UNA),
    fila(
        "POST",
        "/feria/{convocatoria_id}/banderas/{codigo}/respuesta",
        COMPRA,
        303,
        form=_RESPONDE,
        a="/feria/",
        params=_LA_BANDERA,
        negada=no(422, "al menos 10 letras", {"respuesta": "corto"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
