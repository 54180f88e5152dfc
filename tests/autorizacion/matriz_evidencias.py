"""Rows of what a public entity keeps of the shop: frozen searches."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import CIUDADANO, PUBLICO, fila, mandato, no
from tests.autorizacion.mercado import publicar

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")


def preparar(e: Escena) -> None:
    """A search frozen by the municipality, and its digest."""
    from comercio.busqueda import Filtros
    from comercio.evidencias.congelar import congelar
    from nucleo.bd import transaccion

    e.valores["producto_congelado"] = publicar(e, "Frazada de la matriz")
    with transaccion() as sesion:
        fila = congelar(
            sesion, e.actor("alberto"), e.unidades["alcaldia"].id, Filtros("frazada"), f"Abrigo {MARCA}"
        )
        e.valores |= {"busqueda_congelada": fila.id, "huella_congelada": fila.huella}


_API = "/api/v1/busquedas-congeladas"
_UNA: dict[str, Any] = {"params": {"congelada_id": "busqueda_congelada"}}
_NUEVA = {
    "unidad_id": "{unidad_alcaldia}",
    "para_que": "Abrigo",
    "producto_id": "{producto_congelado}",
    "busqueda": {"q": "frazada"},
}
_FORMULARIO = {
    "_id": "{nuevo}",
    "unidad_id": "{unidad_alcaldia}",
    "para_que": "Abrigo",
    "producto_id": "{producto_congelado}",
    "consulta": "q=frazada",
}

FILAS = [
    fila(
        "POST",
        _API,
        COMPRA,
        201,
        json=_NUEVA,
        negada=no(409, "busqueda_sin_resultados", {"busqueda": {"q": "zzqxzzqx"}, "producto_id": None}),
    ),
    fila("GET", _API, COMPRA, 200, consulta={"unidad_id": "{unidad_alcaldia}"}, contiene=True),
    fila("GET", _API + "/{congelada_id}", COMPRA, 200, rechazo=404, contiene=True, **_UNA),
    fila("GET", _API + "/por-huella/{huella}", PUBLICO, 200, params={"huella": "huella_congelada"}),
    fila("GET", "/busquedas-congeladas", CIUDADANO, 200),
    fila("GET", "/busquedas-congeladas/nueva", CIUDADANO, 200, consulta={"q": "frazada"}),
    fila(
        "POST",
        "/busquedas-congeladas",
        COMPRA,
        303,
        form=_FORMULARIO,
        a="/busquedas-congeladas/",
        negada=no(409, "no halla nada", {"consulta": "q=zzqxzzqx", "producto_id": ""}),
    ),
    fila("GET", "/busquedas-congeladas/{congelada_id:uuid}", COMPRA, 200, rechazo=404, contiene=True, **_UNA),
    fila(
        "GET",
        "/busquedas-congeladas/{congelada_id:uuid}.json",
        COMPRA,
        200,
        rechazo=404,
        contiene=True,
        **_UNA,
    ),
    fila("GET", "/busquedas-congeladas/{congelada_id:uuid}.pdf", COMPRA, 200, rechazo=404, **_UNA),
    fila("GET", "/verificar-busqueda", PUBLICO, 200),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
