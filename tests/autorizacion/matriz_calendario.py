"""Rows of the calendar: anybody reads it and counts by it, the authority alone writes it."""

from tests.autorizacion.filas import PUBLICO, REGULADOR, Fila, fila, no

# Far enough ahead for any day on which these tests run.
_DECRETO = {
    "acto": "feriado",
    "fecha": "2030-09-19",
    "lugar": "020101",
    "nombre": "Feriado de la prueba",
    "norma": "Ley municipal de prueba 1/2030",
}
_SIN_CAMBIO = {"acto": "laborable", "lugar": "020102"}
_CONSULTA = {"inicio": "2026-02-06T10:00:00-04:00", "lugar": "04"}
_TERMINO = {"params": {"codigo": "termino"}}

CONSTANTES: dict[str, object] = {"termino": "tramites.subsanacion"}
HISTORIA: dict[int, object] = {}
FILAS: list[Fila] = [
    fila("GET", "/api/v1/feriados", PUBLICO, 200),
    fila("GET", "/api/v1/feriados/cambios", PUBLICO, 200),
    fila(
        "POST",
        "/api/v1/feriados",
        REGULADOR,
        201,
        json=_DECRETO,
        negada=no(409, "feriado_sin_cambio", _SIN_CAMBIO),
    ),
    fila(
        "POST",
        "/api/v1/feriados/anios",
        REGULADOR,
        201,
        json={"anio": 2031},
        negada=no(409, "anio_publicado", {"anio": 2032}),
    ),
    fila("GET", "/api/v1/plazos", PUBLICO, 200),
    fila("GET", "/api/v1/plazos/{codigo}/computo", PUBLICO, 200, consulta=_CONSULTA, **_TERMINO),
    fila("GET", "/feriados", PUBLICO, 200),
    fila("GET", "/feriados.ics", PUBLICO, 200),
    fila("GET", "/plazos", PUBLICO, 200),
    fila("GET", "/plazos/{codigo}", PUBLICO, 200, **_TERMINO),
    fila("GET", "/regulador/feriados", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/feriados",
        REGULADOR,
        303,
        form=_DECRETO,
        a="/regulador/feriados",
        negada=no(422, "no hay qué trasladar", {"acto": "traslado", "de": "2030-09-18"}),
    ),
    fila(
        "POST",
        "/regulador/feriados/anios",
        REGULADOR,
        303,
        form={"anio": "2031"},
        a="/feriados",
        negada=no(409, "siguiente año por publicar", {"anio": "2032"}),
    ),
]
