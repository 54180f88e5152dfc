"""Rows of the history of purchases that the authority brings."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import REGULADOR, Fila, fila, no
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer

_RUTA = "/regulador/historia"
_UNA = {"params": {"clave": "historia"}}


def preparar(e: Escena) -> None:
    """A month that is in."""
    from feria_inversa.importar.modelos import Archivo
    from nucleo.bd import transaccion

    id_ = traer(CABEZA + renglon(1) + "mal\n").archivo_id
    with transaccion() as sesion:
        e.valores["historia"] = sesion.get_one(Archivo, id_).clave
    e.valores["otro_mes"] = CABEZA + renglon(2)


FILAS: list[Fila] = [
    fila("GET", _RUTA, REGULADOR, 200),
    fila(
        "POST",
        _RUTA,
        REGULADOR,
        303,
        archivo=("archivo", "mes.csv", "otro_mes"),
        a="/regulador/historia/",
        negada=no(422, "no es la de ningún archivo", archivo=("archivo", "mes.csv", "a,b")),
    ),
    fila("GET", _RUTA + "/{clave}", REGULADOR, 200, **_UNA),
    fila("GET", _RUTA + "/{clave}/informe.csv", REGULADOR, 200, **_UNA),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
