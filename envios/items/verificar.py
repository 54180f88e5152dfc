"""`qhatu verify`: every item is found by its own number, and no number that counts is of two items."""

from sqlalchemy import text
from sqlmodel import Session

from envios import s10
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50

_PRINCIPAL = text(
    """
    SELECT e.numero, i.normalizado FROM envios_envio e
    LEFT JOIN envios_identificador i ON i.envio_id = e.id AND i.principal
    WHERE i.normalizado IS DISTINCT FROM e.numero ORDER BY e.id LIMIT :maximo
    """
)
_DOBLES = text(
    """
    SELECT DISTINCT a.normalizado FROM envios_identificador a JOIN envios_identificador b
        ON b.normalizado = a.normalizado AND b.id > a.id AND b.esquema = a.esquema
        AND (a.esquema IN ('s10', 'casa') OR a.emisor_unidad_id = b.emisor_unidad_id)
        AND daterange(a.desde, a.hasta) && daterange(b.desde, b.hasta)
    WHERE a.retirado_en IS NULL AND b.retirado_en IS NULL ORDER BY 1 LIMIT :maximo
    """
)
_PROPIOS = text("SELECT normalizado FROM envios_identificador WHERE principal ORDER BY id")


@comprueba("identificadores")
def identificadores(sesion: Session) -> list[str]:
    conexion, maximo = sesion.connection(), {"maximo": FALTAS_MAXIMO}
    faltas = [
        f"envío {numero}: su identificador principal es {principal}"
        for numero, principal in conexion.execute(_PRINCIPAL, maximo)
    ]
    faltas += [
        f"el número {texto} es de dos envíos a la vez" for (texto,) in conexion.execute(_DOBLES, maximo)
    ]
    faltas += [
        f"el número {texto} no es S10 ni de la casa"
        for (texto,) in conexion.execute(_PROPIOS)
        if not _vale(texto)
    ]
    return faltas[:FALTAS_MAXIMO]


def _vale(texto: str) -> bool:
    try:
        s10.leer_numero(texto)
    except s10.NumeroInvalido:
        return False
    return True
